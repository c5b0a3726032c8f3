"""A sentence with a number, a phone, an amount and a postcode, on paper, in each of the sixteen languages."""

from pathlib import Path

import pytest

from devices.printers.dots import ShapedText, picture_commands
from devices.printers.shaping import LINE_HEIGHT, typeset_raster
from devices.simulators.grammar import take
from devices.simulators.interpreter import Interpreter
from devices.simulators.slip import Slip
from kiosk.typeset import TextStyle, Typesetter
from kiosk.typeset.wording import shapeable
from tests.typeset.pango_judge import Ink, at_origin, far_from, pangos
from tests.typeset.samples import SAMPLES

WIDE_DOTS = 2048
"""Wider than any paper, so that the judge and we have one line."""
SIZE_PX = 26


@pytest.fixture(scope="module")
def typesetter() -> Typesetter:
    return Typesetter()


def on_paper(typesetter: Typesetter, text: str, language: str) -> Ink:
    """Send a line as dots to the simulated printer, and look at its paper."""
    wanted = ShapedText(text, SIZE_PX, bold=False, language=language, width_px=WIDE_DOTS)
    sent = b"".join(picture_commands(typeset_raster(typesetter)(wanted)))
    slip = Slip(WIDE_DOTS)
    paper = Interpreter(WIDE_DOTS, slip)
    while (taken := take(sent)) is not None:
        command, sent = taken
        paper.obey(command)
    dots = slip.dots()
    return at_origin(
        {(at % dots.width, at // dots.width) for at, ink in enumerate(dots.tobytes()) if ink > 127}
    )


@pytest.mark.parametrize("language", SAMPLES)
def test_a_reference_sentence_comes_out_as_pango_draws_it(
    typesetter: Typesetter, tmp_path: Path, language: str
) -> None:
    style = TextStyle(SIZE_PX, line_height=LINE_HEIGHT, language=language)
    ours = on_paper(typesetter, SAMPLES[language], language)
    theirs = pangos(shapeable(SAMPLES[language], language), style, tmp_path)
    assert far_from(ours, theirs) < 0.01
    assert far_from(theirs, ours) < 0.01


def test_a_number_that_came_out_turned_round_would_be_seen(typesetter: Typesetter, tmp_path: Path) -> None:
    style = TextStyle(SIZE_PX, line_height=LINE_HEIGHT, language="ur")
    turned = SAMPLES["ur"].replace("A042", "240A")
    assert far_from(on_paper(typesetter, turned, "ur"), pangos(SAMPLES["ur"], style, tmp_path)) > 0.01
