"""The desk's pages can be read by a program that reads screens: names, titles, language, order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.central.room import Central

PAGES = ["/desk", "/desk/cases", "/desk/services", "/desk/terminals", "/desk/appointments/new"]
NEEDS_A_LABEL = ("input", "select", "textarea")


class Outline(HTMLParser):
    """What a reader of screens finds on one page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep each element with its attributes, in order."""
        self.tags.append((tag, dict(attrs)))

    def all_of(self, *tags: str) -> list[dict[str, str | None]]:
        """Give the attributes of each element of these names."""
        return [attributes for tag, attributes in self.tags if tag in tags]


def nameless(outline: Outline) -> list[str | None]:
    """Give the names of the fields that no label stands for and that say no name themselves."""
    labelled = {label.get("for") for label in outline.all_of("label")}
    return [
        field.get("name")
        for field in outline.all_of(*NEEDS_A_LABEL)
        if field.get("type") != "hidden" and field.get("id") not in labelled and not field.get("aria-label")
    ]


@pytest.fixture
def signed_in(central: Central) -> Central:
    central.sign_in(central.add_staff())
    return central


@pytest.mark.parametrize("page", PAGES)
def test_every_field_has_a_label_that_is_tied_to_it(signed_in: Central, page: str) -> None:
    assert nameless(Outline(signed_in.browser.get(page).text)) == []


def test_a_field_without_a_label_would_be_found() -> None:
    assert nameless(Outline('<label for="a">A</label><input id="a" name="a"><input id="b" name="b">')) == [
        "b"
    ]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_has_its_language_one_heading_and_a_way_past_the_menu(signed_in: Central, page: str) -> None:
    outline = Outline(signed_in.browser.get(page).text)
    assert outline.all_of("html")[0]["lang"] == "en-GB"
    assert len(outline.all_of("h1")) == 1
    assert outline.all_of("a")[0]["href"] == "#main"
    assert outline.all_of("main")[0]["id"] == "main"


def test_no_two_pages_have_the_same_title(signed_in: Central) -> None:
    titles = [re.findall("<title>(.*?)</title>", signed_in.browser.get(page).text) for page in PAGES]
    assert all(len(found) == 1 for found in titles)
    assert len({found[0] for found in titles}) == len(PAGES)


def test_the_menu_is_the_same_on_every_page(signed_in: Central) -> None:
    pages = [signed_in.browser.get(page).text for page in PAGES]
    menus = [re.findall("<nav.*?</nav>", text, re.DOTALL) for text in pages]
    links = {tuple(re.findall('href="(.*?)"', found[0])) for found in menus}
    assert len(links) == 1


def test_nothing_on_a_page_jumps_the_order_or_takes_the_focus(signed_in: Central) -> None:
    for page in PAGES:
        for _, attributes in Outline(signed_in.browser.get(page).text).tags:
            assert attributes.get("tabindex") in (None, "0", "-1")
            assert "accesskey" not in attributes
