"""The desk's pages: the door, forms that only our pages can send, and the truth in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.central import wording
from kiosk.central.desk import sign_in
from kiosk.central.tables import journal
from tests.central.room import case_item, field_of

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection

    from tests.central.room import Central

PAGES = ["/desk", "/desk/cases", "/desk/services", "/desk/terminals", "/desk/appointments/new"]


@pytest.fixture
def password(central: Central) -> str:
    return central.add_staff()


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_without_signing_in(central: Central, page: str) -> None:
    answer = central.browser.get(page, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk/sign-in")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_draws_when_there_is_nothing_yet(central: Central, password: str, page: str) -> None:
    central.sign_in(password)
    answer = central.browser.get(page)
    assert answer.status_code == 200
    assert "<h1" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text


def test_the_door_has_no_account_until_somebody_makes_one(central: Central) -> None:
    assert "No account exists yet" in central.browser.get("/desk/sign-in").text
    assert central.sign_in("0000-0000-0000-0000", "admin").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(central: Central, password: str) -> None:
    page = central.browser.get("/desk/sign-in")
    form = {"name": "Morgan Reid", "password": password, "form_word": field_of(page, "form_word")}
    answer = central.browser.post("/desk/sign-in", data=form, follow_redirects=False)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("desk_session"))
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_a_sign_in_that_does_not_come_from_our_page_is_refused(central: Central, password: str) -> None:
    form = {"name": "Morgan Reid", "password": password, "form_word": "0" * 64}
    assert central.browser.post("/desk/sign-in", data=form).status_code == 403


def test_wrong_passwords_shut_the_door_for_longer_and_longer_even_for_the_right_one(
    central: Central, password: str
) -> None:
    for _ in range(sign_in.FREE_TRIES):
        assert central.sign_in("wrong").status_code == 401
    shut = central.sign_in(password)
    assert shut.status_code == 429
    assert int(shut.headers["retry-after"]) in {15, 16}
    central.clock.pass_by(seconds=16)
    assert central.sign_in("wrong").status_code == 401
    central.clock.pass_by(seconds=16)
    assert central.sign_in(password).status_code == 429
    central.clock.pass_by(seconds=31)
    assert central.sign_in(password).status_code == 200


def test_at_most_ten_guesses_are_heard_in_any_five_minutes(central: Central) -> None:
    now = central.clock.now

    def try_each_second(connection: Connection) -> list[int]:
        times = ((second, now + timedelta(seconds=second)) for second in range(2000))
        return [second for second, at in times if sign_in.count_try(connection, 7, at) is None]

    heard = central.ground.database.write_now(try_each_second)
    assert max(sum(start <= other < start + 300 for other in heard) for start in heard) <= 10


def test_a_form_without_the_pages_own_word_changes_nothing(central: Central, password: str) -> None:
    central.sign_in(password)
    for form in ({}, {"csrf": "wrong"}, {"csrf": "ŵ"}):
        answer = central.browser.post("/desk/terminals/pairing-codes", data={"terminal": "x", **form})
        assert answer.status_code == 403
    api = central.browser.post("/v1/desk/terminals/x/pairing-codes")
    assert api.status_code == 403
    csrf = field_of(central.browser.get("/desk"), "csrf")
    api = central.browser.post("/v1/desk/terminals/x/pairing-codes", headers={"X-CSRF-Token": csrf})
    assert api.status_code == 201


def test_signing_out_ends_the_cookie_at_once(central: Central, password: str) -> None:
    central.sign_in(password)
    stolen = dict(central.browser.cookies)
    central.browser.post("/desk/sign-out", data={"csrf": field_of(central.browser.get("/desk"), "csrf")})
    central.browser.cookies.update(stolen)
    assert central.browser.get("/desk", follow_redirects=False).status_code == 303


def test_a_page_that_only_refreshes_itself_is_signed_out_after_an_hour(
    central: Central, password: str
) -> None:
    central.sign_in(password)
    for _ in range(5):
        central.clock.pass_by(minutes=11)
        assert central.browser.get("/desk?live=1", follow_redirects=False).status_code == 200
    central.clock.pass_by(minutes=11)
    assert central.browser.get("/desk?live=1", follow_redirects=False).status_code == 303


def test_staff_book_print_and_read_what_became_of_the_ticket(central: Central, password: str) -> None:
    central.pair()
    central.sign_in(password)
    csrf = field_of(central.browser.get("/desk/appointments/new"), "csrf")
    form = {
        "csrf": csrf,
        "full_name": "Siân Ŵyn",
        "day": "2026-11-24",
        "time": "17:30",
        "service": "blue-badge",
    }
    page = central.browser.post("/desk/appointments/new", data=form)
    assert "5:30pm" in page.text
    assert "Siân Ŵyn" in page.text
    (booked,) = central.ask("GET", "/appointments").json()["appointments"]
    path = f"/desk/appointments/{booked['appointment_id']}/print"
    page = central.browser.post(path, data={"csrf": csrf, "terminal": "lobby-1", "day": "2026-11-24"})
    assert "Waiting for the terminal to fetch it" in page.text
    orders = "/v1/terminals/lobby-1/print-orders"
    (order,) = central.browser.get(orders, headers=central.as_terminal()).json()["orders"]
    outcome = {"outcome": "held", "reason": "paper-out"}
    central.browser.post(f"{orders}/{order['order_id']}/outcome", headers=central.as_terminal(), json=outcome)
    page = central.browser.get("/desk")
    assert "Held: needs paper" in page.text
    assert "Reprint (copy 1)" in page.text


def test_a_booking_that_lacks_something_keeps_what_was_typed_and_says_what(
    central: Central, password: str
) -> None:
    central.sign_in(password)
    csrf = field_of(central.browser.get("/desk/appointments/new"), "csrf")
    form = {"csrf": csrf, "full_name": "Olivia Hartley", "day": "2026-11-31", "time": "", "service": "x"}
    page = central.browser.post("/desk/appointments/new", data=form)
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert 'value="Olivia Hartley"' in page.text
    assert "Enter a day and a time" in page.text


def test_an_arrived_visitor_is_called_once(central: Central, password: str) -> None:
    central.pair()
    booked = central.book()
    central.deliver(case_item(appointment_id=booked["appointment_id"], queue_number="A012"))
    central.sign_in(password)
    assert "A012" in central.browser.get("/desk").text
    csrf = field_of(central.browser.get("/desk"), "csrf")
    path = f"/desk/appointments/{booked['appointment_id']}/state"
    assert central.browser.post(path, data={"csrf": csrf, "state": "called"}).status_code == 200
    assert central.browser.post(path, data={"csrf": csrf, "state": "called"}).status_code == 409


def test_what_is_taken_back_is_in_the_history_and_only_what_was_done_can_be(central: Central) -> None:
    booked = central.book()
    path = f"/appointments/{booked['appointment_id']}/state"
    asked = ("booked", "cancelled", "booked", "arrived", "cancelled")
    answers = [central.ask("PUT", path, state=state).status_code for state in asked]
    assert answers == [409, 200, 200, 409, 200]
    acts = central.ground.database.write_now(lambda c: journal.acts(c, 50))
    assert [act.what for act in acts if act.what.startswith("appointment")] == [
        "appointment-cancelled",
        "appointment-not-cancelled",
        "appointment-cancelled",
        "appointment-booked",
    ]


def test_the_cases_page_shows_what_came_and_what_was_not_taken(central: Central, password: str) -> None:
    central.pair()
    central.deliver(case_item(case_id="the-case-itself"), {**case_item(), "sha256": "0"})
    central.sign_in(password)
    page = central.browser.get("/desk/cases").text
    assert "K7-3042-X" in page
    assert "1 not taken in" in page
    case = central.browser.get("/desk/cases/the-case-itself").text
    assert "Reprint (copy 1)" in case
    assert "a bill" in case


def test_each_act_of_staff_is_in_the_audit_without_a_visitors_name(central: Central, password: str) -> None:
    central.pair()
    central.book(full_name="Olivia Hartley")
    central.ask("PUT", "/services/council-tax", accepting=False, reason="Away.")
    central.ask("POST", "/terminals/lobby-1/revocation")
    central.sign_in(password)
    acts = central.ground.database.write_now(lambda c: journal.acts(c, 50))
    assert {"signed-in", "terminal-revoked", "service-closed", "appointment-booked"} <= {a.what for a in acts}
    assert "Olivia" not in str(acts)


@pytest.mark.parametrize(
    ("clock_time", "words"),
    [("17:30", "5:30pm"), ("15:00", "3pm"), ("12:00", "midday"), ("00:00", "midnight"), ("00:05", "12:05am")],
)
def test_times_are_written_as_the_council_writes_them(clock_time: str, words: str, central: Central) -> None:
    hour, minute = map(int, clock_time.split(":"))
    moment: datetime = central.clock.now.replace(hour=hour, minute=minute)
    assert wording.clock_time(moment) == words
