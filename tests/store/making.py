"""Things that the tests of the store need."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.core.case import AnswerJson, CaseDraft, CaseId
from kiosk.core.ticket import Line, Ticket
from kiosk.store import Store, StoreSettings, open_store

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")


def settings(folder: Path, *, free: int = 1 << 40, floor: int = 0, **more: object) -> StoreSettings:
    """Describe a store in a folder; with no ballast and endless room unless told otherwise."""
    rest: Mapping[str, object] = {"ballast_bytes": 0, "free_bytes": lambda: free, **more}
    return StoreSettings(
        folder / "kiosk.sqlite3",
        "front-desk",
        "K7",
        LONDON,
        floor_bytes=floor,
        **rest,  # type: ignore[arg-type]
    )


def open_in(folder: Path, **more: object) -> Store:
    """Open a store that is expected to be fit."""
    opened = open_store(settings(folder, **more), NOON)  # type: ignore[arg-type]
    assert opened.set_aside is None
    return opened.store


def draft(case_id: str, queue: str = "A", **answers: AnswerJson) -> CaseDraft:
    """Make a finished visit."""
    return CaseDraft(CaseId(case_id), "report-missed-bin", 524, "en", answers or {"bin": "brown"}, queue)


def ticket(reference: str, number: str) -> Ticket:
    """Make the ticket of a case."""
    return Ticket((Line(reference), Line(number)))
