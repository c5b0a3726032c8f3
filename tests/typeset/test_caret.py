"""Carets stand where a reader expects them, and a touch finds them again."""

import pytest

from kiosk.typeset import Align, TextStyle, Typesetter
from tests.typeset.samples import SAMPLES

STYLE = TextStyle(30)


def test_a_caret_moves_right_with_every_latin_letter(typesetter: Typesetter) -> None:
    text = "Ŵyn O'Test"
    places = [typesetter.caret_at(text, index, STYLE).x_px for index in range(len(text) + 1)]
    assert places == sorted(places)
    assert len(set(places)) == len(places)
    assert places[0] <= 2
    assert abs(places[-1] - typesetter.measure(text, STYLE).width_px) <= 2


def test_an_empty_field_has_a_caret_at_its_start(typesetter: Typesetter) -> None:
    caret = typesetter.caret_at("", 0, STYLE, 400)
    assert (caret.x_px, caret.line) == (0, 0)
    assert caret.height_px > STYLE.size_px
    right = typesetter.caret_at("", 0, TextStyle(30, language="ar"), 400)
    assert right.x_px == 400


def test_a_caret_goes_down_with_the_lines(typesetter: Typesetter) -> None:
    text = "one\ntwo\n"
    lines = [typesetter.caret_at(text, index, STYLE, 400).line for index in range(len(text) + 1)]
    tops = [typesetter.caret_at(text, index, STYLE, 400).top_px for index in range(len(text) + 1)]
    assert lines == [0, 0, 0, 0, 1, 1, 1, 1, 2]
    assert tops == sorted(tops)
    assert tops[4] - tops[3] == typesetter.typeset(text, STYLE, 400).line_pitch_px


def test_an_index_outside_of_the_text_is_its_nearest_end(typesetter: Typesetter) -> None:
    assert typesetter.caret_at("abc", 99, STYLE) == typesetter.caret_at("abc", 3, STYLE)
    assert typesetter.caret_at("abc", -1, STYLE) == typesetter.caret_at("abc", 0, STYLE)


@pytest.mark.parametrize("language", ["en", "cy", "pl", "zh", "tr"])
@pytest.mark.parametrize("align", Align)
def test_touching_a_caret_finds_its_index(typesetter: Typesetter, language: str, align: Align) -> None:
    text, style = SAMPLES[language], TextStyle(30, language=language, align=align)
    for index in range(len(text)):
        if text[index] in "\u2066\u2069" or text[index - 1] in "\u2066\u2069 \u00a0":
            continue
        caret = typesetter.caret_at(text, index, style, 500)
        if caret.line == typesetter.caret_at(text, max(0, index - 1), style, 500).line:
            point = (caret.x_px + 0.5, caret.top_px + caret.height_px / 2)
            assert typesetter.index_at(text, point, style, 500) == index


def test_a_touch_outside_of_the_text_finds_its_nearest_end(typesetter: Typesetter) -> None:
    assert typesetter.index_at("abc", (-50, -50), STYLE, 400) == 0
    assert typesetter.index_at("abc", (5000, 5000), STYLE, 400) == 3


def test_a_caret_never_stands_inside_a_letter(typesetter: Typesetter) -> None:
    assert typesetter.caret_stops("e\u0301a", STYLE) == (0, 2, 3)
    assert typesetter.caret_stops("", STYLE) == (0,)
