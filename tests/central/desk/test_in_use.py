"""The desk in use in a real browser: order, focus, links, turning, colour, passwords, taking back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.central.desk.conftest import USUAL_PX
from tests.central.desk.tabs import pages_of
from tests.central.desk.test_in_a_browser import REFLOW_PX, SPACED
from tests.central.room import HOST, case_item

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.central.room import Central

pytestmark = pytest.mark.timeout(180)
TURNS = ((768, 1024), (1024, 768), (390, 844), (844, 390))
FOCUSED = """() => { const e = document.activeElement, b = e.getBoundingClientRect();
  if (e === document.body) return null;
  return {what: e.outerHTML.slice(0, 80), left: b.left + scrollX, right: b.right + scrollX,
          top: b.top + scrollY, bottom: b.bottom + scrollY}; }"""
LINKS = """all => all.map(a => [a.textContent.trim().replace(/\\s+/g, ' '), a.getAttribute('href')])"""
COLOURED_ONLY = """() => {
  const links = [...document.querySelectorAll('main a[href]:not(.button)')].filter(a =>
    !getComputedStyle(a).textDecorationLine.includes('underline')).map(a => `no line: ${a.outerHTML}`);
  const mute = [...document.querySelectorAll('.outcome, .tag, .wrong-words, .done, .fault, .number')].filter(
    e => !e.textContent.trim()).map(e => `no words: ${e.outerHTML}`);
  const plain = getComputedStyle(document.querySelector('nav a:not([aria-current])') ?? document.body);
  const here = [...document.querySelectorAll('nav a[aria-current]')].filter(a => {
    const s = getComputedStyle(a);
    return s.borderBottomWidth === plain.borderBottomWidth && s.fontWeight === plain.fontWeight &&
      s.textDecorationLine === plain.textDecorationLine && s.boxShadow === plain.boxShadow;
  }).map(a => `only coloured: ${a.outerHTML}`);
  return [...links, ...mute, ...here].map(each => each.slice(0, 90)); }"""
CUT = """() => {
  const seen = [...document.querySelectorAll('body *')].filter(e =>
    e.checkVisibility({visibilityProperty: true}) && !e.closest('.vh, .skip'));
  const holds = e => { const s = getComputedStyle(e);
    return e.tagName === 'BUTTON' || ['hidden', 'clip'].some(v => [s.overflowX, s.overflowY].includes(v)); };
  const cut = seen.filter(e => holds(e) && (e.scrollWidth > e.clientWidth + 1 ||
    e.scrollHeight > e.clientHeight + 1)).map(e => `cut: ${e.outerHTML}`);
  const words = seen.flatMap(e => [...e.childNodes].filter(n => n.data?.trim()).flatMap(n => {
    const range = document.createRange(); range.selectNodeContents(n);
    return [...range.getClientRects()].map(box => [e, box]); }));
  const over = words.flatMap(([e, a], at) => words.slice(at + 1).filter(([f, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return e !== f && wide > 2 && high > Math.min(a.height, b.height) / 2; }));
  return [...cut, ...over.map(([f]) => `over: ${f.outerHTML}`)].map(each => each.slice(0, 90)); }"""
TAKEN_BACK = {
    "/desk/sign-out": "sign in again",
    "/desk/sign-in": "sign out",
    "/desk/stay": "it ends by itself",
    "/desk/appointments/new": "cancel it",
    "/desk/appointments/#/state": "Undo",
    "/desk/appointments/#/print": "changes no record",
    "/desk/cases/#/status": "set it again",
    "/desk/cases/#/reprint": "changes no record",
    "/desk/services/#": "open or close it again",
    "/desk/terminals/pairing-codes": "it ends by itself",
    "/desk/terminals/#/revocation": "asked twice",
    "/desk/person/find": "changes no record",
    "/desk/webhooks/new": "remove it",
    "/desk/notices/new": "end it",
}
"""How each act of staff is taken back, or that it is asked for twice (WCAG 3.3.4)."""


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database is enough to look at pages."""
    return f"sqlite:///{tmp_path / 'central.sqlite3'}"


def leaps(page: Page) -> list[str]:
    """Go through a page by Tab, and say where the focus goes up, or back on its line."""
    found, last = [], None
    for _ in range(80):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(FOCUSED)
        if here is None:
            break
        is_on = last in (None, here) or here["top"] >= last["bottom"] - 1 or here["left"] >= last["right"] - 1
        if not is_on:
            found.append(here["what"])
        last = here
    assert last is not None
    return found


def test_the_focus_goes_down_every_page_as_it_is_read(page: Page) -> None:
    found = {path: leaps(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_an_order_turned_round_by_styles_would_be_found(page: Page) -> None:
    page.goto(f"{HOST}/desk/appointments/new")
    page.add_style_tag(content="form { display: flex; flex-direction: column-reverse }")
    assert leaps(page)


def acted(page: Page) -> list[str]:
    """Give every control of a page the focus and a new value, and say what happened unasked."""
    where, before, asked = page.url, page.content(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(page.locator("a, button, input, select, textarea, summary").count()):
        page.keyboard.press("Tab")
    for field in page.locator("main :is(input:not([type=hidden]), select, textarea):visible").all():
        if asked:
            break
        is_list = field.evaluate("e => e.tagName") == "SELECT"
        is_tick = field.get_attribute("type") == "checkbox"
        field.press("ArrowDown" if is_list else "Space" if is_tick else "7")
    page.keyboard.press("Tab")
    changed = ["another page"] if page.url != where else ["other content"] if page.content() != before else []
    return changed + asked


def test_a_control_that_has_the_focus_or_a_new_value_does_nothing_by_itself(page: Page) -> None:
    found = {path: acted(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("event", ["focusin", "change"])
def test_a_control_that_goes_elsewhere_by_itself_would_be_found(page: Page, event: str) -> None:
    page.goto(f"{HOST}/desk/appointments/new")
    page.evaluate(f"addEventListener('{event}', () => location.assign('/desk/cases'))")
    assert acted(page)


def test_two_links_of_one_name_on_a_page_lead_to_one_place(page: Page, desk: Central) -> None:
    desk.deliver(case_item(case_id="second-case", reference="K7-3043-X"))
    assert len(desk.ask("GET", "/cases").json()["cases"]) == 2
    desk.book(reference="K7-3044-X")
    for path in pages_of(page):
        leads: dict[str, str] = {}
        for name, href in page.eval_on_selector_all("a[href]", LINKS):
            assert name, (path, href)
            assert leads.setdefault(name, href) == href, (path, name)


def test_a_case_is_found_in_the_list_by_its_reference_and_by_a_person(page: Page) -> None:
    page.goto(f"{HOST}/desk/cases")
    page.get_by_role("link", name="K7-3042-X").click()
    case = page.url
    page.goto(f"{HOST}/desk/cases")
    page.get_by_role("link", name="Find a case").click()
    page.get_by_label("Reference").fill("K7-3042")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="K7-3042-X").click()
    assert page.url == case
    page.goto(f"{HOST}/desk/person")
    page.get_by_label("Reference, case identifier").fill("K7-3042-X")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Open case K7-3042-X").click()
    assert page.url == case


def lost_by_turning(page: Page) -> list[str]:
    """Hold a tablet and a phone both ways, and say where a page is too wide or shows other things."""
    seen, wide = set(), []
    for width, height in TURNS:
        page.set_viewport_size({"width": width, "height": height})
        shown = page.locator("a:visible, button:visible, input:visible, select:visible, h1:visible")
        seen.add(tuple(shown.evaluate_all("all => all.map(e => e.id || e.textContent.trim())")))
        wide += [f"{width} px"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []
    return wide + (["other things"] if len(seen) > 1 else [])


def test_every_page_is_whole_however_a_tablet_or_a_phone_is_held(page: Page) -> None:
    found = {path: lost_by_turning(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_what_is_shown_only_one_way_up_would_be_found(page: Page) -> None:
    page.goto(f"{HOST}/desk")
    page.add_style_tag(content="@media (orientation: portrait) { .actions { display: none } }")
    assert lost_by_turning(page) == ["other things"]
    page.add_style_tag(content="main { min-width: 900px }")
    assert "768 px" in lost_by_turning(page)


def cut_when_spaced_out(page: Page) -> list[str]:
    """Space a page's text out as WCAG 1.4.12 has it, and say where words are cut or lie over others."""
    page.add_style_tag(content=SPACED)
    found = []
    for width in (USUAL_PX, REFLOW_PX):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px {each}" for each in page.evaluate(CUT)]
    page.set_viewport_size({"width": USUAL_PX, "height": 900})
    return found


def test_no_word_is_cut_and_none_lies_over_another_when_text_is_spaced_out(page: Page) -> None:
    found = {path: cut_when_spaced_out(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("style", "sort"),
    [
        ("button { height: 18px; overflow: hidden } ", "cut"),
        ("td { overflow: hidden; white-space: nowrap; max-width: 4em }", "cut"),
        (".day { margin-top: -1.2em }", "over"),
    ],
)
def test_words_that_are_cut_or_lie_over_others_would_be_found(page: Page, style: str, sort: str) -> None:
    page.goto(f"{HOST}/desk")
    page.add_style_tag(content=style)
    assert any(f" px {sort}: " in each for each in cut_when_spaced_out(page))


def test_nothing_on_any_page_is_told_by_colour_alone(page: Page) -> None:
    found = {path: page.evaluate(COLOURED_ONLY) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_a_link_without_a_line_and_a_state_without_words_would_be_found(page: Page) -> None:
    page.goto(f"{HOST}/desk/appointments/new")
    page.add_style_tag(content="a { text-decoration: none !important } nav a { all: unset !important }")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=tag></p>')")
    page.goto(f"{HOST}/desk")
    page.add_style_tag(content="* { text-decoration: none !important } nav a { all: unset !important }")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p class=tag></p>')")
    found = page.evaluate(COLOURED_ONLY)
    assert {each.partition(":")[0] for each in found} == {"no line", "no words", "only coloured"}


def test_a_password_is_filled_in_by_a_manager_or_pasted_and_never_has_to_be_remembered(page: Page) -> None:
    page.goto(f"{HOST}/desk/sign-in")
    name, password = page.get_by_label("Name"), page.get_by_label("Password")
    assert name.get_attribute("autocomplete") == "username"
    assert password.get_attribute("autocomplete") == "current-password"
    name.fill("abcd-efgh-ijkl-mnop")
    name.press("Control+A")
    name.press("Control+C")
    password.press("Control+V")
    assert password.input_value() == "abcd-efgh-ijkl-mnop"


def test_what_was_done_and_what_is_wrong_are_told_without_taking_the_focus(page: Page) -> None:
    page.goto(f"{HOST}/desk")
    page.get_by_role("button", name="Cancel appointment").click()
    assert page.get_by_role("status").inner_text() == "The appointment is cancelled."
    assert page.evaluate("document.activeElement === document.body")
    page.goto(f"{HOST}/desk/appointments/new")
    page.get_by_role("button", name="Book appointment").click()
    assert "There is a problem" in page.get_by_role("alert").all_inner_texts()[-1]


def test_a_cancelled_appointment_and_a_call_are_taken_back(page: Page, desk: Central) -> None:
    page.goto(f"{HOST}/desk")
    row = page.get_by_role("row").filter(has_text="Booked")
    row.get_by_role("button", name="Cancel appointment").press("Enter")
    page.get_by_role("button", name="Undo cancelled").press("Enter")
    assert page.get_by_role("status").inner_text() == "The appointment is booked."
    (booked,) = desk.ask("GET", "/appointments").json()["appointments"]
    arrived = case_item(
        case_id="second-case",
        reference="K7-3043-X",
        queue_number="A012",
        appointment_id=booked["appointment_id"],
    )
    (result,) = desk.deliver(arrived)
    assert result["status"] == "created", result
    page.goto(f"{HOST}/desk")
    page.get_by_role("button", name="to desk").press("Enter")
    page.get_by_role("button", name="Undo called").press("Enter")
    assert page.get_by_role("status").inner_text() == "The visitor is waiting again."
    assert page.get_by_role("button", name="to desk").is_visible()


def test_each_act_of_staff_is_asked_for_twice_or_can_be_taken_back(page: Page) -> None:
    asked = set()
    for _ in pages_of(page):
        forms = page.locator("form[method=post]")
        asked |= set(forms.evaluate_all("all => all.map(each => each.getAttribute('action'))"))
    sorts = {re.sub(r"/(services|terminals)/(?!pairing)[^/]+", r"/\1/#", each) for each in asked}
    sorts = {re.sub(r"[^/]*\d[^/]*", "#", each) for each in sorts}
    assert sorts <= set(TAKEN_BACK)
    assert len(sorts) >= 10
