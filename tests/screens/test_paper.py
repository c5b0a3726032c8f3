"""A visitor's page on the glass: all of it, upright, in its own proportions, white in every theme."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from kiosk.core.access import Reach
from kiosk.core.views import Look
from screens.target import targets
from screens.widgets import paper
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_pages import DARK, LIGHT, SIZE, pages

if TYPE_CHECKING:
    from kiosk.core.glass_lines import Target
    from kiosk.core.views import View
    from screens.widgets.frame import FramedScreen
    from tests.screens.drawing import Easel

prepare(PANELS["portrait"])

VIEWS = dict(pages())
SEEN_AGAIN_MM, LOOKED_AT_MM = 20.0, 55.0
"""A page must be this high, in the tightest look there is, to be told from another, and to be looked at."""


@pytest.fixture(scope="module")
def easels() -> dict[str, Easel]:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return {name: Easel(panel) for name, panel in PANELS.items()}


def page_on(screen: FramedScreen) -> paper.Page:
    (found,) = (each for each in screen.walk() if isinstance(each, paper.Page))
    return found


def dressed(name: str, look: Look) -> View:
    view = VIEWS[name]
    return replace(view, frame=replace(view.frame, look=look))


LOOKS = [
    Look(cap_height_mm=cap_mm, reach=reach)
    for cap_mm in (4.8, 6.8, 9.0)
    for reach in (Reach.WHOLE, Reach.LOW, Reach.LOW_LEFT)
]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize(("name", "least_mm"), [("page-look", LOOKED_AT_MM), ("page-kept", SEEN_AGAIN_MM)])
def test_all_of_a_page_is_shown_in_its_proportions_and_nothing_covers_it(
    easels: dict[str, Easel], panel: str, look: Look, name: str, least_mm: float
) -> None:
    screen = easels[panel].show(dressed(name, look))
    page = page_on(screen)
    (x, y), (width, height) = page.drawn_pos, page.drawn_size
    assert height / width == pytest.approx(SIZE[1] / SIZE[0], rel=0.02)
    assert height / page.theme.px_per_mm >= (least_mm if panel != "small" else least_mm / 2)
    assert page.x <= x
    assert page.y <= y
    assert x + width <= page.right
    assert y + height <= page.top
    others = (each for each in targets(screen, screen.height) if each.role != "picture")
    assert [each.name for each in others if covers(each, page, screen)] == []


def covers(target: Target, page: paper.Page, screen: FramedScreen) -> bool:
    (x, y), (width, height) = page.drawn_pos, page.drawn_size
    top = screen.height - y - height
    return bool(
        target.x < x + width - 1
        and x < target.x + target.width - 1
        and target.y < top + height - 1
        and top < target.y + target.height - 1
    )


@pytest.mark.parametrize("theme", ["light", "dark", "yellow-on-black"])
def test_a_page_is_upright_and_as_it_was_scanned_whatever_the_colours(
    easels: dict[str, Easel], theme: str
) -> None:
    easel = easels["portrait"]
    screen = easel.show(dressed("page-look", Look(theme=theme)))
    picture = Image.open(BytesIO(easel.picture(screen))).convert("L")
    (x, y), (width, height) = page_on(screen).drawn_pos, page_on(screen).drawn_size
    top = screen.height - y - height
    upper = picture.getpixel((int(x + width / 2), int(top + height / 4)))
    lower = picture.getpixel((int(x + width / 2), int(top + height * 3 / 4)))
    assert upper == pytest.approx(DARK, abs=6)
    assert lower == pytest.approx(LIGHT, abs=6)


def test_the_keypad_never_begins_with_what_takes_a_page_away(easels: dict[str, Easel]) -> None:
    screen = easels["portrait"].show(VIEWS["page-kept"])
    first = screen.first_focus()
    assert first is not None
    assert first.target_name == "Continue"
