"""The buttons in the band at the top keep a margin to the edge of the glass, whatever the size of letters."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.access import Access, TextSize
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT
from kiosk.settings import load_facility
from kiosk.typeset import Typesetter
from screens.reach import LEAST_MM
from screens.theme import SMALLEST_GAP_MM, SMALLEST_TARGET_MM
from tests.screens.gallery import PANELS, prepare

if TYPE_CHECKING:
    from kiosk.core.views import View

prepare(PANELS["portrait"])
CONFIG = Path(__file__).parents[2] / "config"
QUESTION = "report-missed-bin-where-problem"


@cache
def shipped(language: str, text: TextSize) -> dict[str, View]:
    return dict(every_view(load_facility(CONFIG).facility, language, Access(text=text), OPEN_AT))


def shown(panel: str, language: str, text: TextSize, name: str) -> Any:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANELS[panel], Typesetter()).show(shipped(language, text)[name])


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("language", ["en", "cy", "ur", "so", "zh"])
@pytest.mark.parametrize("text", [TextSize.LARGE, TextSize.LARGEST])
def test_back_and_english_stand_2_mm_from_the_edges_of_the_band(
    panel: str, language: str, text: TextSize
) -> None:
    screen = shown(panel, language, text, QUESTION)
    mm, back, english = screen.theme.mm, screen.ids.frame_back, screen.ids.frame_english
    there = [each for each in (back, english) if not each.is_absent]
    assert back in there
    for each in there:
        assert screen.height - each.top >= mm(2)
        assert each.y - screen.ids.band.y >= mm(2)
        assert each.height >= mm(SMALLEST_TARGET_MM)
    if english in there:
        apart = max(english.x - back.right, back.x - english.right)
        assert apart >= mm(SMALLEST_GAP_MM)


@pytest.mark.parametrize("panel", ["portrait", "landscape"])
@pytest.mark.parametrize("language", ["en", "ur", "so"])
def test_the_margin_costs_no_word_its_height(panel: str, language: str) -> None:
    from screens.lettered import lettered  # noqa: PLC0415 - only when Kivy is prepared

    screen = shown(panel, language, TextSize.LARGEST, QUESTION)
    words = [each for each in lettered(screen, screen.height) if each.y < screen.ids.band.height]
    assert words
    assert min(each.cap_mm for each in words) >= LEAST_MM
