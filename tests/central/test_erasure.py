"""One person's cases can be handed out and erased, also where an offline terminal still has one."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from kiosk.central.command import main
from kiosk.central.tables import effects, journal, leases
from kiosk.central.upkeep import clock_is_steady
from tests.central.room import Central, case_item, everything_kept, upkeep

if TYPE_CHECKING:
    from sqlalchemy import Connection

MARK = "Olivia-Hartley-of-27-Marigold-Lane"


def say(central: Central, *arguments: str) -> int:
    return main(["--database", central.ground.settings.database, *arguments])


@pytest.fixture(autouse=True)
def _paired(central: Central) -> None:
    central.pair()


def deliver(central: Central, **other: Any) -> str:
    item = case_item(answers={"name": MARK}, **other)
    assert central.deliver(item)[0]["status"] == "created"
    return str(json.loads(item["body"])["case_id"])


def test_everything_kept_of_somebody_is_handed_out(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    booked = central.book(full_name="Olivia Hartley")
    case_id = deliver(central, appointment_id=booked["appointment_id"])
    deliver(central)
    assert say(central, "person", "export", case_id) == 0
    told = json.loads(capsys.readouterr().out)
    assert [case["answers"] for case in told["cases"]] == [{"name": MARK}]
    assert [each["full_name"] for each in told["appointments"]] == ["Olivia Hartley"]
    assert [entry["what"] for entry in told["cases"][0]["history"]] == ["made", "accepted", "arrived"]


def test_somebody_is_found_by_what_they_answered(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    case_id = deliver(central)
    assert say(central, "person", "find", MARK) == 0
    assert case_id not in capsys.readouterr().out
    assert say(central, "person", "find", MARK, "--in-answers") == 0
    assert case_id in capsys.readouterr().out


def test_after_an_erasure_nothing_of_the_person_is_kept(central: Central) -> None:
    booked = central.book(full_name=MARK)
    case_id = deliver(central, appointment_id=booked["appointment_id"], case_id="11111111-aaaa")
    effect = effects.Effect("e1", "test", f"case:{case_id}", json.dumps({"to": MARK}), 0, central.clock.now)
    central.ground.database.write_now(lambda c: effects.put(c, effect))
    central.ask("POST", "/print-orders", terminal="lobby-1", case_id=case_id)
    assert say(central, "person", "erase", case_id) == 0
    assert central.ask("GET", f"/cases/{case_id}").status_code == 404
    assert MARK.encode() not in rows_kept(central)


def rows_kept(central: Central) -> bytes:
    """Return all rows as text; SQLite's log is moved into the file first."""
    if central.ground.settings.database.startswith("sqlite"):
        checkpoint(central)
    return everything_kept(central.ground.settings.database)


def checkpoint(central: Central) -> None:
    import apsw  # noqa: PLC0415

    file = central.ground.settings.database.removeprefix("sqlite:///")
    connection = apsw.Connection(file)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def test_an_erased_case_that_comes_again_stays_erased(central: Central) -> None:
    item = case_item(answers={"name": MARK}, case_id="22222222-bbbb")
    central.deliver(item)
    say(central, "person", "erase", "22222222-bbbb")
    assert central.deliver(item)[0]["status"] == "duplicate"
    again = central.deliver({**item, "key": "another"})[0]
    assert again["status"] == "created"
    assert central.ask("GET", "/cases/22222222-bbbb").status_code == 404


def test_a_case_that_an_offline_terminal_still_has_is_acknowledged_and_not_kept(central: Central) -> None:
    assert say(central, "person", "erase", "K7-3042-X") == 0
    result = central.deliver(case_item(answers={"name": MARK}, created_at="2026-11-24T08:00:00Z"))[0]
    assert result["status"] == "created"
    assert central.ask("GET", "/cases").json()["cases"] == []
    assert MARK.encode() not in rows_kept(central)


def test_a_later_case_under_the_same_reference_is_kept(central: Central) -> None:
    say(central, "person", "erase", "K7-3042-X")
    later = (datetime.now(UTC) + timedelta(days=900)).isoformat()  # noqa: TID251 - the console has the real clock
    central.deliver(case_item(created_at=later))
    assert len(central.ask("GET", "/cases").json()["cases"]) == 1


def test_two_cases_with_one_reference_are_not_erased_together(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    deliver(central)
    deliver(central)
    assert say(central, "person", "erase", "K7-3042-X") == 1
    assert capsys.readouterr().err.startswith("CENTRAL-068")
    assert len(central.ask("GET", "/cases").json()["cases"]) == 2


def test_a_terminal_is_told_what_to_forget(central: Central) -> None:
    case_id = deliver(central)
    say(central, "person", "erase", case_id)
    answer = central.browser.get(
        "/v1/terminals/lobby-1/tombstones?since=2020-01-01T00:00:00Z", headers=central.as_terminal()
    )
    assert [each["case_id"] for each in answer.json()["tombstones"]] == [case_id]
    assert MARK not in answer.text


def test_what_was_kept_long_enough_is_erased_and_the_rest_stays(central: Central) -> None:
    say(central, "retention", "blue-badge", "30")
    say(central, "retention", "*", "90")
    for service in ("blue-badge", "council-tax"):
        deliver(central, service=service)
    central.clock.pass_by(days=31)
    assert upkeep(central) == 1
    kept = central.ask("GET", "/cases").json()["cases"]
    assert [case["service"] for case in kept] == ["council-tax"]
    central.clock.pass_by(days=60)
    assert upkeep(central) == 1
    acts = central.ground.database.write_now(lambda c: journal.acts(c, 5))
    assert [entry.what for entry in acts[:2]] == ["kept-long-enough", "kept-long-enough"]


def test_without_a_rule_nothing_is_erased(central: Central) -> None:
    deliver(central)
    central.clock.pass_by(days=4000)
    assert upkeep(central) == 0


def test_only_one_process_erases(central: Central) -> None:
    now = central.clock.now

    def taken(holder: str, at: datetime) -> bool:
        return central.ground.database.write_now(
            lambda c: leases.take(c, "upkeep", holder, now=at, until=at + timedelta(minutes=5))
        )

    assert [taken("a", now), taken("b", now), taken("a", now)] == [True, False, True]
    assert taken("b", now + timedelta(minutes=5))


@pytest.mark.parametrize(
    ("wall", "monotonic", "steady"), [(60, 60, True), (3700, 60, False), (-3700, 60, False)]
)
def test_a_clock_that_jumped_erases_nothing(wall: float, monotonic: float, *, steady: bool) -> None:
    begun = datetime(2026, 11, 24, tzinfo=UTC)
    assert clock_is_steady((begun, 0.0), (begun + timedelta(seconds=wall), monotonic)) is steady


def test_the_proof_finds_an_erasure_that_leaves_the_case(central: Central) -> None:
    case_id = deliver(central)

    def only_mark(connection: Connection) -> None:
        connection.execute(text("DELETE FROM print_orders"))

    central.ground.database.write_now(only_mark)
    assert MARK.encode() in rows_kept(central)
    assert central.ask("GET", f"/cases/{case_id}").status_code == 200
