"""A visit becomes a case once, whole, or not at all."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.case import CaseId
from kiosk.core.reference import parse
from kiosk.core.ticket import Ticket
from kiosk.errors import StoreError, StoreFull
from kiosk.store import Store, payload
from tests.store.making import COUNCIL_KEY, NOON, draft, open_in, opened, ticket


def test_a_saved_case_has_a_reference_a_number_a_ticket_and_a_parcel(store: Store) -> None:
    saved = store.save(draft("c1"), ticket, NOON)
    assert parse(saved.reference) == saved.reference
    assert saved.queue_number == "A001"
    assert store.stored_job(saved.job_id).ticket == ticket(saved.reference, "A001")
    (parcel,) = store.outbox.next_parcels(10)
    assert (parcel.key, parcel.case_id, parcel.kind, parcel.attempts) == ("c1", "c1", "case.create", 0)
    assert parcel.sha256 == hashlib.sha256(parcel.body).hexdigest()
    (line,) = store.cases()
    assert (line.reference, line.delivery, line.print_outcome) == (saved.reference, "waiting", None)


def test_the_frozen_body_is_exactly_as_agreed(store: Store) -> None:
    visit = replace(
        draft("c1", street="Ŵyn", bins=["a", "b"], none=None), language="cy", appointment_id="booked-1"
    )
    saved = store.save(visit, ticket, NOON)
    (parcel,) = store.outbox.next_parcels(1)
    document = json.loads(parcel.body)
    sealed = document.pop("sealed")
    assert document == {
        "schema": 2,
        "case_id": "c1",
        "reference": saved.reference,
        "service": "report-missed-bin",
        "lgsl": 524,
        "created_at": "2026-05-01T12:00:00.000Z",
        "terminal": "front-desk",
        "queue": "A",
        "queue_number": "A001",
    }
    assert set(sealed) == {"key_id", "ciphertext"}
    assert sealed["key_id"] == COUNCIL_KEY.key_id
    assert opened(parcel.body) == {
        "language": "cy",
        "appointment_id": "booked-1",
        "answers": {"street": "Ŵyn", "bins": ["a", "b"], "none": None},
    }


@given(st.text(st.characters()), st.lists(st.text(st.characters()), max_size=3))
def test_any_text_can_be_sealed_frozen_and_read_as_utf_8(text: str, many: list[str]) -> None:
    made = payload.sealed(draft("c", a=text, b=many, c={text: text}), COUNCIL_KEY, "t")
    body = payload.freeze(made, "r", "n", NOON)
    assert json.loads(body.decode("ascii"))["case_id"] == "c"
    assert set(opened(body)) == {"language", "appointment_id", "answers"}


def test_saving_the_same_case_again_gives_the_first_result(store: Store) -> None:
    first = store.save(draft("c1"), ticket, NOON)
    again = store.save(draft("c1", other="answers"), ticket, NOON + timedelta(days=1))
    assert again == first
    assert len(store.outbox.next_parcels(10)) == 1
    assert len(store.jobs_today(NOON.date())) == 1


def test_ids_of_print_jobs_sort_as_they_were_made(store: Store) -> None:
    """So a new one stands at the end of its index, however many there are."""
    moments = [NOON + timedelta(minutes=n) for n in range(9)]
    made = [store.save(draft(f"c{n}"), ticket, at).job_id for n, at in enumerate(moments)]
    assert made == sorted(made)


def test_a_ticket_that_cannot_be_made_leaves_nothing_behind(store: Store) -> None:
    def fails(reference: str, number: str) -> Ticket:
        raise ZeroDivisionError(reference + number)

    with pytest.raises(ZeroDivisionError):
        store.save(draft("c1"), fails, NOON)
    assert store.cases() == ()
    assert store.save(draft("c2"), ticket, NOON).queue_number == "A001"


def test_a_service_without_ticket_or_queue_gets_neither(store: Store) -> None:
    saved = store.save(draft("c1", queue=""), lambda _reference, _number: None, NOON)
    assert (saved.queue_number, saved.job_id) == ("", "")
    assert store.jobs_today(NOON.date()) == ()


def test_queue_numbers_begin_anew_with_the_facilitys_own_day(store: Store) -> None:
    def number(case_id: str, at: datetime, queue: str = "A") -> str:
        return store.save(draft(case_id, queue), ticket, at).queue_number

    before_midnight_in_london = datetime(2026, 5, 1, 22, 59, tzinfo=UTC)
    assert number("c1", before_midnight_in_london) == "A001"
    assert number("c2", before_midnight_in_london) == "A002"
    assert number("c3", before_midnight_in_london, "B") == "B001"
    assert number("c4", before_midnight_in_london + timedelta(minutes=1)) == "A001"


def test_references_go_on_after_a_restart(tmp_path: Path) -> None:
    seen = set()
    for n in range(5):
        store = open_in(tmp_path)
        seen.add(store.save(draft(f"c{n}"), ticket, NOON).reference)
        store.close()
    assert len(seen) == 5


def test_below_the_floor_new_cases_are_refused_and_old_ones_still_known(tmp_path: Path) -> None:
    free = [1000]
    store = open_in(tmp_path, floor=500, free_bytes=lambda: free[0])
    first = store.save(draft("c1"), ticket, NOON)
    free[0] = 499
    with pytest.raises(StoreFull) as full:
        store.save(draft("c2"), ticket, NOON)
    assert full.value.code == "STORE-002"
    assert store.save(draft("c1"), ticket, NOON) == first
    free[0] = 1000
    assert store.save(draft("c2"), ticket, NOON).queue_number == "A002"
    store.close()


def test_a_really_full_file_refuses_the_case_and_keeps_every_earlier_one(tmp_path: Path) -> None:
    store = open_in(tmp_path, max_pages=120)
    kept: list[str] = []

    def save_for_ever() -> None:
        for n in range(1000):
            store.save(draft(f"c{n}", text="x" * 2000), ticket, NOON)
            kept.append(f"c{n}")

    with pytest.raises(StoreFull):
        save_for_ever()
    assert len(kept) > 3
    assert [line.case_id for line in store.cases()] == kept[::-1]
    store.close()
    reopened = open_in(tmp_path)
    assert [line.case_id for line in reopened.cases()] == kept[::-1]
    assert reopened.save(draft("after"), ticket, NOON).queue_number == f"A{len(kept) + 1:03d}"
    reopened.close()


def test_the_ballast_is_laid_spent_on_what_was_promised_and_laid_again(tmp_path: Path) -> None:
    free = [1 << 30]
    store = open_in(tmp_path, floor=1000, ballast_bytes=65536, free_bytes=lambda: free[0])
    ballast = tmp_path / "kiosk.sqlite3.ballast"
    assert ballast.stat().st_size == 65536
    ballast.unlink()
    with pytest.raises(StoreFull):
        store.save(draft("c1"), ticket, NOON)
    store.outbox.tidy()
    assert ballast.stat().st_size == 65536
    assert store.save(draft("c1"), ticket, NOON).queue_number == "A001"
    store.close()


def test_what_the_store_does_not_know_has_a_code(store: Store) -> None:
    for ask in (store.stored_job, store.case):
        with pytest.raises(StoreError) as unknown:
            ask("nothing")
        assert unknown.value.code == "STORE-008"


def test_a_case_can_be_looked_up_parked_released_and_exported(store: Store, tmp_path: Path) -> None:
    saved = store.save(draft("c1", name="Wyn"), ticket, NOON)
    state, jobs, history = store.case(saved.reference)
    assert state.line.case_id == "c1"
    assert [job.job_id for job in jobs] == [saved.job_id]
    assert [row.event for row in history] == ["case-saved"]
    exported = store.export(tmp_path, NOON)
    assert (exported.cases, exported.left_out) == (1, 0)
    _, line, tail = exported.path.read_text("ascii").splitlines()
    assert opened(json.loads(line)["body"].encode())["answers"] == {"name": "Wyn"}
    assert json.loads(tail)["cases"] == 1
    assert "Wyn" not in exported.path.read_text("ascii")
    assert exported.path.stat().st_mode & 0o777 == 0o600
    for folder in (tmp_path, tmp_path / "no such stick"):
        with pytest.raises(StoreError) as refused:
            store.export(folder, NOON)
        assert refused.value.code == "STORE-013"
    assert store.case(CaseId("c1"))[0].line.delivery == "waiting"
