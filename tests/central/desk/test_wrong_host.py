"""Who calls central by a name it does not answer to: a person gets a page, a program the problem document."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import TYPE_CHECKING

import pytest

from tests.central.desk.conftest import USUAL_PX
from tests.central.desk.test_access import Outline
from tests.central.desk.test_in_a_browser import TOO_WIDE, wrong

if TYPE_CHECKING:
    from pathlib import Path

    from httpx2 import Response
    from playwright.sync_api import Browser, Route

    from tests.central.room import Central

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
ELSEWHERE = "desk.elsewhere.example"


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database is enough: none is asked."""
    return f"sqlite:///{tmp_path / 'central.sqlite3'}"


def called(central: Central, host: str = ELSEWHERE, accept: str = BROWSER, path: str = "/desk") -> Response:
    return central.browser.get(path, headers={"Host": host, "Accept": accept})


@pytest.mark.parametrize(
    "path", ["/", "/desk", "/desk/desk.css", "/v1/none-such", "/open311/v2/services.xml"]
)
def test_a_person_is_told_the_code_what_it_means_and_what_to_do(central: Central, path: str) -> None:
    answer = called(central, path=path)
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("text/html")
    assert (answer.headers["Cache-Control"], answer.headers["Vary"]) == ("no-store", "Accept")
    assert "<h1>This name does not lead here</h1>" in answer.text
    for said in ("CENTRAL-016", "does not answer to the name", f"<strong>{ELSEWHERE}</strong>"):
        assert said in answer.text
    for step in ("Open the address that you were given", "--allow-host", "KIOSK_HOST"):
        assert step in answer.text


@pytest.mark.parametrize(
    "accept",
    [
        "",
        "*/*",
        "application/json",
        "application/problem+json",
        "text/html;q=0, */*",
        "text/html, application/json",
    ],
)
def test_a_program_keeps_the_problem_document(central: Central, accept: str) -> None:
    answer = called(central, accept=accept)
    assert answer.status_code == 403
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["type"] == "/problems/wrong-host"


def test_the_page_brings_its_own_style_and_is_allowed_no_other(central: Central) -> None:
    answer = called(central)
    (style,) = re.findall("<style>(.*?)</style>", answer.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = answer.headers["Content-Security-Policy"]
    assert f"style-src 'sha256-{digest}';" in policy
    assert policy.startswith("default-src 'none';")
    assert "/desk/desk.css" not in answer.text


@pytest.mark.parametrize("host", ["<script>alert(1)</script>", "a\x22onload=x", "[", "x" * 300, ""])
def test_what_is_no_name_is_not_repeated_on_the_page(central: Central, host: str) -> None:
    answer = called(central, host)
    assert answer.status_code == 403
    assert "You called" not in answer.text
    assert "<script" not in answer.text


def test_the_page_says_no_name_that_would_be_answered(central: Central) -> None:
    assert not any(name in called(central).text for name in central.ground.settings.allowed_hosts)


def test_a_reader_of_screens_finds_language_heading_and_the_way_past_the_top(central: Central) -> None:
    outline = Outline(called(central).text)
    assert outline.all_of("html")[0]["lang"] == "en-GB"
    assert [tag for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2"]
    assert outline.all_of("a")[0]["href"] == "#main"
    assert outline.all_of("form", "input", "script") == []


@pytest.mark.timeout(120)
def test_a_real_browser_draws_it_in_the_desks_style_under_its_policy(
    browser: Browser, central: Central
) -> None:
    def answer(route: Route) -> None:
        said = called(central, accept=route.request.headers.get("accept", ""))
        route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.content)

    context = browser.new_context(viewport={"width": USUAL_PX, "height": 900})
    context.route("**/*", answer)
    page, refused = context.new_page(), list[str]()
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"http://{ELSEWHERE}/desk")
    top = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
    context.close()
    assert top == "rgb(15, 76, 92)"
    assert [each for each in refused if "Content Security Policy" in each] == []


@pytest.mark.timeout(120)
def test_axe_finds_nothing_wrong_and_it_fits_a_small_window(browser: Browser, central: Central) -> None:
    context = browser.new_context(bypass_csp=True, viewport={"width": 320, "height": 900})
    text = called(central).text
    context.route("**/*", lambda route: route.fulfill(status=403, content_type="text/html", body=text))
    page = context.new_page()
    page.goto(f"http://{ELSEWHERE}/desk")
    faults, wide = wrong(page), page.evaluate(TOO_WIDE)
    context.close()
    assert (faults, wide) == ([], 0)
