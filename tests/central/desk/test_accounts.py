"""Accounts for the desk are made and taken away at the console, beside a central that runs."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from kiosk.central import chain, credentials
from kiosk.central.command import main
from kiosk.central.tables import journal

if TYPE_CHECKING:
    from tests.central.room import Central

NAME = "Morgan Reid"


def console(central: Central, *words: str) -> int:
    return main(["--database", central.ground.settings.database, *words])


def is_inside(central: Central) -> bool:
    return central.browser.get("/desk", follow_redirects=False).status_code == 200


def acts(central: Central) -> list[tuple[str, str, str]]:
    entries = central.ground.database.write_now(lambda c: journal.acts(c, 20))
    return [(entry.actor, entry.what, entry.detail) for entry in entries]


def signed_in_twice(central: Central, password: str) -> list[dict[str, str]]:
    """Sign the same person in at two browsers; return the cookies of each."""
    browsers = []
    for _ in range(2):
        central.browser.cookies.clear()
        assert central.sign_in(password).status_code == 200
        browsers.append(dict(central.browser.cookies))
    return browsers


def test_a_removed_account_is_out_everywhere_at_once_and_does_not_come_in_again(central: Central) -> None:
    password, other = central.add_staff(), central.add_staff("Robin Hale")
    browsers = signed_in_twice(central, password)
    assert console(central, "remove-staff", "  Morgan   Reid ") == 0
    for cookies in browsers:
        central.browser.cookies.clear()
        central.browser.cookies.update(cookies)
        assert not is_inside(central)
    assert central.sign_in(password).status_code == 401
    assert not is_inside(central)
    assert central.sign_in(other, "Robin Hale").status_code == 200
    assert is_inside(central)


def test_the_audit_says_who_was_added_and_removed_and_keeps_what_they_did_under_their_name(
    central: Central, capsys: pytest.CaptureFixture[str]
) -> None:
    assert console(central, "add-staff", NAME) == 0
    password = capsys.readouterr().out.partition("Password: ")[2].split()[0]
    central.sign_in(password)
    assert console(central, "remove-staff", NAME) == 0
    assert "What they did stays in the history under their name." in capsys.readouterr().out
    assert acts(central) == [
        ("console", "staff-removed", NAME),
        (f"staff {NAME}", "signed-in", ""),
        ("console", "staff-added", NAME),
    ]
    assert console(central, "audit", "verify") == 0


def test_an_account_whose_removal_cannot_be_written_down_is_not_removed(
    central: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    central.sign_in(central.add_staff())
    before = acts(central)

    def breaks(_before: str, _link: chain.Link) -> str:
        raise OSError("no room")

    with monkeypatch.context() as broken:
        broken.setattr(journal, "hash_of", breaks)
        assert console(central, "remove-staff", NAME) == 1
    assert is_inside(central)
    assert acts(central) == before


@pytest.mark.parametrize(
    "name", ["Nobody", "morgan reid", "", "\udcff"], ids=["unknown", "small letters", "empty", "no text"]
)
def test_a_name_that_nobody_has_is_said_with_where_to_look_and_leaves_no_trace(
    central: Central, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    central.sign_in(central.add_staff())
    assert console(central, "remove-staff", name) == 1
    told = capsys.readouterr().err
    assert told.startswith("CENTRAL-025")
    assert "kiosk central list-staff" in told
    assert is_inside(central)
    assert ("console", "staff-removed") not in {act[:2] for act in acts(central)}


def test_who_has_an_account_is_listed_in_order(central: Central, capsys: pytest.CaptureFixture[str]) -> None:
    assert console(central, "list-staff") == 0
    assert capsys.readouterr().out.startswith("Nobody yet")
    central.add_staff("Robin Hale")
    central.add_staff("Ada Desk")
    assert console(central, "list-staff") == 0
    assert capsys.readouterr().out == "Ada Desk\nRobin Hale\n"


def test_a_name_that_was_removed_can_be_given_again_and_old_sign_ins_stay_over(central: Central) -> None:
    password = central.add_staff()
    (browser, _) = signed_in_twice(central, password)
    assert console(central, "remove-staff", NAME) == 0
    again = central.add_staff()
    central.browser.cookies.clear()
    central.browser.cookies.update(browser)
    assert not is_inside(central)
    assert central.sign_in(password).status_code == 401
    assert central.sign_in(again).status_code == 200


@pytest.mark.parametrize("act", ["remove-staff", "add-staff"])
def test_an_account_that_goes_while_its_password_is_compared_does_not_come_in(
    central: Central, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    password = central.add_staff()
    compare = credentials.password_is

    def meanwhile(given: str, kept: str) -> bool:
        assert console(central, act, NAME) == 0
        return compare(given, kept)

    with monkeypatch.context() as compared:
        compared.setattr(credentials, "password_is", meanwhile)
        assert central.sign_in(password).status_code == 401
    assert not is_inside(central)


def test_sign_ins_and_a_removal_at_the_same_time_leave_nobody_inside(central: Central) -> None:
    password = central.add_staff()
    asked = threading.Barrier(2)

    def remove() -> int:
        asked.wait(10)
        return console(central, "remove-staff", NAME)

    with ThreadPoolExecutor(1) as beside:
        removing = beside.submit(remove)
        asked.wait(10)
        answers = [central.sign_in(password).status_code for _ in range(3)]
        assert removing.result() == 0
    assert set(answers) <= {200, 401}, "a fault of the database is no answer"
    assert not is_inside(central)
