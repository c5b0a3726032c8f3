"""What central has had for 400 days is forgotten here, by night; nothing that central does not have is."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import apsw
import pytest

from kiosk.clocks import MovedClock
from kiosk.core.case import CaseId
from kiosk.core.keeping import RECEIPTS_FOR, receipts_before
from kiosk.core.sync import ErrorClass
from kiosk.errors import StoreError
from kiosk.keeping_watch import KeepingWatch
from kiosk.ports import Accepted, Parked
from kiosk.store import Store
from kiosk.store import store as store_file
from tests.store.making import NOON, draft, open_in, ticket

DAY = timedelta(days=1)
LATER = NOON + RECEIPTS_FOR


def save(store: Store, name: str, at: datetime, *, accepted: datetime | None = None) -> str:
    saved = store.save(draft(name), ticket, at)
    if accepted is not None:
        store.outbox.settle([Accepted(name, f"central-{name}")], accepted)
    return saved.reference


def rows(folder: Path, table: str) -> int:
    connection = apsw.Connection(str(folder / "kiosk.sqlite3"), flags=apsw.SQLITE_OPEN_READONLY)
    count = int(connection.execute(f"SELECT count(*) FROM {table}").get)  # noqa: S608 - a test's own word
    connection.close()
    return count


def kept(store: Store) -> set[str]:
    return {str(line.case_id) for line in store.cases()}


def test_what_was_accepted_400_days_before_the_last_case_is_forgotten_with_its_tickets(
    tmp_path: Path,
) -> None:
    store = open_in(tmp_path)
    save(store, "old", NOON - DAY, accepted=NOON - DAY)
    (job,) = store.jobs_today((NOON - DAY).date())
    store.copy_job(job.job_id, lambda _: job.ticket, NOON - DAY)
    save(store, "edge", NOON - DAY, accepted=NOON)
    save(store, "new", LATER, accepted=LATER)
    assert store.forget_receipts(LATER) == 1
    assert kept(store) == {"edge", "new"}
    assert (rows(tmp_path, "outbox"), rows(tmp_path, "print_jobs")) == (2, 2)
    with pytest.raises(StoreError):
        store.case("old")
    assert store.is_sound()
    assert rows(tmp_path, "pragma_foreign_key_check") == 0, "no row is left that refers to what is gone"
    assert store.forget_receipts(LATER) == 0
    with pytest.raises(StoreError):
        store._ground.write(lambda c: c.execute("INSERT INTO check_ins VALUES ('a', 'nobody', 'today')"))
    store.close()


def test_what_central_does_not_have_is_never_old(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    for name in ("waits", "parked"):
        save(store, name, NOON - 2 * RECEIPTS_FOR)
    store.outbox.settle([Parked("parked", ErrorClass.INVALID, "no")], NOON - 2 * RECEIPTS_FOR)
    save(store, "late", NOON - 2 * RECEIPTS_FOR, accepted=LATER)
    assert store.forget_receipts(LATER) == 0
    assert kept(store) == {"waits", "parked", "late"}
    store.close()


def test_a_clock_that_is_years_ahead_empties_nothing(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    save(store, "c1", NOON, accepted=NOON)
    assert store.forget_receipts(NOON + 10 * RECEIPTS_FOR) == 0
    assert receipts_before(None) is None
    store.close()
    (tmp_path / "empty").mkdir()
    empty = open_in(tmp_path / "empty")
    assert empty.forget_receipts(NOON) == 0
    empty.close()


def test_days_counted_back_from_now_would_empty_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, wrong = open_in(tmp_path), NOON + 10 * RECEIPTS_FOR
    save(store, "c1", NOON, accepted=NOON)
    monkeypatch.setattr(store_file, "receipts_before", lambda _last: wrong - RECEIPTS_FOR)
    assert store.forget_receipts(wrong) == 1, "the mutant must forget, else the test above proves nothing"
    store.close()


def test_many_are_forgotten_some_at_a_time_and_a_case_is_saved_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_file, "RECEIPTS_AT_ONCE", 3)
    store = open_in(tmp_path)
    for number in range(8):
        save(store, f"c{number}", NOON - DAY, accepted=NOON - DAY)
    save(store, "new", LATER, accepted=LATER)
    assert store.forget_receipts(LATER) == 8
    assert rows(tmp_path, "audit WHERE event = 'receipts-forgotten'") == 3
    assert kept(store) == {"new"}
    assert store.is_sound(), "the chain of the audit holds"
    store.close()


def test_the_nightly_look_forgets_and_says_how_many(tmp_path: Path) -> None:
    store, told = open_in(tmp_path), []
    save(store, "old", NOON - DAY, accepted=NOON - DAY)
    save(store, "new", LATER, accepted=LATER)

    def log(event: str, **facts: object) -> None:
        told.append((event, facts))

    watch = KeepingWatch(store, MovedClock(LATER), is_open=lambda _: True, damaged=lambda: None, log=log)
    watch.look()
    assert kept(store) == {"old", "new"}, "not while visitors are expected"
    watch = KeepingWatch(store, MovedClock(LATER), is_open=lambda _: False, damaged=lambda: None, log=log)
    watch.look()
    assert ("store.receipts-forgotten", {"count": 1}) in told
    assert kept(store) == {"new"}
    assert CaseId("new") in {line.case_id for line in store.cases()}
    store.close()
