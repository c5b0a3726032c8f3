"""Scripts are joined, ordered and complete: facts about shaping that an engine without shaping gets wrong."""

import pytest

from kiosk.core.bidi import isolate, strip_isolates
from kiosk.typeset import Direction, TextStyle, Typesetter
from tests.typeset.samples import SAMPLES

SIZE_PX = 40.0


def _width(typesetter: Typesetter, text: str, language: str) -> int:
    return typesetter.measure(text, TextStyle(SIZE_PX, language=language)).width_px


def _left_edges(typesetter: Typesetter, text: str, part: str, language: str) -> list[int]:
    style = TextStyle(SIZE_PX, language=language)
    start = text.index(part)
    return [typesetter.caret_at(text, start + offset, style).x_px for offset in range(len(part))]


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("bold", [False, True])
def test_every_offered_language_has_all_its_glyphs(typesetter: Typesetter, language: str, bold: bool) -> None:
    style = TextStyle(SIZE_PX, bold=bold, language=language)
    assert typesetter.unknown_glyphs(SAMPLES[language], style) == 0


@pytest.mark.parametrize("letter", "ŵŷŴŶąłżșțğışİəґїєﷲক્ষ们窿")
def test_letters_that_common_fonts_lack_are_drawn(typesetter: Typesetter, letter: str) -> None:
    assert typesetter.unknown_glyphs(letter, TextStyle(SIZE_PX)) == 0


def test_a_letter_without_a_font_is_counted_and_shown_as_a_box(typesetter: Typesetter) -> None:
    style = TextStyle(SIZE_PX)
    assert typesetter.unknown_glyphs("a\U0001f600b", style) == 1
    assert any(typesetter.typeset("\U0001f600", style).coverage)


@pytest.mark.parametrize("bold", [False, True])
def test_arabic_letters_are_joined(typesetter: Typesetter, bold: bool) -> None:
    word = "تذكرتك"
    style = TextStyle(SIZE_PX, bold=bold, language="ar")
    apart = sum(typesetter.measure(letter, style).width_px for letter in word)
    assert typesetter.measure(word, style).width_px < 0.85 * apart


def test_bengali_vowel_sign_stands_before_the_consonant_it_follows(typesetter: Typesetter) -> None:
    style = TextStyle(SIZE_PX, language="bn")
    before, alone = typesetter.typeset("কি", style), typesetter.typeset("ক", style)
    assert before.width_px > alone.width_px
    assert typesetter.caret_stops("কি", style) == (0, 2)


def test_urdu_is_nastaliq_and_arabic_is_not(typesetter: Typesetter) -> None:
    text = "نمبر"
    urdu = typesetter.measure(text, TextStyle(SIZE_PX, language="ur"))
    arabic = typesetter.measure(text, TextStyle(SIZE_PX, language="ar"))
    assert urdu.height_px > arabic.height_px > 2 * SIZE_PX


@pytest.mark.parametrize("language", SAMPLES)
def test_bold_has_more_ink_than_regular(typesetter: Typesetter, language: str) -> None:
    word = SAMPLES[language][:12]
    regular = typesetter.typeset(word, TextStyle(SIZE_PX, language=language))
    bold = typesetter.typeset(word, TextStyle(SIZE_PX, bold=True, language=language))
    assert sum(bold.coverage) > 1.1 * sum(regular.coverage)


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_ticket_number_keeps_its_order_inside_right_to_left_text(
    typesetter: Typesetter, language: str
) -> None:
    edges = _left_edges(typesetter, SAMPLES[language], "A042", language)
    assert edges == sorted(edges)
    assert len(set(edges)) == 4


def test_right_to_left_text_runs_from_right_to_left(typesetter: Typesetter) -> None:
    edges = _left_edges(typesetter, "تذكرتك", "تذكرتك", "ar")
    assert edges == sorted(edges, reverse=True)


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_an_isolated_telephone_number_reads_from_left_to_right(typesetter: Typesetter, language: str) -> None:
    edges = _left_edges(typesetter, SAMPLES[language], "0300 123 4567", language)
    assert edges == sorted(edges)


def test_without_isolation_the_groups_of_a_number_change_places(typesetter: Typesetter) -> None:
    bare = strip_isolates(SAMPLES["ar"])
    edges = _left_edges(typesetter, bare, "0300 123 4567", "ar")
    assert edges != sorted(edges)


def test_the_language_decides_the_direction_unless_the_text_is_asked(typesetter: Typesetter) -> None:
    text = "تم ab"
    by_language = TextStyle(SIZE_PX, language="en")
    by_text = TextStyle(SIZE_PX, language="en", direction=Direction.BY_TEXT)
    first_in_english = typesetter.caret_at(text, 3, by_language).x_px
    first_in_arabic = typesetter.caret_at(text, 3, by_text).x_px
    assert first_in_english > first_in_arabic


def test_the_space_beside_a_number_can_be_seen_in_nastaliq(typesetter: Typesetter) -> None:
    text = f"نمبر {isolate('A042')}"
    style = TextStyle(SIZE_PX, language="ur")
    before, after = (typesetter.caret_at(text, index, style).x_px for index in (4, 5))
    assert before - after > 0.3 * SIZE_PX


def test_chinese_quotation_marks_are_full_width_in_chinese_only(typesetter: Typesetter) -> None:
    assert _width(typesetter, "“", "zh") > 0.9 * SIZE_PX > _width(typesetter, "“", "en")
