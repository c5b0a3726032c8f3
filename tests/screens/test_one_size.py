"""What stands side by side is of one size; words on keys and ways out are whole however large letters are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.access import Reach
from kiosk.core.views import Look, SignIn, View
from kiosk.settings.catalogue import read_catalogue
from kiosk.settings.problems import Notes
from kiosk.settings.translations import FRAME, frame_languages
from screens.theme import Theme
from tests.screens.gallery import PANELS, prepare
from tests.screens.glass_stand import asking
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from tests.screens.drawing import Easel

prepare(PANELS["portrait"])
VIEWS = all_views()
LOOKS = [
    Look(cap_height_mm=cap, reach=reach) for cap in (4.8, 9.0) for reach in (Reach.WHOLE, Reach.LOW_LEFT)
]
WORDS = {
    language: read_catalogue(FRAME / f"{language}.po", Notes(language)).texts
    for language in frame_languages()
}
NEARLY = 0.9
"""Of the letters asked for: a phrase in Arabic at the foot of a wide panel is as large as that."""
WAYS_OUT = ("frame_help", "frame_access", "frame_languages", "frame_leave")


@pytest.fixture(scope="module")
def easels() -> dict[str, Easel]:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return {name: Easel(panel) for name, panel in PANELS.items()}


def is_whole(control: Any, least: float = 1.0) -> bool:
    """Say whether the words on a control are not cut, and as large as asked for, or nearly."""
    from screens.widgets.label import Lettering  # noqa: PLC0415 - only when Kivy is prepared

    words = [each for each in control.walk(restrict=True) if isinstance(each, Lettering) and each.text]
    return bool(words) and all(each.shrunk >= least and not each.is_cut for each in words)


def looking(view: View, look: Look) -> View:
    return replace(view, frame=replace(view.frame, look=look))


def letter_heights(easel: Easel, view: View) -> set[int]:
    """Give the heights of the pictures of all letters that are on keys."""
    screen: Any = easel.show(view)
    rows = screen._keyboard._rows
    return {int(key.texture.height) for row in rows for key in row if key.spec.act is None}


def ways_out(easel: Easel, cap: float, language: str = "en") -> list[Any]:
    view, words = looking(VIEWS["menu-groups"], Look(cap_height_mm=cap)), WORDS[language]
    frame = view.frame
    kept = {name: getattr(frame, name) for name in ("help", "access", "languages", "leave")}
    said = {name: replace(each, label=words.get(each.label, each.label)) for name, each in kept.items()}
    screen = easel.show(replace(view, frame=replace(frame, language=language, **said)))
    return [screen.ids[name] for name in WAYS_OUT]


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("panel", PANELS)
def test_all_letters_on_keys_are_of_one_size(easels: dict[str, Easel], panel: str, look: Look) -> None:
    for typed in ("", "a"):
        assert len(letter_heights(easels[panel], looking(asking(typed), look))) == 1


def test_a_wide_letter_makes_the_others_smaller_where_keys_are_narrow(easels: dict[str, Easel]) -> None:
    usual = letter_heights(easels["portrait"], looking(asking(), Look()))
    narrow = letter_heights(easels["portrait"], looking(asking(), Look(reach=Reach.LOW_LEFT)))
    assert max(narrow) < min(usual)


def strained_on_the_pad(easel: Easel, cap: float) -> list[str]:
    """Say in which languages the word on the pad of digits is not whole, or smaller than asked for."""
    found = []
    for language, words in WORDS.items():
        word = words.get("Delete", "Delete")
        view = looking(VIEWS["sign-in"], Look(cap_height_mm=cap))
        assert isinstance(view.body, SignIn)
        frame = replace(view.frame, language=language)
        body = replace(view.body, delete=replace(view.body.delete, label=word))
        pad = easel.show(View(frame, body)).ids.pad
        found += [language for key in pad.children if key.label == word and not is_whole(key)]
    return found


@pytest.mark.timeout(60)
@pytest.mark.parametrize("panel", ["portrait", "landscape"])
def test_the_word_on_the_pin_pad_is_whole_and_as_large_as_asked_in_every_language(
    easels: dict[str, Easel], panel: str
) -> None:
    assert strained_on_the_pad(easels[panel], 9.0) == []


@pytest.mark.timeout(60)
def test_a_pad_that_is_too_narrow_would_be_found(
    easels: dict[str, Easel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "pad", property(lambda theme: theme.mm(100)))
    assert strained_on_the_pad(easels["portrait"], 9.0) != []


@pytest.mark.timeout(60)
@pytest.mark.parametrize("panel", PANELS)
def test_the_words_of_the_ways_out_are_whole_and_their_lines_equally_full(
    easels: dict[str, Easel], panel: str
) -> None:
    for language in WORDS:
        buttons = ways_out(easels[panel], 9.0, language)
        assert [each.label for each in buttons if not is_whole(each, NEARLY)] == []
        assert len({each.width for each in buttons}) == 1


@pytest.mark.parametrize(
    ("panel", "usual", "largest"), [("small", 4, 2), ("portrait", 2, 2), ("landscape", 4, 4)]
)
def test_the_ways_out_stand_in_two_columns_where_one_line_has_no_room_for_their_words(
    easels: dict[str, Easel], panel: str, usual: int, largest: int
) -> None:
    columns = [len({each.x for each in ways_out(easels[panel], cap)}) for cap in (4.8, 9.0)]
    assert columns == [usual, largest]


@pytest.mark.timeout(60)
def test_ways_out_that_stay_in_one_line_would_be_found(
    easels: dict[str, Easel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Theme, "ways_out_columns", lambda *_: len(WAYS_OUT))
    strained = [
        lang for lang in WORDS if any(not is_whole(e, NEARLY) for e in ways_out(easels["small"], 9.0, lang))
    ]
    assert strained != []
