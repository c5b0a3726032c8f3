"""Nothing on the glass is told by colour alone: what is chosen is seen by whoever tells only light from dark.

What changes must stand out by its lightness, as much as WCAG 2.2 (1.4.11) asks of controls.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from kiosk.core import views as v
from kiosk.core.events import Left
from kiosk.core.glass_lines import Picture
from kiosk.rehearse.judging import contrast
from screens.palette import PALETTES
from tests.screens.glass_stand import GlassStand
from tests.screens.sample_parts import BINS, ENGLISH, options, question

PX_A_MM = 2
LEAST_MM2 = 20
"""About a tick of 5 by 4 mm."""
LEAST_RATIO = 3.0

pytestmark = pytest.mark.timeout(60)


@pytest.fixture(scope="module")
def glass() -> Iterator[GlassStand]:
    with GlassStand() as stand:
        yield stand


def asked(*chosen: int, many: bool = False) -> v.Body:
    return question("Which bin was missed?", options(BINS, chosen, many=many))


def setting(*chosen: int) -> v.Body:
    return v.AccessChoice("Size of letters", "", options(BINS[:3], chosen), v.Button("Close", Left()))


STATES = {
    "nothing and one": (asked(), asked(0)),
    "one and another": (asked(0), asked(1)),
    "one and two": (asked(0, many=True), asked(0, 1, many=True)),
    "one setting and another": (setting(0), setting(1)),
}


def told_mm2(before: Image.Image, after: Image.Image) -> float:
    """Say over what area two pictures differ for somebody who tells only light from dark."""
    pixels: Any = zip(before.get_flattened_data(), after.get_flattened_data(), strict=True)
    pairs = Counter(pixels)
    return sum(n for (a, b), n in pairs.items() if a != b and contrast(a, b) >= LEAST_RATIO) / PX_A_MM**2


def drawn(glass: GlassStand, body: v.Body, theme: str, path: Path) -> Image.Image:
    glass.show(v.View(replace(ENGLISH, look=v.Look(theme)), body))
    glass.ask(Picture(str(path)))
    return Image.open(path).convert("RGB")


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("states", STATES)
def test_what_is_chosen_is_seen_without_colours(
    glass: GlassStand, theme: str, states: str, tmp_path: Path
) -> None:
    before, after = (drawn(glass, body, theme, tmp_path / "glass.ppm") for body in STATES[states])
    assert told_mm2(before, after) >= LEAST_MM2


def test_a_change_of_colour_alone_would_be_found() -> None:
    red, green = (Image.new("RGB", (200, 200), colour) for colour in ((230, 60, 60), (60, 150, 60)))
    assert told_mm2(red, green) == 0
    assert told_mm2(red, Image.new("RGB", (200, 200), (255, 255, 255))) > LEAST_MM2
