"""A sentence with a number, a phone, an amount and a postcode, on the glass, in each of sixteen languages.

The pixels of the window, read back after the frame was drawn, are compared with what pango-view draws.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.core.views import Frame
from kiosk.typeset.wording import shapeable
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views
from tests.typeset.pango_judge import Ink, at_origin, far_from, pangos
from tests.typeset.samples import SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.typeset import TextStyle
    from screens.theme import Theme
    from tests.screens.drawing import Easel

PANEL = PANELS["landscape"]
WIDE_PX = 8000
DARK = 128

prepare(PANELS["portrait"])


@pytest.fixture(scope="module")
def easel() -> Easel:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANEL)


def theme_of(easel: Easel, language: str) -> Theme:
    frame: Frame = all_views()["menu-groups"].frame
    return easel.theme.framed(replace(frame, language=language))


def on_the_glass(easel: Easel, text: str, language: str) -> tuple[Ink, TextStyle]:
    """Draw a text on the window, on one line, and read the window back."""
    from kivy.base import EventLoop  # noqa: PLC0415 - only when Kivy is prepared
    from kivy.core.window import Window  # noqa: PLC0415 - as above
    from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: PLC0415 - as above

    from screens.widgets.label import Lettering  # noqa: PLC0415 - as above

    theme = theme_of(easel, language)
    label = Lettering(text=text)
    label.dress(theme)
    width, height = Window.size
    label.place(0, height // 2, width, label.height_at(WIDE_PX))
    label.draw()
    for child in list(Window.children):
        Window.remove_widget(child)
    Window.clearcolor = (1, 1, 1, 1)
    Window.add_widget(label)
    EventLoop.idle()
    EventLoop.idle()
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    reds = pixels[::3]
    ink = {(at % width, height - 1 - at // width) for at, red in enumerate(reds) if red < DARK}
    assert not label.is_cut
    return at_origin(ink), label.style(label.shrunk)


@pytest.mark.parametrize("language", SAMPLES)
def test_a_reference_sentence_is_on_the_glass_as_pango_draws_it(
    easel: Easel, tmp_path: Path, language: str
) -> None:
    ours, style = on_the_glass(easel, SAMPLES[language], language)
    theirs = pangos(shapeable(SAMPLES[language], language), style, tmp_path)
    assert far_from(ours, theirs) < 0.01
    assert far_from(theirs, ours) < 0.01


def test_a_number_that_stands_turned_round_would_be_seen(easel: Easel, tmp_path: Path) -> None:
    ours, style = on_the_glass(easel, SAMPLES["ar"].replace("A042", "240A"), "ar")
    assert far_from(ours, pangos(SAMPLES["ar"], style, tmp_path)) > 0.01
