"""Our pictures against Pango's own command-line rendering of the same text with the same fonts."""

from pathlib import Path

import pytest

from kiosk.typeset import Align, TextStyle, Typesetter
from kiosk.typeset.wording import shapeable
from tests.typeset.pango_judge import Ink, at_origin, far_from, pangos
from tests.typeset.samples import SAMPLES

SIZE_PX = 34


def drawn(typesetter: Typesetter, text: str, style: TextStyle) -> Ink:
    picture = typesetter.typeset(text, style)
    coverage, width = picture.coverage, picture.width_px
    return at_origin({(at % width, at // width) for at, byte in enumerate(coverage) if byte >= 128})


@pytest.mark.parametrize("language", SAMPLES)
def test_a_reference_sentence_looks_as_pango_draws_it(
    typesetter: Typesetter, tmp_path: Path, language: str
) -> None:
    style = TextStyle(SIZE_PX, language=language, align=Align.START)
    ours = drawn(typesetter, SAMPLES[language], style)
    theirs = pangos(shapeable(SAMPLES[language], language), style, tmp_path)
    assert far_from(ours, theirs) < 0.01
    assert far_from(theirs, ours) < 0.01


def test_a_number_out_of_order_is_seen_as_different(typesetter: Typesetter, tmp_path: Path) -> None:
    style = TextStyle(SIZE_PX, language="ar")
    reversed_number = SAMPLES["ar"].replace("A042", "240A")
    assert far_from(drawn(typesetter, SAMPLES["ar"], style), pangos(reversed_number, style, tmp_path)) > 0.01
