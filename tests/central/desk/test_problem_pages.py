"""Every page of the desk that says no has a code, a place and a next step, in words for a person."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central.desk.in_words import AT_THE_DESK
from kiosk.central.problems import KINDS
from tests.central.room import field_of

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response

    from tests.central.room import Central

FOR_PROGRAMS = ("openapi", "JSON", "Content-Type", "bearer", "terminal that is named", "--allow-host")
LARGER = 1024 * 1024 + 1


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database is enough: pages are drawn from what the same code says of either."""
    return f"sqlite:///{tmp_path / 'central.sqlite3'}"


@pytest.fixture
def central(central: Central) -> Central:
    central.sign_in(central.add_staff())
    return central


def says(answer: Response, code: str, place: str) -> bool:
    """Whether a page has a heading, this code, this place and a next step, and no words for programs."""
    assert answer.headers["content-type"].startswith("text/html"), answer.text
    assert re.search(r"<h1>[^<]+</h1>", answer.text)
    steps = re.findall(r"<h2>What to do next</h2>\s*<p>([^<]+)</p>", answer.text)
    assert [step.strip().endswith(".") for step in steps] == [True]
    assert not [word for word in FOR_PROGRAMS if word in answer.text]
    return f"Code: {code}. Place: {place}<" in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/desk/none-such", 404, "CENTRAL-111"),
        ("GET", "/desk/cases/none-such", 404, "CENTRAL-111"),
        ("GET", "/desk/terminals/none-such/told", 404, "CENTRAL-111"),
        ("PUT", "/desk/cases", 405, "CENTRAL-112"),
        ("POST", "/desk/cases", 405, "CENTRAL-112"),
        ("POST", "/desk/terminals/pairing-codes", 403, "CENTRAL-109"),
        ("GET", "/desk/person", 403, "CENTRAL-108"),
        ("GET", "/desk/webhooks", 403, "CENTRAL-108"),
        ("GET", "/desk/notices", 403, "CENTRAL-108"),
    ],
)
def test_a_page_that_says_no_says_its_code_its_place_and_what_to_do(
    central: Central, method: str, path: str, status: int, code: str
) -> None:
    answer = central.browser.request(method, path)
    assert answer.status_code == status
    assert says(answer, code, path)


def test_what_was_searched_does_not_stand_at_the_place(central: Central) -> None:
    answer = central.browser.get("/desk/cases/none-such?words=Olivia-Hartley")
    assert says(answer, "CENTRAL-111", "/desk/cases/none-such")
    assert "Olivia" not in answer.text


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/desk/appointments/none-such/state", "It cannot be done as things are now. Nothing was changed."),
        ("/desk/appointments/none-such/print", "Choose a terminal that is paired, under Tickets print at."),
    ],
)
def test_what_cannot_be_done_now_says_why_and_what_to_do(central: Central, path: str, why: str) -> None:
    form = {"csrf": field_of(central.browser.get("/desk"), "csrf")}
    answer = central.browser.post(path, data=form)
    assert answer.status_code == 409
    assert says(answer, "CENTRAL-113", path)
    assert why in answer.text


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/terminals/pairing-codes"])
def test_a_form_that_is_too_large_is_told_to_a_person_too(central: Central, path: str) -> None:
    answer = central.browser.post(path, data={"name": "x" * LARGER})
    assert answer.status_code == 413
    assert says(answer, "CENTRAL-118", path)


def test_a_database_that_is_away_is_told_with_its_own_code_and_step(central: Central) -> None:
    central.ground.database.write_now(lambda c: c.exec_driver_sql("ALTER TABLE cases RENAME TO elsewhere"))
    answer = central.browser.get("/desk/cases")
    assert answer.status_code == 503
    assert says(answer, "CENTRAL-012", "/desk/cases")


def test_what_nobody_foresaw_has_a_code_too(central: Central, monkeypatch: pytest.MonkeyPatch) -> None:
    async def breaks(*_: Any) -> None:
        raise RuntimeError("4F7K-Q2M9")

    monkeypatch.setattr(central.ground.database, "read", breaks)
    answer = central.browser.get("/desk/cases")
    assert answer.status_code == 500
    assert says(answer, "CENTRAL-126", "/desk/cases")
    assert "4F7K" not in answer.text


def test_whoever_is_not_let_in_is_told_a_code(central: Central) -> None:
    central.browser.cookies.clear()
    for _ in range(3):
        wrong = central.sign_in("wrong")
        assert "Code: CENTRAL-017" in wrong.text
        assert "Check both and try again." in wrong.text
    shut = central.sign_in("wrong")
    assert shut.status_code == 429
    assert "Code: CENTRAL-125" in shut.text
    assert re.search(r"Too many wrong tries. Try again in \d+ seconds.", shut.text)


def test_the_address_of_every_type_of_problem_explains_it_with_its_code(central: Central) -> None:
    for name, kind in KINDS.items():
        answer = central.browser.get(f"/problems/{name}")
        assert answer.status_code == 200
        assert f"Code: {kind.code}<" in answer.text


def test_a_code_stands_for_one_kind_of_problem_only() -> None:
    codes = [kind.code for kind in KINDS.values()]
    assert len(set(codes)) == len(codes)
    assert {name: row[0] for name, row in AT_THE_DESK.items()} == {
        name: KINDS[name].code for name in AT_THE_DESK
    }


def test_programs_are_told_what_they_were_told_before(central: Central) -> None:
    answer = central.ask("GET", "/cases/none-such")
    assert answer.status_code == 404
    assert set(answer.json()) == {"type", "title", "status", "detail"}
