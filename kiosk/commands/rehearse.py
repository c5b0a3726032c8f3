"""``kiosk rehearse``: walk through services on the real glass before they are published."""

import argparse
from pathlib import Path

from kiosk.app import usable
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.core.access import Reach, TextSize, ThemeName
from kiosk.errors import UsageError
from kiosk.rehearse.judging import counted
from kiosk.rehearse.looks import SIDES, Only
from kiosk.rehearse.rehearsal import in_language, rehearse
from kiosk.rehearse.report import write_json
from kiosk.rehearse.sweep import Progress, Sweep
from kiosk.rehearse.swept import fingerprint, table, total
from kiosk.rehearse.walk import read_walk
from kiosk.settings import Loaded

SLICES = {
    "size": tuple(map(str, TextSize)),
    "theme": tuple(map(str, ThemeName)),
    "reach": tuple(map(str, Reach)),
    "side": SIDES,
}
"""Of the combinations of a sweep: the option, and its values."""


def add(commands: Commands) -> None:
    """Add the command."""
    what = "walk through services on the real glass, with simulated devices and a central of its own"
    parser = parser_for(commands, "rehearse", what, "kiosk rehearse config/walks/missed-bin.yaml --out out")
    parser.add_argument("walks", nargs="*", type=Path, metavar="WALK.yaml")
    parser.add_argument(
        "--sweep", action="store_true", help="instead: draw every screen in every look and judge it"
    )
    parser.add_argument("--screens", default="", metavar="a,b", help="for a sweep: only those that begin so")
    parser.add_argument("--looks", default="", metavar="a,b", help="for a sweep: only those of the table")
    for option, values in SLICES.items():
        what = "for a sweep: only this slice; may be said again. Slices run side by side, each with its --out"
        parser.add_argument(f"--{option}", action="append", default=[], choices=values, help=what)
    glasses = "for a sweep: so many draw side by side; one for each processor is best"
    parser.add_argument("--glasses", type=int, default=1, metavar="N", choices=range(1, 65), help=glasses)
    add_config(parser)
    parser.add_argument(
        "--out", type=Path, default=Path("out/rehearsal"), metavar="DIR", help="pictures and tickets"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the report for tools")
    parser.add_argument("--language", default="", metavar="xx", help="instead of the walk's own")
    parser.add_argument("--in-window", action="store_true", help="show the glass in a window on this desktop")
    parser.set_defaults(carry_out=_rehearse)


def _rehearse(chosen: argparse.Namespace) -> int:
    loaded = usable(chosen.config)
    if chosen.sweep:
        return _sweep(chosen, loaded)
    if not chosen.walks:
        raise UsageError("WALK-003", "No walk is named.", "Name a file of config/walks, or say --sweep.")
    walks = [in_language(read_walk(path), chosen.language) for path in chosen.walks]
    if len({walk.name for walk in walks}) < len(walks):
        raise UsageError("WALK-002", "Two walks have the same file name.", "Rename one of them.")
    reports = []
    for walk in walks:
        report = rehearse(loaded, walk, chosen.out, in_window=chosen.in_window)
        reports.append(report)
        print("\n".join(report.as_lines()), flush=True)
    if chosen.json:
        write_json(chosen.json, reports)
    return 0 if all(report.passed for report in reports) else 1


def _sweep(chosen: argparse.Namespace, loaded: Loaded) -> int:
    named = [tuple(filter(None, each.split(","))) for each in (chosen.screens, chosen.looks, chosen.language)]
    views, looks, languages = named
    slices = [tuple(getattr(chosen, option)) for option in SLICES]
    only = Only(views, looks, languages, *slices)
    sweep = Sweep(loaded, chosen.out, _tell, fingerprint=fingerprint(chosen.config), glasses=chosen.glasses)
    swept = sweep.run(only)
    written = chosen.out / "table.md"
    written.write_text(table(swept), "utf-8")
    screens, findings = total(swept)
    print(f"{screens} screens in {len(swept)} combinations: {findings} findings. Table: {written}")
    return 1 if findings or not screens else 0


def _tell(progress: Progress) -> None:
    latest = progress.latest
    told = f"{latest.combination.name}: {latest.views} screens, {counted(latest.sorts())}"
    print(f"{progress.done} of {progress.of}: {told}", flush=True)
