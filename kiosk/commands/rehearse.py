"""``kiosk rehearse``: walk through services on the real glass before they are published."""

import argparse
from pathlib import Path

from kiosk.app import usable
from kiosk.commands.arguments import Commands, add_config, parser_for
from kiosk.errors import UsageError
from kiosk.rehearse.rehearsal import in_language, rehearse
from kiosk.rehearse.report import write_json
from kiosk.rehearse.walk import read_walk


def add(commands: Commands) -> None:
    """Add the command."""
    what = "walk through services on the real glass, with simulated devices and a central of its own"
    parser = parser_for(commands, "rehearse", what, "kiosk rehearse config/walks/missed-bin.yaml --out out")
    parser.add_argument("walks", nargs="+", type=Path, metavar="WALK.yaml")
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
