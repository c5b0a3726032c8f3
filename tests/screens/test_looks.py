"""Sizes and colours keep what was promised: computed, never judged by eye."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.glass_lines import Panel
from kiosk.core.views import Direction, Frame, Look
from kiosk.typeset import Align, Typesetter
from screens.palette import CONTROL_PAIRS, PALETTES, TEXT_PAIRS, Palette, colour, contrast
from screens.scale import LADDER, Type
from screens.theme import SMALLEST_GAP_MM, SMALLEST_TARGET_MM, TARGET_MM, Theme
from tests.screens.gallery import PANELS

TEXT, CONTROL = 7.0, 3.0


def too_pale(palette: Palette) -> list[str]:
    wanted = [(pair, TEXT) for pair in TEXT_PAIRS] + [(pair, CONTROL) for pair in CONTROL_PAIRS]
    return [
        f"{upper} on {lower}"
        for (upper, lower), least in wanted
        if contrast(getattr(palette, upper), getattr(palette, lower)) < least
    ]


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


@pytest.mark.parametrize("name", PALETTES)
def test_every_pair_of_colours_in_every_theme_stands_out(name: str) -> None:
    assert too_pale(PALETTES[name]) == []


GROUNDS = ("paper", "surface", "strip", "band", "primary", "chosen", "key", "key_word", "caution_tint")


@pytest.mark.parametrize("name", PALETTES)
def test_the_keypads_ring_stands_out_from_whatever_is_near_in_every_theme(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.ring_inner, palette.ring_outer) >= 4.5
    for ground in GROUNDS:
        near = getattr(palette, ground)
        assert max(contrast(palette.ring_inner, near), contrast(palette.ring_outer, near)) >= 3, ground


@pytest.mark.parametrize("name", PALETTES)
def test_a_key_that_is_in_force_stands_out_from_one_that_is_not(name: str) -> None:
    palette = PALETTES[name]
    assert contrast(palette.primary, palette.key_word) >= CONTROL


@pytest.mark.parametrize("panel", PANELS)
def test_each_tone_of_the_ring_is_four_pixels_and_both_fit_into_the_smallest_gap(
    typesetter: Typesetter, panel: str
) -> None:
    theme = Theme(typesetter, PANELS[panel])
    assert theme.ring >= 4
    assert 2 * theme.ring <= SMALLEST_GAP_MM * theme.px_per_mm + 1


def test_a_pale_colour_would_be_found() -> None:
    assert "ink on paper" in too_pale(replace(PALETTES["light"], ink=colour("#777777")))


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast(colour("#000000"), colour("#FFFFFF")) == pytest.approx(21)
    assert contrast(colour("#767676"), colour("#FFFFFF")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", PALETTES)
def test_a_code_is_black_on_white_in_every_theme(theme: str) -> None:
    assert (PALETTES[theme].code, PALETTES[theme].on_code) == (colour("#FFFFFF"), colour("#000000"))


def test_a_theme_nobody_knows_is_the_light_one(typesetter: Typesetter) -> None:
    assert Theme(typesetter, look=Look(theme="plaid")).palette is PALETTES["light"]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("kind", Type)
def test_capitals_are_as_high_as_asked_for_or_higher(typesetter: Typesetter, panel: str, kind: Type) -> None:
    theme = Theme(typesetter, PANELS[panel], Look(cap_height_mm=4.8))
    style = theme.style(kind)
    cap_mm = style.size_px * typesetter.cap_height_em(bold=style.bold) / theme.px_per_mm
    assert cap_mm >= 4.8 - 1e-6


def test_a_larger_look_makes_all_type_larger(typesetter: Typesetter) -> None:
    usual, large = (Theme(typesetter, look=Look(cap_height_mm=mm)) for mm in (4.8, 7.3))
    assert all(large.style(kind).size_px > usual.style(kind).size_px for kind in Type)


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("density", LADDER)
def test_targets_and_gaps_never_go_below_the_floor(
    typesetter: Typesetter, panel: str, density: object
) -> None:
    theme = Theme(typesetter, PANELS[panel]).at(density)  # type: ignore[arg-type]  # from the ladder
    assert theme.target / theme.px_per_mm >= SMALLEST_TARGET_MM
    assert theme.gap / theme.px_per_mm >= SMALLEST_GAP_MM
    assert theme.wide_gap / theme.px_per_mm >= SMALLEST_GAP_MM


def test_the_first_four_densities_keep_targets_of_20_mm_and_seven_keep_the_height_of_letters() -> None:
    assert all(density.target * TARGET_MM >= TARGET_MM for density in LADDER[:4])
    assert all(density.text >= 1 for density in LADDER[:7])


def test_millimetres_count_by_the_finer_direction(typesetter: Typesetter) -> None:
    assert Theme(typesetter, Panel(1000, 2000, 250.0, 400.0)).mm(20) == 100


def test_lines_begin_where_the_layout_begins_also_for_a_text_of_another_direction(
    typesetter: Typesetter,
) -> None:
    arabic = Theme(typesetter).framed(Frame("ar", Direction.RTL, ""))
    english = Theme(typesetter).framed(Frame("en", Direction.LTR, ""))
    assert arabic.style(Type.BODY).align is Align.START
    assert arabic.style(Type.BODY, "en").align is Align.END
    assert english.style(Type.BODY, "ur").align is Align.END
    assert english.style(Type.BODY, "ur", Align.CENTRE).align is Align.CENTRE
