"""The desk's pages can be read by a program that reads screens: names, titles, language, order."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kiosk.central.desk.pages import HERE, STYLE
from tests.central.desk.tabs import read_by_links

if TYPE_CHECKING:
    from tests.central.room import Central

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


HEARD_ONLY = re.compile('<span class="vh">.*?</span>', re.DOTALL)
SEEN_OR_HEARD = ("img", "svg", "canvas", "picture", "audio", "video", "object", "embed", "iframe", "script")


@pytest.fixture
def pages(desk: Central) -> dict[str, str]:
    """Every page that somebody who may see all of them can come to."""
    return read_by_links(desk)


def test_every_field_has_a_label_that_is_tied_to_it(pages: dict[str, str]) -> None:
    assert [path for path, text in pages.items() if nameless(Outline(text))] == []
    assert sum(len(Outline(text).all_of("label")) for text in pages.values()) >= 12


def test_a_field_without_a_label_would_be_found() -> None:
    assert nameless(Outline('<label for="a">A</label><input id="a" name="a"><input id="b" name="b">')) == [
        "b"
    ]


def test_a_page_has_its_language_one_heading_and_a_way_past_the_menu(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        outline = Outline(text)
        assert outline.all_of("html")[0]["lang"] == "en-GB", path
        assert len(outline.all_of("h1")) == 1, path
        assert outline.all_of("a")[0]["href"] == "#main", path
        assert outline.all_of("main")[0]["id"] == "main", path


def test_no_level_of_heading_is_left_out_and_every_column_has_a_name(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        outline = Outline(text)
        levels = [int(tag[1]) for tag, _ in outline.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, path
        assert all(below <= above + 1 for above, below in pairwise(levels)), (path, levels)
        assert all(each.get("scope") in ("col", "row") for each in outline.all_of("th")), path
        assert re.search(r"<th[^>]*>\s*</th>", text) is None, path


def test_no_two_pages_have_the_same_title(pages: dict[str, str]) -> None:
    titles = [re.findall("<title>(.*?)</title>", text) for text in pages.values()]
    assert all(len(found) == 1 for found in titles)
    assert len({found[0] for found in titles}) == len(pages)


def test_the_menu_is_the_same_on_every_page(pages: dict[str, str]) -> None:
    menus = [re.findall("<nav.*?</nav>", text, re.DOTALL) for text in pages.values()]
    signed_in = [found[0] for found in menus if found]
    assert len(signed_in) >= len(pages) - 2  # the door, and what is said to whoever goes astray
    assert len({tuple(re.findall('href="(.*?)"', menu)) for menu in signed_in}) == 1


def test_nothing_on_a_page_jumps_the_order_or_takes_the_focus(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        for _, attributes in Outline(text).tags:
            assert attributes.get("tabindex") in (None, "0", "-1"), path
            assert "accesskey" not in attributes, path
            assert "autofocus" not in attributes, path


def test_no_page_has_a_picture_a_sound_a_film_or_a_program(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert Outline(text).all_of(*SEEN_OR_HEARD) == [], path
        assert re.search(r"\son[a-z]+=", text) is None, path
    assert "url(" not in STYLE


def renamed(text: str) -> list[str]:
    """Say which controls have a name in which what is seen of it does not stand as it is (WCAG 2.5.3)."""
    found = []
    for inner in re.findall(
        r"<(?:a|button|label|summary)\b[^>]*>(.*?)</(?:a|button|label|summary)>", text, re.DOTALL
    ):
        seen, heard = (
            " ".join(re.sub("<[^>]*>", "", each).split()) for each in (HEARD_ONLY.sub("", inner), inner)
        )
        if seen not in heard:
            found.append(f"{seen}: {heard}")
    return found + re.findall(r'<[^>]*aria-label="[^"]*"[^>]*>[^<]*\w', text)


def test_what_is_seen_of_a_control_stands_in_its_name(pages: dict[str, str]) -> None:
    assert {path: faults for path, text in pages.items() if (faults := renamed(text))} == {}


def test_in_every_state_of_a_page_too() -> None:
    for path in sorted((HERE / "templates").glob("*.html")):
        template = re.sub(r"\{%.*?%\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert renamed(re.sub(r"\{\{.*?\}\}", "X", template, flags=re.DOTALL)) == [], path


def test_a_control_that_is_called_otherwise_would_be_found() -> None:
    assert renamed('<button>Call <span class="vh">Ana </span>to desk</button>') == [
        "Call to desk: Call Ana to desk"
    ]
    assert renamed('<button aria-label="Summon">Call to desk</button>')
    assert renamed('<button>Call to desk<span class="vh">: Ana</span></button>') == []
