"""A terminal whose disk is full says so, and goes on by itself when there is room again."""

import queue
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.clocks import MovedClock
from kiosk.core.events import Event, OutOfOrder, Repaired, StaffJobsListed
from kiosk.errands import Desk, Errands
from kiosk.settings import Loaded
from kiosk.store import StoreSettings, open_store
from tests.store.making import COUNCIL_KEY

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
MIB = 1024 * 1024
SOON_S = 5.0


def test_a_full_disk_is_told_and_its_end_too(demo: Loaded, tmp_path: Path) -> None:
    free = [1024 * MIB]
    zone = ZoneInfo("Europe/London")
    settings = StoreSettings(
        tmp_path / "t.sqlite", "lobby-1", "K7", zone, lambda: (COUNCIL_KEY,), free_bytes=lambda: free[0]
    )
    store = open_store(settings, NOW).store
    happened: queue.SimpleQueue[Event] = queue.SimpleQueue()
    desk = Desk(demo.facility, store, store.orders, store.staff, MovedClock(NOW), zone)
    errands = Errands(
        desk, post=happened.put, submit=lambda _: None, saved=lambda: None, log=lambda *_, **__: None
    )

    def told_by_a_look() -> list[Event]:
        """What one look at the store posts: one worker runs errands in order, so the list of jobs ends it."""
        errands.check_store()
        errands.list_staff_jobs()
        told: list[Event] = []
        while not isinstance(event := happened.get(timeout=SOON_S), StaffJobsListed):
            told.append(event)
        return told

    try:
        assert told_by_a_look() == []
        free[0] = 0
        assert told_by_a_look() == [OutOfOrder("STORE-002")]
        free[0] = 1024 * MIB
        assert told_by_a_look() == [Repaired()]
        assert told_by_a_look() == []
    finally:
        errands.close()
        store.close()
