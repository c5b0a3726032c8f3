"""What the desk tells programs of its parts: a passage's language, and whose details a field asks for."""

from __future__ import annotations

import json
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pytest

from kiosk.central.passage import language_of
from kiosk.central.tables.people import Right
from tests.central.desk.tabs import pages_of
from tests.central.desk.test_notice_pages import publish
from tests.central.room import HOST, Central, case_item, field_of

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.timeout(180)
POLISH = "Nie mogę zapłacić rachunku w tym miesiącu"
URDU = "میرا کونسل ٹیکس زیادہ ہے"
CHINESE = "我付不起市政税"
PASSAGES = """() => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  while (walk.nextNode()) {
    const at = walk.currentNode.parentElement, words = walk.currentNode.textContent.trim();
    if (words) found.push([words, at.closest('[lang]').lang, getComputedStyle(at).direction]); }
  for (const e of document.querySelectorAll('input:not([type=hidden]), textarea'))
    if (e.value) found.push([e.value, e.closest('[lang]').lang, getComputedStyle(e).direction]);
  return found; }"""
PURPOSES = """() => [...document.querySelectorAll('input, select, textarea')]
  .filter(e => !['hidden', 'checkbox'].includes(e.type) && e.tagName !== 'SELECT')
  .map(e => [e.name, e.getAttribute('autocomplete') ?? 'unsaid'])"""
OWN = {"name": "username", "password": "current-password"}  # of staff themselves, at the door only
SCRIPTS = {"ar": "\u0600-\u06ff", "ur": "\u0600-\u06ff", "zh": "\u4e00-\u9fff"}


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database is enough to look at pages."""
    return f"sqlite:///{tmp_path / 'central.sqlite3'}"


def mute(page: Page) -> list[str]:
    """Give the passages that do not say their language, or run the wrong way."""
    told: list[tuple[str, str, str]] = page.evaluate(PASSAGES)
    faults = [words for words, language, _ in told if (words == POLISH) != (language == "pl")]
    for words, language, direction in told:
        own = SCRIPTS.get(language, "a-zA-Z")
        if not re.search(f"[{own}]", words) and re.search(r"[^\W\d_]", words):
            faults.append(words)
        if (language in {"ar", "ur"}) != (direction == "rtl"):
            faults.append(f"{direction}: {words}")
    return faults


def bring(desk: Central, language: str, text: str, reference: str) -> None:
    answers = {"about": "a-bill", "details": text, "address": {"line-1": "12 High Street", "town": "Derby"}}
    case = case_item(case_id=f"case-in-{language}", language=language, reference=reference, answers=answers)
    assert desk.deliver(case)[0]["status"] == "created"


@pytest.mark.parametrize(
    ("language", "text", "reference"),
    [("pl", POLISH, "K7-3043-X"), ("ur", URDU, "K7-3044-X"), ("zh", CHINESE, "K7-3045-X")],
)
def test_what_a_visitor_wrote_in_their_language_says_so_wherever_it_is_shown(
    page: Page, desk: Central, language: str, text: str, reference: str
) -> None:
    bring(desk, language, text, reference)
    page.goto(f"{HOST}/desk/cases/case-in-{language}")
    told: list[tuple[str, str, str]] = page.evaluate(PASSAGES)
    assert [spoken for words, spoken, _ in told if words == text] == [language]
    assert {spoken for words, spoken, _ in told if words != text} == {"en-GB"}
    assert mute(page) == []


def test_every_passage_on_every_page_is_in_the_language_it_says(page: Page, desk: Central) -> None:
    bring(desk, "pl", POLISH, "K7-3043-X")
    publish(desk, {"kiosk.yaml": "languages: [en, cy, ur]\n"})
    page.goto(f"{HOST}/desk/notices/new")
    for label, typed in (
        ("Name", "lift"),
        ("Notice in English", "The lift is out of order"),
        ("Urdu", "لفٹ خراب ہے"),
        ("First day", "2026-11-24"),
        ("Time of the first day", "08:00"),
        ("Last day", "2026-11-25"),
        ("Time of the last day", "17:00"),
    ):
        page.get_by_label(label, exact=True).fill(typed)
    page.get_by_role("button", name="Publish notice").click()
    found = {path: mute(page) for path in pages_of(page)}
    assert "/desk/notices/lift" in found
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_a_notice_that_came_too_late_is_shown_again_in_its_own_languages(page: Page, desk: Central) -> None:
    publish(desk, {"kiosk.yaml": "languages: [en, cy, ur]\n"})
    password = desk.add_staff(rights=tuple(Right))
    desk.sign_in(password)
    page.goto(f"{HOST}/desk/notices/new")
    page.get_by_label("Urdu", exact=True).fill("لفٹ خراب ہے")
    desk.clock.pass_by(minutes=61)
    page.get_by_role("button", name="Publish notice").click()
    page.get_by_label("Name").fill("Morgan Reid")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_text("لفٹ خراب ہے").evaluate("e => e.closest('[lang]').lang") == "ur"
    assert mute(page) == []


def test_a_passage_without_its_language_would_be_found(page: Page, desk: Central) -> None:
    for language, text in (("pl", POLISH), ("ur", URDU)):
        bring(desk, language, text, f"K7-304{len(language + text) % 10}-X")
        page.goto(f"{HOST}/desk/cases/case-in-{language}")
        page.evaluate("document.querySelectorAll('dd[lang]').forEach(e => e.removeAttribute('lang'))")
        assert text in mute(page)


@pytest.mark.parametrize(
    ("text", "chosen", "language"),
    [
        (POLISH, "pl", "pl"),
        (URDU, "ur", "ur"),
        ("Рахунок прийшов двічі", "uk", "uk"),
        (URDU, "pl", ""),  # nobody can tell which language of that script
        ("I cannot pay the bill this month", "pl", ""),
        ("12 High Street, Derby", "pl", ""),
        ("Zofia Wiśniewska", "pl", ""),
        ("single-person-discount", "pl", ""),
        ("main bill nahin de sakta", "ur", ""),  # in letters its voice cannot read
        ("The bill came twice, I think", "en", ""),
        ("07700 900123", "zh", ""),
        ("", "so", ""),
    ],
)
def test_a_passage_is_marked_only_where_its_letters_and_the_visit_agree(
    text: str, chosen: str, language: str
) -> None:
    assert language_of(text, chosen) == language


def misfilled(path: str, told: list[tuple[str, str]]) -> list[str]:
    """Say which fields a browser would fill in wrongly from staff's own details, or could not fill in."""
    wanted = OWN if path == "/desk/sign-in" else {}
    faults = [f"{name}: {token}" for name, token in told if token != wanted.get(name, "off")]
    return faults + sorted(wanted.keys() - {name for name, _ in told})


def test_only_the_door_asks_for_staffs_own_details_and_no_browser_fills_in_a_visitors(page: Page) -> None:
    found: dict[str, list[Any]] = {path: page.evaluate(PURPOSES) for path in pages_of(page)}
    assert sum(map(len, found.values())) >= 12
    assert {path: faults for path, told in found.items() if (faults := misfilled(path, told))} == {}


def test_a_field_that_is_filled_in_wrongly_would_be_found(page: Page) -> None:
    page.goto(f"{HOST}/desk/appointments/new")
    page.evaluate("document.querySelector('[name=full_name]').autocomplete = 'name'")
    page.evaluate("document.querySelector('[name=with_whom]').removeAttribute('autocomplete')")
    assert misfilled("/desk/appointments/new", page.evaluate(PURPOSES)) == [
        "full_name: name",
        "with_whom: unsaid",
    ]
    page.goto(f"{HOST}/desk/sign-in")
    page.evaluate("document.querySelector('[name=password]').autocomplete = 'off'")
    assert misfilled("/desk/sign-in", page.evaluate(PURPOSES)) == ["password: off"]


def test_the_file_for_a_person_says_the_language_of_what_they_wrote(desk: Central) -> None:
    bring(desk, "pl", POLISH, "K7-3043-X")
    form = {"csrf": field_of(desk.browser.get("/desk/cases"), "csrf"), "case": "case-in-pl"}
    packed = desk.browser.post("/desk/person/export", data=form)
    assert packed.status_code == 200, packed.text
    assert f'lang="pl"><span>{POLISH}' in page_in(packed.content)


def page_in(packed: bytes) -> str:
    with ZipFile(BytesIO(packed)) as folder:
        assert json.loads(folder.read("what-is-kept.json"))
        return folder.read("what-is-kept.html").decode()
