"""Documents can be read by whoever does not see them, and say how everything for everyone is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.core import easing
from kiosk.core.access import Setting, values
from kiosk.core.keypad import KeypadAct
from kiosk.settings.documents.kiosk_yaml import KeypadDocument
from tests.house.documents import barriers
from tests.house.sources import ROOT

if TYPE_CHECKING:
    from tests.house.sources import Source

FOR_EVERYONE = "docs/staff/for-everyone.md"
AS_WRITTEN = {"volume-up": "volume keys", "volume-down": "volume keys", "keypad-enter": "Enter"}
ARROWS = frozenset({"up", "down", "left", "right"})


@pytest.fixture
def page() -> str:
    return (ROOT / FOR_EVERYONE).read_text("utf-8")


def test_every_document_can_be_read_by_whoever_does_not_see_it(text_files: list[Source]) -> None:
    pages = [source for source in text_files if source.path.endswith(".md")]
    assert len(pages) > 50
    found = {source.path: barriers(source.text) for source in pages}
    assert {path: faults for path, faults in found.items() if faults} == {}


def row_of(page: str, name: str) -> str:
    """Give the row of a table that begins with a name."""
    return next(line for line in page.splitlines() if line.startswith("| ") and name in line.split("|")[1])


@pytest.mark.parametrize(("setting", "label", "_icon"), easing._PANEL)
def test_each_setting_and_each_choice_of_it_is_explained(
    page: str, setting: Setting, label: str, _icon: str
) -> None:
    row = row_of(page, label)
    yes_and_no = {"on": "Yes", "off": "No"}
    missing = [
        each
        for each in values(setting)
        if easing._VALUES.get((setting, each), yes_and_no.get(each, "?")) not in row
    ]
    assert missing == []


def test_what_stands_beside_the_settings_is_explained(page: str) -> None:
    steppers = [label for _, label in easing._STEPPERS]
    shown = [*steppers, "Easier to use", "Speak to reception", "Leave now", "Keep these settings", "English"]
    assert [each for each in shown if each not in page] == []


@pytest.mark.parametrize("act", KeypadAct)
def test_each_key_of_a_keypad_is_explained(page: str, act: KeypadAct) -> None:
    row = row_of(page, f"`{act}`")
    keys: tuple[str, ...] = getattr(KeypadDocument(), act.value)
    wanted = ["arrows" if key in ARROWS else AS_WRITTEN.get(key, key.capitalize()) for key in keys] or [
        "none"
    ]
    assert [each for each in wanted if each not in row] == []


def test_each_sort_of_barrier_would_be_found() -> None:
    page = """# One\n\n# Two\n\n#### Deep\n\n![logo](a.png)\n\n[here](a.md), [the guide](a.md)
and [the guide](b.md), [](c.md)\n\n| name | |\n|---|---|\n| a | b |\n\n```mermaid\nflowchart LR\n```\n"""
    assert {each.partition(":")[0] for each in barriers(page)} == {
        "titles",
        "heading of level 4 under 1",
        "picture without words",
        "link that says nothing",
        "two links of one name",
        "column without a name, line 12",
        "drawing without words",
    }
    assert barriers("# A title\n\n## A part\n\n[the guide](a.md)\n") == []
