"""Every page of the desk in a real browser: colours, sizes, small windows, focus and names."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

from kiosk.central.tables.people import Right
from kiosk.rehearse.judging import contrast
from tests.central.desk.conftest import USUAL_PX
from tests.central.desk.tabs import pages_of
from tests.central.desk.test_notice_pages import publish
from tests.central.room import HOST

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import FloatRect, Page

    from tests.central.room import Central

pytestmark = pytest.mark.timeout(180)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LEAST_RATIO = 3.0
REFLOW_PX, ZOOMED_PX = 320, 640
"""Windows of 1280 pixels at 400, 200 and 100 per cent (WCAG 1.4.10, 1.4.4)."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""  # WCAG 1.4.12
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
UNSEEN = """() => { const e = document.activeElement, s = getComputedStyle(e), b = e.getBoundingClientRect();
  const top = document.elementFromPoint(b.x + b.width / 2, b.y + b.height / 2);
  const drawn = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2 && s.boxShadow !== 'none';
  const seen = top !== null && (e.contains(top) || top.contains(e) || e.labels?.[0]?.contains(top));
  return e === document.body ? '' : drawn && seen ? 'seen' : `unseen: ${e.outerHTML.slice(0, 80)}`; }"""


@pytest.fixture
def database(tmp_path: Path) -> str:
    """One kind of database is enough to look at pages."""
    return f"sqlite:///{tmp_path / 'central.sqlite3'}"


def wrong(page: Page) -> list[str]:
    """Ask axe, which knows WCAG's rules, what is wrong on a page."""
    found: list[dict[str, Any]] = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    faults = [f"{each['id']}: {node['html'][:90]}" for each in found for node in each["nodes"]]
    may_refresh = page.get_by_role("link", name="Pause updates").count() == 1
    return [each for each in faults if not (may_refresh and each.startswith("meta-refresh"))]


def overflowing(page: Page) -> list[str]:
    """Say which windows a page is too wide for, with the text as it is and spaced out."""
    found = []
    for width in (USUAL_PX, ZOOMED_PX, REFLOW_PX):
        page.set_viewport_size({"width": width, "height": 900})
        found += [f"{width} px"] if page.evaluate(TOO_WIDE) > 0 else []
    page.add_style_tag(content=SPACED)
    found += ["spaced out"] if page.evaluate(TOO_WIDE) > 0 else []
    page.set_viewport_size({"width": USUAL_PX, "height": 900})
    return found


def unseen(page: Page) -> list[str]:
    """Go through a page by Tab, and say where the focus cannot be seen."""
    told = []
    for _ in range(60):
        page.keyboard.press("Tab")
        where: str = page.evaluate(UNSEEN)
        if not where:
            break
        told.append(where)
    else:
        told.append("trapped: the focus does not leave the page")
    return [where for where in told if where != "seen"] if told else ["nothing takes the focus"]


def test_axe_finds_nothing_wrong_on_any_page_however_wide(page: Page) -> None:
    found = {}
    for path in pages_of(page):
        found[path] = wrong(page)
        page.set_viewport_size({"width": REFLOW_PX, "height": 900})
        found[path] += wrong(page)
        page.set_viewport_size({"width": USUAL_PX, "height": 900})
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_no_page_is_too_wide_for_a_small_window_or_for_text_spaced_out(page: Page) -> None:
    found = {path: overflowing(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_focus_is_seen_wherever_it_goes_on_every_page(page: Page) -> None:
    found = {path: unseen(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_one_persons_case_is_found_and_erased_by_keys_alone_and_each_page_of_it_is_right(
    page: Page, desk: Central
) -> None:
    page.goto(f"{HOST}/desk/person")
    page.get_by_label("Reference, case identifier").focus()
    page.keyboard.type("K7-3042-X")
    page.keyboard.press("Enter")
    assert page.get_by_role("checkbox", name="Council tax").is_checked()
    found = judged(page)
    page.get_by_role("button", name="Erase").press("Enter")
    found |= judged(page)
    page.get_by_role("button", name="Erase it").press("Enter")
    assert page.get_by_role("alert").filter(has_text="There is a problem").is_visible()
    found |= judged(page)
    page.get_by_role("checkbox", name="I looked at it").press("Space")
    page.get_by_role("button", name="Erase it").press("Enter")
    assert page.get_by_role("status").is_visible()
    assert {title: faults for title, faults in found.items() if faults} == {}
    assert desk.ask("GET", "/cases").json()["cases"] == []


def test_a_webhook_is_added_paused_and_removed_by_keys_alone_and_each_page_of_it_is_right(page: Page) -> None:
    page.goto(f"{HOST}/desk/webhooks")
    page.get_by_role("link", name="Add a webhook").press("Enter")
    page.get_by_label("Label").focus()
    page.keyboard.type("crm")
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="There is a problem").wait_for()
    found = judged(page)
    assert page.get_by_label("Label").input_value() == "crm"
    page.get_by_role("link", name="This address cannot be called").press("Enter")
    page.keyboard.type("https://crm.example.gov.uk/kiosk")
    page.keyboard.press("Enter")
    page.get_by_text("whsec_").wait_for()
    found |= judged(page)
    page.get_by_role("link", name="I have kept it").press("Enter")
    page.get_by_role("button", name="Pause crm").press("Enter")
    assert page.get_by_text("whsec_").count() == 0
    page.get_by_text("Paused since").wait_for()
    found |= judged(page)
    page.get_by_role("link", name="Remove… crm").press("Enter")
    page.get_by_role("heading", name="Remove crm?").wait_for()
    found |= judged(page)
    page.get_by_role("button", name="Remove crm").press("Enter")
    page.get_by_text("No other system is told").wait_for()
    assert {title: faults for title, faults in found.items() if faults} == {}


def test_a_notice_is_written_changed_and_ended_by_keys_alone_and_each_page_of_it_is_right(
    page: Page, desk: Central
) -> None:
    publish(desk, {"kiosk.yaml": "languages: [en, cy, ur]\n"})
    page.goto(f"{HOST}/desk/notices")
    page.get_by_role("link", name="Write a notice").press("Enter")
    for label, typed in (
        ("Name", "lift"),
        ("Notice in English", "The lift is out of order"),
        ("Welsh", "Nid yw'r lifft yn gweithio"),
        ("Urdu", "لفٹ خراب ہے"),
        ("First day", "11242026"),
        ("Time of the first day", "0800AM"),
    ):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    page.get_by_role("alert").filter(has_text="There is a problem").wait_for()
    found = judged(page)
    page.get_by_role("link", name="Enter a day and a time until").press("Enter")
    page.keyboard.type("11252026")
    page.get_by_label("Time of the last day").focus()
    page.keyboard.type("0500PM")
    page.keyboard.press("Enter")
    page.get_by_role("row").filter(has_text="also in Welsh, Urdu").wait_for()
    found |= judged(page)
    page.get_by_role("link", name="Change lift").press("Enter")
    page.get_by_role("heading", name="Change lift").wait_for()
    found |= judged(page)
    page.get_by_role("button", name="Publish the change").press("Enter")
    page.get_by_role("button", name="End lift").press("Enter")
    page.get_by_text("Visitors are told nothing now").wait_for()
    assert {title: faults for title, faults in found.items() if faults} == {}


def judged(page: Page) -> dict[str, list[str]]:
    """Say all that is wrong on one page, by its title; its styles are left as they were."""
    seen = {page.title(): [*wrong(page), *unseen(page)]}
    for width in (ZOOMED_PX, REFLOW_PX, USUAL_PX):
        page.set_viewport_size({"width": width, "height": 900})
        seen[page.title()] += [f"{width} px"] if page.evaluate(TOO_WIDE) > 0 else []
    return seen


def test_a_page_that_updates_itself_can_be_paused(page: Page) -> None:
    refreshing = 0
    for path in list(pages_of(page)):
        page.goto(HOST + path)
        if page.locator("meta[http-equiv=refresh]").count():
            refreshing += 1
            page.get_by_role("link", name="Pause updates").click()
            assert page.locator("meta[http-equiv=refresh]").count() == 0, path
            page.get_by_role("link", name="Update it again").click()
            assert page.locator("meta[http-equiv=refresh]").count() == 1, path
    assert refreshing >= 4


def test_what_a_person_types_or_unfolds_is_never_on_a_page_that_updates_itself(page: Page) -> None:
    at_risk = "input:not([type=hidden]), select, textarea, details"
    updating = 0
    for path in list(pages_of(page)):
        page.goto(HOST + path)
        if page.locator("meta[http-equiv=refresh]").count():
            updating += 1
            assert page.locator(at_risk).count() == 0, path
    assert updating >= 4


def test_five_minutes_before_the_sign_in_ends_every_page_says_so(page: Page, desk: Central) -> None:
    page.goto(f"{HOST}/desk/appointments/new")
    warning = page.get_by_role("alert").filter(has_text="signed out in 5 minutes")
    assert warning.count() == 0
    page.evaluate("document.getAnimations().forEach(each => { each.currentTime = 3_302_000 })")
    assert warning.is_visible()
    assert wrong(page) == []
    desk.clock.pass_by(minutes=54)
    page.goto(f"{HOST}/desk?live=1")
    assert warning.count() == 0
    desk.clock.pass_by(minutes=2)
    page.goto(f"{HOST}/desk?live=1")
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
    assert warning.is_visible()
    assert warning.get_by_role("button", name="Stay signed in").is_visible()
    desk.browser.post("/desk/stay", data={"csrf": page.locator("[name=csrf]").first.input_value()})
    page.goto(f"{HOST}/desk?live=1")
    assert warning.count() == 0


def pale(page: Page) -> list[str]:
    """Say which controls do not stand out from what is around them, as drawn (WCAG 1.4.11).

    A link and a quiet button are their words, whose contrast axe judges.
    """
    picture = seen(page)
    found = page.locator("input:not([type=hidden]), select, button:not(.quiet), a.button, summary.button")
    faults = []
    for each in found.all():
        box = each.bounding_box()
        is_seen = box is not None and box["width"] > 1 and each.is_visible()
        if box is not None and is_seen and ratio_at_the_edge(picture, box) < LEAST_RATIO:
            faults.append(f"pale: {each.evaluate('e => e.outerHTML')[:80]}")
    return faults


def faint(page: Page) -> list[str]:
    """Say which controls have a ring of focus that does not stand out; one of each look is enough."""
    looks, faults = set(), []
    plain = seen(page)
    page.keyboard.press("Tab")
    for each in page.locator("a[href]:not(.skip), input:not([type=hidden]), select, button, summary").all():
        box = each.bounding_box()
        look = each.evaluate("e => e.tagName + e.className + e.parentElement.className")
        if box is None or box["width"] <= 1 or not each.is_visible() or look in looks:
            continue
        looks.add(look)
        each.focus()
        ringed = seen(page)
        changed = edge(plain, box) != edge(ringed, box)
        if not changed or ratio_at_the_edge(ringed, box) < LEAST_RATIO:
            faults.append(f"faint: {each.evaluate('e => e.outerHTML')[:80]}")
    return faults


def seen(page: Page) -> Image.Image:
    return Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")


def edge(picture: Image.Image, box: FloatRect) -> list[Any]:
    """Give the pixels from outside to inside of a control's left edge, halfway up."""
    left, middle = round(box["x"]), round(box["y"] + box["height"] / 2)
    return [picture.getpixel((max(0, x), middle)) for x in range(left - 8, left + 5)]


def ratio_at_the_edge(picture: Image.Image, box: FloatRect) -> float:
    outside, *rest = edge(picture, box)
    return max(contrast(outside, each) for each in rest)


def test_controls_and_the_ring_of_focus_stand_out_as_drawn(page: Page) -> None:
    found = {path: pale(page) + faint(page) for path in pages_of(page)}
    assert {path: faults for path, faults in found.items() if faults} == {}


def test_the_pages_that_keep_somebody_signed_in_are_right_too(page: Page, desk: Central) -> None:
    password = desk.add_staff(rights=tuple(Right))
    desk.sign_in(password)
    page.goto(f"{HOST}/desk/stay")
    found = judged(page)
    page.goto(f"{HOST}/desk/appointments/new")
    page.get_by_label("Full name").fill("Ana Example")
    desk.clock.pass_by(minutes=61)
    page.get_by_role("button", name="Book appointment").click()
    assert page.get_by_text("Your sign-in ran out.").is_visible()
    found |= judged(page)
    page.get_by_label("Name").fill("Morgan Reid")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    assert page.get_by_text("Ana Example").is_visible()
    found |= judged(page)
    page.get_by_role("button", name="Send it now").click()
    assert page.get_by_label("Full name").input_value() == "Ana Example"
    for _ in range(23):
        desk.clock.pass_by(minutes=29)
        page.goto(f"{HOST}/desk")
    assert page.get_by_role("alert").filter(has_text="after a long day").is_visible()
    found |= judged(page)
    assert {title: faults for title, faults in found.items() if faults} == {}


def test_each_sort_of_fault_would_be_found(page: Page) -> None:
    page.goto(f"{HOST}/desk/sign-in")
    page.add_style_tag(
        content="button { color: #888; width: 400px } :focus-visible { outline: 0 !important }"
    )
    assert any(each.startswith("color-contrast") for each in wrong(page))
    assert "320 px" in overflowing(page)
    assert any(each.startswith("unseen") for each in unseen(page))
    page.add_style_tag(content="input { border-color: #ccc } * { box-shadow: none !important }")
    assert any(each.startswith("faint") for each in faint(page))
    assert any(each.startswith("pale") for each in pale(page))
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><a href=a>a</a><a href=b>b</a></main>")
    page.add_style_tag(content="a { font-size: 8px; display: block; height: 9px }")
    assert any(each.startswith("target-size") for each in wrong(page))
