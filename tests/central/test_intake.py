"""Each key has one effect, and what is not taken is said in plain words."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import delete, func, select, update

from kiosk.central.schema import cases, history, intake
from kiosk.central.tables import cases as case_rows
from kiosk.errors import StoreError
from tests.central.room import Central, case_item, frozen

if TYPE_CHECKING:
    from sqlalchemy import Connection


def count_cases(central: Central) -> int:
    return central.ground.database.write_now(
        lambda c: int(c.execute(select(func.count()).select_from(cases)).scalar_one())
    )


@pytest.fixture(autouse=True)
def _paired(central: Central) -> None:
    central.pair()


def test_the_same_item_again_is_a_duplicate_with_the_same_central_id(central: Central) -> None:
    item = case_item()
    (first,), (second,) = central.deliver(item), central.deliver(item)
    assert (first["status"], second["status"]) == ("created", "duplicate")
    assert first["central_id"] == second["central_id"]
    assert count_cases(central) == 1


def test_the_same_item_twice_in_one_batch_is_kept_once(central: Central) -> None:
    item = case_item()
    assert [result["status"] for result in central.deliver(item, item)] == ["created", "duplicate"]


def test_the_same_key_with_another_content_is_a_conflict(central: Central) -> None:
    item = case_item()
    central.deliver(item)
    (result,) = central.deliver(case_item(key=item["key"], answers={"about": "something else"}))
    assert result["status"] == "conflict"
    assert result["problem"]["type"] == "/problems/key-used"
    assert count_cases(central) == 1


def test_the_same_case_under_another_key_is_a_conflict(central: Central) -> None:
    central.deliver(case_item(case_id="one-and-the-same"))
    (result,) = central.deliver(case_item(case_id="one-and-the-same", key="another"))
    assert result["status"] == "conflict"
    assert count_cases(central) == 1


def deliver_from_eight_threads(central: Central) -> list[str]:
    item = case_item()
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: central.deliver(item), range(24)))
    return [answer[0]["status"] for answer in answers]


def test_duplicates_at_the_same_time_leave_one_case(central: Central) -> None:
    statuses = deliver_from_eight_threads(central)
    assert sorted(set(statuses)) == ["created", "duplicate"]
    assert statuses.count("created") == 1
    assert count_cases(central) == 1


def test_the_proof_finds_a_central_that_forgets_its_keys(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_rows, "records", lambda _connection, _keys: {})
    assert "duplicate" not in deliver_from_eight_threads(central)


def test_one_refused_item_does_not_hold_back_the_others(central: Central) -> None:
    spoilt = {**case_item(), "sha256": "0" * 64}
    results = central.deliver(case_item(), spoilt, case_item())
    assert [result["status"] for result in results] == ["created", "rejected", "created"]
    assert results[1]["problem"]["type"] == "/problems/hash-differs"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "null",
        '"text"',
        "{}",
        '{"schema": 1}',
        '{"schema": 2}',
        "[" * 100_000,
        json.dumps({"schema": 1, "case_id": "x", "answers": float("nan")}),
        '{"schema": 1, "\\ud800": 1}',
    ],
)
def test_a_body_that_is_no_case_is_refused_with_a_reason(central: Central, text: str) -> None:
    (result,) = central.deliver(frozen(text, "key"))
    assert result["status"] == "rejected"
    assert result["problem"]["detail"].endswith(".")


def test_any_text_in_an_answer_is_kept_and_can_be_looked_at(central: Central) -> None:
    answers = {
        "name": "Ŵyn O'Test [b] <script>\ud800\x00\u202e",
        "list": ["a", ""],
        "of": {"line-1": "High Street"},
    }
    item = case_item(case_id="strange-text", answers=answers)
    assert central.deliver(item)[0]["status"] == "created"
    kept = central.ask("GET", "/cases/strange-text").json()["answers"]
    assert kept["name"].startswith("Ŵyn O'Test [b] <script>")
    central.sign_in(central.add_staff())
    page = central.browser.get("/desk/cases/strange-text").text
    assert "&lt;script&gt;" in page
    assert "Line 1: High Street" in page


def test_a_refusal_names_the_place_and_never_what_stands_there(central: Central) -> None:
    (result,) = central.deliver(case_item(language="Olivia Hartley"))
    assert "'language'" in result["problem"]["detail"]
    assert "Olivia" not in json.dumps(result)


def test_a_closed_service_is_refused_with_the_desks_reason_and_taken_when_it_opens(central: Central) -> None:
    item = case_item(service="blue-badge")
    central.ask("PUT", "/services/blue-badge", accepting=False, reason="The team moves office.")
    (refused,) = central.deliver(item)
    assert refused["status"] == "rejected"
    assert "The team moves office." in refused["problem"]["detail"]
    central.ask("PUT", "/services/blue-badge", accepting=True)
    assert central.deliver(item)[0]["status"] == "created"


def test_closing_all_services_refuses_each(central: Central) -> None:
    central.ask("PUT", "/services/*", accepting=False, reason="Rehearsal.")
    assert central.deliver(case_item())[0]["problem"]["type"] == "/problems/service-closed"


def test_a_case_taken_before_its_service_closed_is_still_a_duplicate(central: Central) -> None:
    item = case_item()
    central.deliver(item)
    central.ask("PUT", "/services/*", accepting=False)
    assert central.deliver(item)[0]["status"] == "duplicate"


def test_an_arrival_marks_the_appointment_with_its_number_once(central: Central) -> None:
    booked = central.book()
    central.deliver(case_item(appointment_id=booked["appointment_id"], queue_number="A012"))
    central.deliver(case_item(appointment_id=booked["appointment_id"], queue_number="A013"))
    (found,) = central.ask("GET", "/appointments?day=2026-11-24").json()["appointments"]
    assert (found["state"], found["queue_number"]) == ("arrived", "A012")


def test_an_arrival_for_an_unknown_appointment_is_not_lost(central: Central) -> None:
    item = case_item(case_id="nobody-expected", appointment_id="not-here")
    assert central.deliver(item)[0]["status"] == "created"
    entries = central.ask("GET", "/cases/nobody-expected").json()["history"]
    assert "appointment-unknown" in [entry["what"] for entry in entries]


@pytest.mark.parametrize("change", [delete(history), update(history).values(what="x"), delete(intake)])
def test_the_database_itself_refuses_to_change_what_happened(central: Central, change: object) -> None:
    central.deliver(case_item())
    central.book()

    def attempt(connection: Connection) -> None:
        connection.execute(change)  # type: ignore[call-overload]

    with pytest.raises(StoreError, match="CENTRAL-012"):
        central.ground.database.write_now(attempt)
    assert count_cases(central) == 1


def test_more_than_a_hundred_items_are_too_large_so_that_the_terminal_splits(central: Central) -> None:
    batch = {"batch_id": "b", "items": [case_item() for _ in range(101)]}
    answer = central.browser.post("/v1/terminals/lobby-1/batches", headers=central.as_terminal(), json=batch)
    assert answer.status_code == 413
