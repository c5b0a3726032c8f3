"""A word that is written with hyphens may be read on two lines; every other word stays whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.core.access import Access, TextSize
from kiosk.core.glass_lines import Seen
from kiosk.rehearse.judging import placed
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT
from kiosk.settings import load_facility
from kiosk.typeset import TextStyle, Typesetter
from tests.screens.gallery import PANELS, prepare

PANEL = PANELS["portrait"]
prepare(PANEL)
CONFIG = Path(__file__).parents[2] / "config"
STYLE = TextStyle(size_px=40)


def longest(text: str) -> int:
    from screens.widgets.twofold import Twofold  # noqa: PLC0415 - only when Kivy is prepared

    return Twofold(Typesetter(), STYLE, STYLE).longest_word(text, lambda _word: True)


def width(text: str) -> int:
    return Typesetter().measure(text, STYLE).width_px


def test_a_long_word_may_be_broken_after_its_own_hyphen() -> None:
    assert longest("iyo dib-u-warshadaynta") == width("warshadaynta")


@pytest.mark.parametrize("word", ["e-mail", "K7-3042-X", "2026-11-20", "drop-in", "wi-fi"])
def test_a_short_word_a_reference_and_a_date_stay_whole_at_their_hyphens(word: str) -> None:
    assert longest(f"a {word}") == width(word)


@pytest.mark.parametrize("number", ["\u206620 May 2026\u2069", "\u20660300 123 4567\u2069", "20\u00a0p."])
def test_a_date_and_a_number_are_one_word_however_many_spaces_they_have(number: str) -> None:
    assert longest(f"on {number}") == width(number)


def test_a_menu_with_such_a_word_keeps_its_letters_and_hints_where_large_ones_are_asked_for() -> None:
    from screens.lettered import lettered  # noqa: PLC0415 - only when Kivy is prepared
    from screens.target import targets  # noqa: PLC0415 - as above
    from tests.screens.drawing import Easel  # noqa: PLC0415 - as above

    access = Access(text=TextSize.LARGE)
    view = dict(every_view(load_facility(CONFIG).facility, "so", access, OPEN_AT))["groups"]
    screen = Easel(PANEL, Typesetter()).show(view)
    seen = Seen("", 1, targets(screen, screen.height), lettered(screen, screen.height))
    assert list(placed(seen, PANEL, access)) == []
    assert all(not tile.ids.hint.is_absent for tile in screen.ids.tiles.children)
