"""The long check finds what SQLite alone does not, holds nobody up, and what it finds has a consequence."""

import threading
from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from kiosk.core.keeping import Late
from kiosk.keeping_watch import KeepingWatch
from kiosk.ports import Accepted, Parked
from kiosk.store import Store, mark_doubtful, open_store
from kiosk.store.inspection import inspect
from tests.store.making import NOON, draft, open_in, settings, ticket

CHANGES = {
    "cases": "UPDATE cases SET service = 'another'",
    "print_jobs": "UPDATE print_jobs SET ticket = replace(ticket, 'A001', 'A002')",
    "outbox": "UPDATE outbox SET case_id = case_id, key_id = 'another'",
    "bodies": "UPDATE outbox SET body = CAST(replace(CAST(body AS TEXT), 'sealed', 'sealeD') AS BLOB)",
    "audit": "UPDATE audit SET detail = 'another'",
}


def changed(folder: Path, sql: str) -> None:
    connection = apsw.Connection(str(folder / "kiosk.sqlite3"))
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_row_is_found_though_sqlite_finds_the_file_sound(tmp_path: Path, what: str) -> None:
    store = open_in(tmp_path)
    store.save(draft("c1"), ticket, NOON)
    assert store.is_sound()
    changed(tmp_path, CHANGES[what])
    found = inspect(tmp_path / "kiosk.sqlite3")
    assert found.is_readable
    assert found.rows == {what: 1}
    assert store.check(NOON)
    assert store.keeping(NOON).damaged
    store.close()
    again = open_in(tmp_path)
    assert again.keeping(NOON).damaged, "staff are told until a check finds the file sound"
    again.close()


def test_a_row_of_the_outbox_that_was_changed_is_never_sent(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.save(draft("c1"), ticket, NOON)
    changed(tmp_path, CHANGES["outbox"])
    (parcel,) = store.outbox.next_parcels(1)
    assert parcel.sha256 == "", "the courier parks what is not whole"
    store.close()


def test_a_damaged_structure_marks_the_file_and_the_next_start_sets_it_aside(tmp_path: Path) -> None:
    """An index that lacks a row: every start finds the file sound, the long check does not."""
    store = open_in(tmp_path)
    saved = [store.save(draft(f"c{n}"), ticket, NOON) for n in range(30)]
    store.close()
    spoil_an_index(tmp_path / "kiosk.sqlite3")
    store = open_in(tmp_path)
    assert not store.check(NOON)
    assert store.keeping(NOON).damaged
    store.close()
    opened = open_store(settings(tmp_path), NOON)
    assert opened.set_aside is not None
    assert opened.set_aside.cases == len(saved)
    assert opened.store.keeping(NOON).set_aside
    assert not opened.store.keeping(NOON).damaged
    assert not opened.store.keeping(NOON + timedelta(days=8)).set_aside
    opened.store.close()
    assert open_store(settings(tmp_path), NOON).set_aside is None


def spoil_an_index(path: Path) -> None:
    """Change rows behind the back of an index: for a moment it is said to be an index of nothing."""
    for statement in (
        "UPDATE sqlite_schema SET sql = replace(sql, 'waiting', 'nothing') WHERE name = 'outbox_to_send'",
        "UPDATE outbox SET attempts = attempts + 1",
        "UPDATE sqlite_schema SET sql = replace(sql, 'nothing', 'waiting') WHERE name = 'outbox_to_send'",
    ):
        connection = apsw.Connection(str(path))
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(statement)
        connection.close()


def test_while_the_long_check_runs_cases_are_saved_and_listed(store: Store) -> None:
    for number in range(200):
        store.save(draft(f"c{number}", text="x" * 900), ticket, NOON)
    checking, stop = threading.Event(), threading.Event()

    def check_again_and_again() -> None:
        while not stop.is_set():
            assert inspect(store.path).is_sound
            checking.set()

    thread = threading.Thread(target=check_again_and_again)
    thread.start()
    try:
        assert checking.wait(8)
        for number in range(20):
            store.save(draft(f"d{number}"), ticket, NOON)
            assert store.outbox.depth().waiting == 201 + number
    finally:
        stop.set()
        thread.join()


def test_what_waits_too_long_is_an_alarm_until_it_is_accepted(store: Store) -> None:
    store.save(draft("c1"), ticket, NOON)
    day, days = NOON + timedelta(hours=24), NOON + timedelta(hours=72)
    assert [store.keeping(at).late for at in (NOON, day, days)] == [Late.NO, Late.DAY, Late.DAYS]
    store.outbox.settle([Parked("c1", "invalid", "no")], NOON)
    assert store.keeping(days).late is Late.DAYS, "a refused case is not with the council either"
    store.outbox.settle([Accepted("c1", "central")], NOON)
    assert store.keeping(days).late is Late.NO


class Moved:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return 0.0


def test_the_watch_logs_alarms_once_and_checks_once_a_night(store: Store) -> None:
    told: list[str] = []
    clock, lost = Moved(), threading.Event()
    watch = KeepingWatch(
        store,
        clock,
        is_open=lambda at: at.hour >= 8,
        damaged=lost.set,
        log=lambda event, **more: told.append(" ".join([event, *map(str, more.values())])),
    )
    store.save(draft("c1"), ticket, NOON)
    for hours in (0, 15, 16, 24, 25, 39, 72):
        clock.at = NOON + timedelta(hours=hours)
        watch.look()
    assert told == [
        "store.checked True True",  # 03:00, 15 hours after noon
        "outbox.late 24h 1",
        "store.checked True True",
        "outbox.late 72h 1",
    ]
    assert not lost.is_set()


def test_the_watch_says_when_the_file_must_be_set_aside(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    for number in range(30):
        store.save(draft(f"c{number}"), ticket, NOON)
    store.close()
    spoil_an_index(tmp_path / "kiosk.sqlite3")
    store, lost = open_in(tmp_path), threading.Event()
    watch = KeepingWatch(store, Moved(), is_open=lambda _: False, damaged=lost.set, log=lambda *_, **__: None)
    watch.look()
    assert lost.is_set()
    store.close()


def test_a_mark_alone_is_enough(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.save(draft("c1"), ticket, NOON)
    mark_doubtful(store.path)
    store.close()
    opened = open_store(settings(tmp_path), NOON)
    assert opened.set_aside is not None
    assert [parcel.key for parcel in opened.store.outbox.next_parcels(9)] == ["c1"]
    opened.store.close()
