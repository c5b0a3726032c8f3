"""Words on keys are as high as other words, of one size, and whole; where one has no room stands its sign."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.glass_lines import Seen
from kiosk.core.keyboards import Act
from kiosk.rehearse.judging import placed
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT
from kiosk.settings import load_facility
from kiosk.typeset import Typesetter
from tests.screens.gallery import PANELS, prepare

if TYPE_CHECKING:
    from kiosk.core.views import View

PANEL = PANELS["portrait"]
prepare(PANEL)
CONFIG = Path(__file__).parents[2] / "config"
USUAL = Access()
LARGEST = Access(text=TextSize.LARGEST)
AT_ONE_SIDE = Access(text=TextSize.LARGEST, reach=Reach.LOW_LEFT)
LOOKS = [USUAL, Access(text=TextSize.LARGE), LARGEST, Access(reach=Reach.LOW_LEFT), AT_ONE_SIDE]

OF_LINES = "make-complaint-happened"
"""A question for several lines: its last row has the most words."""


@cache
def view(language: str, access: Access, name: str = OF_LINES) -> View:
    facility = load_facility(CONFIG).facility
    return dict(every_view(facility, language, access, OPEN_AT))[name]


def shown(language: str, access: Access, name: str = OF_LINES) -> Any:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANEL, Typesetter()).show(view(language, access, name))


def key_words(screen: Any) -> list[Any]:
    keys = [key for row in screen._keyboard._rows for key in row]
    return [key for key in keys if key.spec.act not in {None, Act.GAP}]


def low_or_cut(screen: Any, access: Access) -> list[str]:
    from screens.lettered import lettered  # noqa: PLC0415 - only when Kivy is prepared
    from screens.target import targets  # noqa: PLC0415 - as above

    seen = Seen("", 1, targets(screen, screen.height), lettered(screen, screen.height))
    return [f"{each.sort}: {each.what}" for each in placed(seen, PANEL, access)]


@pytest.mark.parametrize("access", LOOKS, ids=str)
@pytest.mark.parametrize("language", ["en", "ur", "so", "uk"])
def test_words_on_keys_are_high_enough_of_one_size_and_on_their_keys(language: str, access: Access) -> None:
    screen = shown(language, access)
    assert low_or_cut(screen, access) == []
    drawn = [(key, key.lettered(screen.height)) for key in key_words(screen)]
    assert len({each.cap_mm for _, each in drawn}) == 1
    for key, each in drawn:
        top = screen.height - key.top
        assert top <= each.y
        assert each.y + each.height <= top + key.height


@pytest.mark.parametrize("language", ["ur", "ar", "pa"])
def test_what_a_key_types_stands_on_it_alike_in_every_language(language: str) -> None:
    english, other = letters("en"), letters(language)
    assert {".com", ".co.uk", "@", "_"} <= set(english)
    assert [typed for typed in english if other[typed] != english[typed]] == []


def letters(language: str) -> dict[str, bytes]:
    """Give the pictures of what the keys for an address type."""
    rows = shown(language, USUAL, "parking-permit-email")._keyboard._rows
    return {key.spec.types: bytes(key.texture.pixels) for row in rows for key in row if key.spec.act is None}


def test_a_word_that_has_no_room_is_drawn_as_a_sign_and_still_called_by_its_word() -> None:
    usual = {key.spec.act: key for key in key_words(shown("en", USUAL))}
    large = {key.spec.act: key for key in key_words(shown("en", AT_ONE_SIDE))}
    assert usual[Act.CAPITALS].shown == "Capitals"
    assert large[Act.CAPITALS].shown == "Aa"
    assert large[Act.CAPITALS].target_name == "Capitals"
    assert large[Act.SPACE].shown == "Space"


def test_a_word_comes_back_where_there_is_room_again() -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    easel = Easel(PANEL, Typesetter())
    for access, wanted in ((AT_ONE_SIDE, "Aa"), (USUAL, "Capitals")):
        screen = easel.show(view("en", access))
        assert wanted in [key.shown for key in key_words(screen)]


def test_a_word_that_is_too_low_or_cut_on_its_key_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.widgets.key.Key.fitting", lambda _key: 0.5)
    assert "low-letters: ___: 3.1 mm" in low_or_cut(shown("en", USUAL), USUAL)
    monkeypatch.setattr("screens.widgets.key.Key.fitting", lambda _key: 4.0)
    assert any(each.startswith("cut: ") for each in low_or_cut(shown("en", USUAL), USUAL))
