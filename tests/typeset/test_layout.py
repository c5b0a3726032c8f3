"""Widths, lines, ellipses and ink: what a screen and a ticket rely on."""

import dataclasses
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.typeset import Align, TextStyle, Typesetter
from kiosk.typeset.block import Block
from kiosk.typeset.drawing import draw
from kiosk.typeset.faces import Faces
from kiosk.typeset.fitting import Fitted, fit
from kiosk.typeset.native import Libraries
from kiosk.typeset.wording import shapeable
from tests.typeset.samples import SAMPLES

MARGIN_PX = 150
NUMBERS = ("A042", "0300\u00a0123\u00a04567", "0300 123 4567", "020 7946 0000", "£12.50", "£1,234.50")
FACES = Faces(Libraries())


def _fitted(text: str, style: TextStyle, width_px: int | None, max_lines: int | None = None) -> Fitted:
    def lay(words: str, wrap_px: int) -> Block:
        return Block(FACES, words, style, wrap_px)

    return fit(shapeable(text, style.language), style, lay, width_px=width_px, max_lines=max_lines)


def _shown(text: str, style: TextStyle, width_px: int | None, max_lines: int | None = None) -> str:
    with _fitted(text, style, width_px, max_lines).block as block:
        return block.text


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("width_px", [None, 300, 577])
@pytest.mark.parametrize("align", Align)
def test_no_ink_is_cut_in_any_language(language: str, bold: bool, width_px: int | None, align: Align) -> None:
    style = TextStyle(31.5, bold=bold, language=language, align=align)
    inside, everything = _ink_inside_and_in_all(_fitted(SAMPLES[language], style, width_px))
    assert inside == everything > 0


@pytest.mark.parametrize("text", ["Ŵ\u0302\u0301 y\u0327\u0331\u0323", "j\nŶ\u0302\u0302", "f ﷺ ہے۔"])
@pytest.mark.parametrize("line_height", [0.7, 1.3])
def test_stacked_accents_and_tight_lines_are_not_cut(text: str, line_height: float) -> None:
    style = TextStyle(40, line_height=line_height)
    inside, everything = _ink_inside_and_in_all(_fitted(text, style, 300))
    assert inside == everything > 0


def _ink_inside_and_in_all(fitted: Fitted) -> tuple[int, int]:
    """Sum the ink in the picture, and in one with a wide margin all around."""
    tight = fitted.setting
    roomy = dataclasses.replace(
        tight,
        width_px=tight.width_px + 2 * MARGIN_PX,
        height_px=tight.height_px + 2 * MARGIN_PX,
        first_baseline_px=tight.first_baseline_px + MARGIN_PX,
        lines_x=tuple(x + MARGIN_PX for x in tight.lines_x),
    )
    with fitted.block as block:
        return sum(draw(FACES.libraries, block, tight)), sum(draw(FACES.libraries, block, roomy))


@pytest.mark.parametrize("language", SAMPLES)
@pytest.mark.parametrize("line_height", [0.8, 1.1, 1.3])
def test_the_ink_of_neighbouring_lines_never_meets(language: str, line_height: float) -> None:
    style = TextStyle(31.5, language=language, line_height=line_height)
    fitted = _fitted(SAMPLES[language], style, 280)
    with fitted.block as block:
        lines = block.extents(99)
    gaps = [
        fitted.setting.pitch_px - upper.ink_descent - lower.ink_ascent
        for upper, lower in itertools.pairwise(lines)
    ]
    assert gaps
    assert min(gaps) > 0


@pytest.mark.parametrize("language", SAMPLES)
def test_a_width_asked_for_is_the_width_of_the_picture(typesetter: Typesetter, language: str) -> None:
    picture = typesetter.typeset(SAMPLES[language], TextStyle(30, language=language), width_px=412)
    assert picture.width_px == 412
    assert picture.line_count > 1
    assert len(picture.coverage) == picture.width_px * picture.height_px


def test_measuring_gives_the_size_of_the_picture(typesetter: Typesetter) -> None:
    for language, text in SAMPLES.items():
        style = TextStyle(30, language=language)
        for width_px, max_lines in ((None, None), (300, None), (300, 2)):
            measure = typesetter.measure(text, style, width_px, max_lines)
            picture = typesetter.typeset(text, style, width_px, max_lines)
            assert (measure.width_px, measure.height_px, measure.line_count, measure.is_shortened) == (
                picture.width_px,
                picture.height_px,
                picture.line_count,
                picture.is_shortened,
            )


def test_alignment_moves_the_ink(typesetter: Typesetter) -> None:
    def first_ink(align: Align, language: str) -> int:
        picture = typesetter.typeset("ab", TextStyle(30, align=align, language=language), width_px=400)
        return next(x for x in range(400) if any(picture.coverage[x::400]))

    assert first_ink(Align.START, "en") < 10
    assert 150 < first_ink(Align.CENTRE, "en") < 210
    assert first_ink(Align.END, "en") > 350
    assert first_ink(Align.START, "ar") == first_ink(Align.END, "en")
    assert first_ink(Align.END, "ar") == first_ink(Align.START, "en")


@pytest.mark.parametrize("width_px", range(60, 400, 17))
def test_a_ticket_number_is_not_broken_over_lines_in_chinese(width_px: int) -> None:
    text, style = "请带上您的号码A042到柜台", TextStyle(16, language="zh")
    with _fitted(text, style, width_px).block as block:
        starts = {block.line_start(line) for line in range(block.line_count)}
    assert not starts & {text.index("A042") + offset for offset in (1, 2, 3)}


def test_an_isolated_number_moves_to_the_next_line_whole() -> None:
    text, style = SAMPLES["en"], TextStyle(30)
    start = text.index("0300")
    for width_px in range(230, 700, 9):
        with _fitted(text, style, width_px).block as block:
            starts = {block.line_start(line) for line in range(block.line_count)}
        assert not starts & set(range(start + 1, start + len("0300 123 4567")))


@given(width_px=st.integers(20, 900), max_lines=st.integers(1, 3), language=st.sampled_from(list(SAMPLES)))
@settings(deadline=None, max_examples=60)
def test_an_ellipsis_never_cuts_a_number(width_px: int, max_lines: int, language: str) -> None:
    style = TextStyle(30, language=language)
    for text in (SAMPLES[language], "Ring 0300 123 4567 or 020 7946 0000 about £1,234.50 today"):
        whole = shapeable(text, language)
        shown = _shown(text, style, width_px, max_lines)
        if shown == whole:
            continue
        kept = shown.removesuffix("…")
        assert whole.startswith(kept)
        digits_kept = sum(map(str.isdigit, kept))
        for number in (
            "A042",
            "0300\u00a0123\u00a04567",
            "0300 123 4567",
            "020 7946 0000",
            "£12.50",
            "£1,234.50",
        ):
            at = whole.find(number)
            assert at < 0 or len(kept) <= at or len(kept) >= at + len(number) or digits_kept == 0


def test_a_text_that_fits_is_not_shortened(typesetter: Typesetter) -> None:
    style = TextStyle(30)
    assert not typesetter.typeset("One line", style, 400, 1).is_shortened
    shortened = typesetter.typeset("One line that is a good deal too long for its room", style, 400, 1)
    assert shortened.is_shortened
    assert shortened.line_count == 1
    assert _shown("Your ticket is A042. Call us", style, 290, 1) == "Your ticket is A042…"


def test_a_long_word_is_broken_without_a_hyphen() -> None:
    style = TextStyle(30)
    text = "somebody.with.a.long.name@a-long-domain.example"
    tight = _fitted(text, style, 200)
    with tight.block as broken, Block(FACES, text, style, 8000) as whole:
        assert broken.line_count > 2
        assert sum(line.advance for line in broken.extents(99)) == pytest.approx(
            whole.extents(1)[0].advance, abs=1
        )


def test_tall_scripts_get_tall_lines_and_latin_gets_what_was_styled(typesetter: Typesetter) -> None:
    pitches = {
        language: typesetter.typeset(SAMPLES[language], TextStyle(40, language=language), 500).line_pitch_px
        for language in SAMPLES
    }
    assert pitches["en"] == 52
    assert pitches["ar"] >= 2.1 * 40
    assert pitches["ur"] >= 2.4 * 40
