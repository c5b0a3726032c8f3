"""Pairing, tokens, appointments, print orders and heartbeats, as a terminal meets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.central.pairing import make_pairing_code
from kiosk.keys import TerminalKey
from tests.central.room import case_item, everything_kept, pairing_request

if TYPE_CHECKING:
    from tests.central.room import Central

TODAY = "/v1/terminals/lobby-1/appointments?day=2026-11-24"
ORDERS = "/v1/terminals/lobby-1/print-orders"


def code_for(central: Central, terminal: str = "lobby-1") -> str:
    chance = central.ground.chance
    return central.ground.database.write_now(lambda c: make_pairing_code(c, chance, terminal, "console"))


def pair_with(central: Central, code: str) -> int:
    request = pairing_request(code, TerminalKey(bytes(32)))
    return central.browser.post("/v1/pairings", json=request).status_code


def test_a_pairing_code_works_once_however_it_is_typed(central: Central) -> None:
    code = code_for(central)
    assert pair_with(central, f" {code.lower().replace('-', ' ')} ") == 201
    assert pair_with(central, code) == 410


def test_a_pairing_code_ends_after_fifteen_minutes(central: Central) -> None:
    code = code_for(central)
    central.clock.pass_by(minutes=15)
    assert pair_with(central, code) == 410


def test_a_new_code_ends_the_one_before(central: Central) -> None:
    first, second = code_for(central), code_for(central)
    assert pair_with(central, first) == 410
    assert pair_with(central, second) == 201


def test_no_token_and_no_code_is_kept_as_it_is(central: Central) -> None:
    code = code_for(central)
    token = central.pair()["Authorization"].removeprefix("Bearer ")
    content = everything_kept(central.ground.settings.database)
    assert b"lobby-1" in content
    assert token.encode() not in content
    assert code.encode() not in content


def test_pairing_again_ends_the_old_token(central: Central) -> None:
    old = central.pair()
    central.pair()
    assert central.browser.get(ORDERS, headers=old).status_code == 401


def test_a_revoked_terminal_is_told_that_it_is_gone_until_it_is_paired_again(central: Central) -> None:
    headers = central.pair()
    assert central.ask("POST", "/terminals/lobby-1/revocation").status_code == 200
    answer = central.browser.get(ORDERS, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/terminal-revoked")
    assert central.browser.get(ORDERS, headers=central.pair()).status_code == 200


def test_a_terminal_cannot_speak_for_another(central: Central) -> None:
    central.pair("lobby-2")
    assert central.browser.get(ORDERS, headers=central.as_terminal("lobby-2")).status_code == 403


def test_the_days_list_comes_again_only_when_it_changed(central: Central) -> None:
    headers = central.pair()
    central.book()
    first = central.browser.get(TODAY, headers=headers)
    assert first.json()["appointments"][0]["checked_in"] is False
    tagged = {**headers, "If-None-Match": first.headers["etag"]}
    again = central.browser.get(TODAY, headers=tagged)
    assert (again.status_code, again.content) == (304, b"")
    central.book(full_name="Grace Adeyemi")
    assert len(central.browser.get(TODAY, headers=tagged).json()["appointments"]) == 2


def test_an_arrival_is_on_the_list_and_a_cancelled_booking_is_not(central: Central) -> None:
    headers = central.pair()
    arrived, cancelled = central.book(), central.book()
    central.deliver(case_item(appointment_id=arrived["appointment_id"]))
    central.ask("PUT", f"/appointments/{cancelled['appointment_id']}/state", state="cancelled")
    (told,) = central.browser.get(TODAY, headers=headers).json()["appointments"]
    assert (told["appointment_id"], told["checked_in"]) == (arrived["appointment_id"], True)


def test_a_late_evening_appointment_belongs_to_the_facilitys_own_day(central: Central) -> None:
    headers = central.pair()
    central.book(starts_at="2026-07-01T23:30:00Z")
    late = central.browser.get("/v1/terminals/lobby-1/appointments?day=2026-07-02", headers=headers)
    assert len(late.json()["appointments"]) == 1


def test_an_appointment_ticket_has_no_name_and_the_councils_way_of_time(central: Central) -> None:
    headers = central.pair()
    booked = central.book(reference="AP-347737-H")
    central.ask("PUT", "/services/council-tax", title="Council tax")
    central.ask("POST", "/print-orders", terminal="lobby-1", appointment_id=booked["appointment_id"])
    (order,) = central.browser.get(ORDERS, headers=headers).json()["orders"]
    assert order["lines"] == [
        "Demo Borough Council",
        "Appointment",
        "5:30pm, Tuesday 24 November 2026",
        "Council tax",
        "AP-347737-H",
    ]
    assert (order["kind"], order["copy"]) == ("appointment", 0)


def order_ticket(central: Central, **what: str) -> str:
    return str(central.ask("POST", "/print-orders", terminal="lobby-1", **what).json()["order_id"])


def report(central: Central, order_id: str, outcome: str, reason: str = "") -> int:
    document = {"outcome": outcome, "reason": reason}
    path = f"{ORDERS}/{order_id}/outcome"
    return central.browser.post(path, headers=central.as_terminal(), json=document).status_code


@pytest.mark.parametrize(
    ("outcome", "reason", "words"),
    [
        ("printed", "none", "Printed"),
        ("printed-unconfirmed", "no-answer", "Printed, but this printer cannot confirm it"),
        ("held", "paper-out", "Held: needs paper"),
        ("not-printed", "cover-open", "Not printed: the printer's cover is open"),
        ("unknown", "link-lost", "Unknown: look at the printer"),
    ],
)
def test_the_desk_reads_the_true_outcome_in_plain_words(
    central: Central, outcome: str, reason: str, words: str
) -> None:
    central.pair()
    order_id = order_ticket(central, appointment_id=central.book()["appointment_id"])
    assert central.ask("GET", f"/print-orders/{order_id}").json()["outcome"] is None
    assert report(central, order_id, outcome, reason) == 200
    assert central.ask("GET", f"/print-orders/{order_id}").json()["words"] == words


def test_a_later_outcome_counts_and_both_stay_in_the_history(central: Central) -> None:
    central.pair()
    central.deliver(case_item(case_id="whose-ticket"))
    order_id = order_ticket(central, case_id="whose-ticket")
    for outcome in ("held", "held", "printed"):
        assert report(central, order_id, outcome, "paper-out") == 200
    entries = central.ask("GET", "/cases/whose-ticket").json()["history"]
    outcomes = [entry["detail"] for entry in entries if entry["what"] == "print-outcome"]
    assert outcomes == ["Held: needs paper", "Printed"]


def test_an_order_is_handed_out_until_it_has_an_outcome_and_not_the_day_after(central: Central) -> None:
    headers = central.pair()
    booked = central.book()["appointment_id"]
    done, kept = order_ticket(central, appointment_id=booked), order_ticket(central, appointment_id=booked)
    report(central, done, "printed")
    (left,) = central.browser.get(ORDERS, headers=headers).json()["orders"]
    assert (left["order_id"], left["copy"]) == (kept, 1)
    central.clock.pass_by(days=1)
    assert central.browser.get(ORDERS, headers=headers).json()["orders"] == []
    assert "did not fetch" in central.ask("GET", f"/print-orders/{kept}").json()["words"]


def test_another_terminals_order_cannot_be_settled(central: Central) -> None:
    central.pair("lobby-2")
    central.pair()
    order_id = order_ticket(central, appointment_id=central.book()["appointment_id"])
    path = f"/v1/terminals/lobby-2/print-orders/{order_id}/outcome"
    answer = central.browser.post(path, headers=central.as_terminal("lobby-2"), json={"outcome": "printed"})
    assert answer.status_code == 404


def test_the_desk_sees_what_a_heartbeat_told(central: Central) -> None:
    headers = central.pair()
    beat = {"facts": {"outbox_waiting": 3, "printer": {"condition": "blocked", "reason": "paper-out"}}}
    assert central.browser.post("/v1/terminals/lobby-1/heartbeats", headers=headers, json=beat).json() == {
        "received": True
    }
    (told,) = central.ask("GET", "/terminals").json()["terminals"]
    assert told["facts"]["outbox_waiting"] == 3
    central.sign_in(central.add_staff())
    assert "The paper is out" in central.browser.get("/desk/terminals").text
    low = {"printer": {"condition": "ready-warn", "reason": "paper-low", "tickets_left": 12}}
    facts = {"devices": low, "doubtful_tickets": ["A042", "A043"]}
    central.browser.post("/v1/terminals/lobby-1/heartbeats", headers=headers, json={"facts": facts})
    page = central.browser.get("/desk/terminals").text
    assert "Ready, the paper is nearly out, about 12 tickets left" in page
    assert "A042, A043" in page
