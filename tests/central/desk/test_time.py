"""Time at the desk: nobody is signed out unwarned, and nothing that was typed is lost or done unasked."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from tests.central.room import field_of

if TYPE_CHECKING:
    from httpx2 import Response

    from tests.central.room import Central

BOOKING = {"full_name": "Ana Example", "day": "2026-12-01", "time": "10:30", "service": "council-tax"}
ENDS = "You will be signed out at"


def busy_until(central: Central, hours: int) -> None:
    """Work at the desk for so long, without a break of an hour."""
    for _ in range(hours * 2):
        central.clock.pass_by(minutes=30)
        assert central.browser.get("/desk").url.path == "/desk"


def send(central: Central, path: str, **fields: str) -> Response:
    """Send a form from a page of the desk as it was a while ago."""
    return central.browser.post(path, data=fields)


def stay(central: Central) -> None:
    page = central.browser.get("/desk")
    assert send(central, "/desk/stay", csrf=field_of(page, "csrf")).url.path == "/desk/stay"


def hidden(page: Response) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text)
    return {name: unescape(value) for name, value in found}


def test_in_the_last_hour_before_the_twelve_are_over_every_page_says_when(central: Central) -> None:
    central.sign_in(central.add_staff())
    busy_until(central, 10)
    assert ENDS not in central.browser.get("/desk").text
    busy_until(central, 1)
    for path in ("/desk", "/desk/cases", "/desk/appointments/new"):
        assert ENDS in central.browser.get(path).text


def test_one_click_puts_the_end_off_by_an_hour_ten_times_and_not_for_ever(central: Central) -> None:
    central.sign_in(central.add_staff())
    busy_until(central, 11)
    for _ in range(10):
        stay(central)
        assert ENDS not in central.browser.get("/desk").text
        busy_until(central, 1)
    page = central.browser.get("/desk")
    assert ENDS in page.text
    assert "can sign in again at once" in page.text
    stay(central)
    assert ENDS in central.browser.get("/desk").text
    central.clock.pass_by(minutes=59)
    assert central.browser.get("/desk").url.path == "/desk"
    central.clock.pass_by(minutes=2)
    assert central.browser.get("/desk").url.path == "/desk/sign-in"


def test_to_click_it_early_or_twice_gains_nothing(central: Central) -> None:
    central.sign_in(central.add_staff())
    stay(central)
    busy_until(central, 11)
    stay(central)
    stay(central)
    busy_until(central, 1)
    assert ENDS in central.browser.get("/desk").text


def test_what_was_typed_when_the_sign_in_ran_out_is_sent_after_signing_in_again(central: Central) -> None:
    password = central.add_staff()
    central.sign_in(password)
    csrf = field_of(central.browser.get("/desk/appointments/new"), "csrf")
    central.clock.pass_by(minutes=61)
    late = send(central, "/desk/appointments/new", csrf=csrf, **BOOKING)
    assert "Your sign-in ran out" in late.text
    assert central.ask("GET", "/appointments?day=2026-12-01").json()["appointments"] == []
    signing = {"name": "Morgan Reid", "password": password}
    wrong = send(central, "/desk/sign-in", **hidden(late), **signing | {"password": "wrong"})
    asked = send(central, "/desk/sign-in", **hidden(wrong), **signing)
    assert "What you sent was kept" in asked.text
    assert "Ana Example" in asked.text
    assert central.ask("GET", "/appointments?day=2026-12-01").json()["appointments"] == []
    sending = {name: value for name, value in hidden(asked).items() if name in {*BOOKING, "csrf"}}
    send(central, "/desk/appointments/new", **sending)
    (booked,) = central.ask("GET", "/appointments?day=2026-12-01").json()["appointments"]
    assert booked["full_name"] == "Ana Example"


def test_what_one_typed_is_not_handed_to_another(central: Central) -> None:
    central.sign_in(central.add_staff())
    csrf = field_of(central.browser.get("/desk/appointments/new"), "csrf")
    central.clock.pass_by(minutes=61)
    late = send(central, "/desk/appointments/new", csrf=csrf, **BOOKING)
    other = central.add_staff("Robin Hale")
    signing = {"name": "Robin Hale", "password": other}
    assert "Ana Example" not in send(central, "/desk/sign-in", **hidden(late), **signing).text


def test_a_form_from_elsewhere_is_not_kept(central: Central) -> None:
    central.sign_in(central.add_staff())
    csrf = field_of(central.browser.get("/desk"), "csrf")
    central.clock.pass_by(minutes=61)
    for path, word in (("/desk/appointments/new", "wrong"), ("/desk/sign-out", csrf), ("/desk/stay", csrf)):
        late = send(central, path, csrf=word, **BOOKING)
        assert late.url.path == "/desk/sign-in"
        assert "ran out" not in late.text
    away = send(central, "/desk/sign-in/again?to=//elsewhere.example/desk", csrf=csrf, **BOOKING)
    assert "elsewhere.example" not in away.text


def test_a_pause_holds_on_every_page_and_the_next_day_until_it_is_ended(central: Central) -> None:
    password = central.add_staff()
    central.sign_in(password)
    pages = ("/desk", "/desk/cases", "/desk/terminals")
    assert all('http-equiv="refresh"' in central.browser.get(path).text for path in pages)
    central.browser.get("/desk/cases?paused=1")
    central.clock.pass_by(hours=20)
    central.sign_in(password)
    for path in pages:
        page = central.browser.get(path).text
        assert 'http-equiv="refresh"' not in page
        assert "Update it again" in page
    central.browser.get("/desk?paused=0")
    assert all('http-equiv="refresh"' in central.browser.get(path).text for path in pages)
