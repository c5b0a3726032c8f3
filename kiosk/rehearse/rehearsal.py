"""A rehearsal: each walk on a fresh stand, with a report of each.

Responsible for: one stand a walk, and gathering how things ended.
Not responsible for: the words on the command line (`kiosk.commands.rehearse`).
"""

import shutil
from dataclasses import replace
from pathlib import Path

from kiosk.errors import KioskError
from kiosk.rehearse.performance import Done, Performance
from kiosk.rehearse.report import Ending, Report
from kiosk.rehearse.stand import RehearsalStand
from kiosk.rehearse.walk import Walk
from kiosk.settings import Loaded


def rehearse(loaded: Loaded, walk: Walk, out: Path, *, in_window: bool = False) -> Report:
    """Perform one walk in a folder of its own below `out`."""
    folder = out / walk.name
    pictures, stands = folder / "screens", folder / "stand"
    for earlier in (pictures, stands):
        shutil.rmtree(earlier, ignore_errors=True)
    pictures.mkdir(parents=True, exist_ok=True)
    try:
        with RehearsalStand(loaded, stands, at=walk.at, by=walk.by, in_window=in_window) as stand:
            performance = Performance(stand, walk, pictures)
            passed = performance.perform()
            return Report(walk, passed, tuple(performance.done), _ending(stand))
    except KioskError as problem:
        return Report(walk, passed=False, done=(Done(0, "put up the stand", failed=str(problem)),))


def in_language(walk: Walk, language: str) -> Walk:
    """Return the walk in another language; labels in it must then be in that language too."""
    return replace(walk, language=language) if language else walk


def _ending(stand: RehearsalStand) -> Ending:
    latest = next(iter(stand.terminal.store.cases()), None)
    if latest is None:
        return Ending()
    held = stand.central_service.holds(latest.case_id)
    text, picture = stand.paper()
    return Ending(
        case_id=latest.case_id,
        reference=latest.reference,
        print_outcome=str(latest.print_outcome or "none"),
        delivery=latest.delivery,
        ticket_text=text,
        ticket_picture=picture,
        central=dict(held) if held else None,
    )
