"""Large letters at one side of an upright panel: what is only read leaves the room below to touch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.core.access import CAP_MM, Access, Reach, TextSize
from kiosk.core.views import Look
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT
from kiosk.settings import load_facility
from screens.reach import LEAST_SHARE
from screens.target import touchable
from screens.theme import PLAIN
from tests.core.facility_for_tests import MONDAY, facility
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from kiosk.core.views import View
    from screens.widgets.frame import FramedScreen

PANEL = PANELS["portrait"]
CONFIG = Path(__file__).parents[2] / "config"
prepare(PANEL)
VIEWS = all_views()
PAGED = [name for name, view in VIEWS.items() if getattr(view.body, "pager", None)]


def drawn(
    view: View, reach: Reach = Reach.LOW_LEFT, cap_mm: float = CAP_MM[TextSize.LARGEST]
) -> FramedScreen:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    look = Look(cap_height_mm=cap_mm, reach=reach)
    return Easel(PANEL).show(replace(view, frame=replace(view.frame, look=look)))


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize("reach", [Reach.LOW, Reach.LOW_LEFT, Reach.LOW_RIGHT])
def test_which_page_it_is_stands_under_the_heading_where_nobody_reaches_high(name: str, reach: Reach) -> None:
    low = drawn(VIEWS[name], reach)
    assert low.ids.page.text == VIEWS[name].body.pager.text  # type: ignore[union-attr]  # it is a list in pages
    assert low.ids.page.y >= max(each.top for each in touchable(low.ids.body))
    assert low.ids.pager.ids.where.is_absent
    whole = drawn(VIEWS[name], Reach.WHOLE).ids
    assert whole.page.is_absent
    assert whole.pager.y <= whole.pager.ids.where.y < whole.pager.top


@pytest.mark.parametrize("name", PAGED)
def test_the_two_ways_through_a_list_share_the_width_that_its_words_leave(name: str) -> None:
    pager = drawn(VIEWS[name]).ids.pager
    for each in (pager.ids.previous, pager.ids.next):
        assert each.width > pager.width * 0.45
        assert each.height == pager.height


def test_words_that_stayed_between_the_buttons_would_cost_height_that_is_reached() -> None:
    screen = drawn(VIEWS["review-paged"])
    body, width = screen.ids.body, int(screen.ids.body.width)
    body.dress(body.theme.at(PLAIN))
    low = body.low_height_at(width)
    screen.ids.pager.ids.where.is_absent = False
    assert body.low_height_at(width) > low


@pytest.mark.parametrize(("reach", "is_left"), [(Reach.LOW_LEFT, True), (Reach.LOW_RIGHT, False)])
def test_an_ending_is_read_across_the_whole_width_and_touched_at_the_side(
    reach: Reach, *, is_left: bool
) -> None:
    ending = drawn(VIEWS["confirmation-held"], reach).ids
    assert ending.paper.width > PANEL.width_px * 0.9
    assert ending.finish.width < PANEL.width_px * 0.7
    assert (ending.finish.center_x < PANEL.width_px / 2) is is_left


def test_a_setting_says_beside_its_name_what_it_is_at_only_where_letters_are_larger_so() -> None:
    views = dict(every_view(facility(), "en", Access(text=TextSize.LARGEST, reach=Reach.LOW_LEFT), MONDAY))
    for cap_mm, is_beside in ((CAP_MM[TextSize.USUAL], False), (10.0, True)):
        tiles = [each.ids for each in drawn(views["access"], cap_mm=cap_mm).ids.tiles.children]
        assert {tile.hint.is_absent for tile in tiles} == {is_beside}
        assert {tile.hint_beside.is_absent for tile in tiles} == {not is_beside}


def test_the_first_two_of_three_ways_to_read_aloud_share_a_line_where_letters_are_larger_so() -> None:
    views = dict(every_view(facility(), "en", Access(text=TextSize.LARGEST, reach=Reach.LOW), MONDAY))

    def tops(cap_mm: float) -> list[float]:
        options = drawn(views["access-speech-on"], Reach.LOW, cap_mm).ids.options.children[0]
        return [each.top for each in reversed(options.children)]

    one, two, three = tops(CAP_MM[TextSize.LARGEST])
    assert one > two > three
    assert any(one == two > three for one, two, three in map(tops, (11.0, 12.0, 13.0, 14.0, 15.0, 16.0)))


def test_digits_of_a_pin_are_lower_than_a_tall_word_for_delete_before_letters_are_too_low() -> None:
    view = dict(every_view(facility(), "en", Access(), MONDAY))["staff-pin"]
    assert drawn(view, cap_mm=CAP_MM[TextSize.LARGE]).ids.pad.is_even
    tight = drawn(view, cap_mm=14.0).ids
    assert tight.text.is_absent
    assert not tight.pad.is_even


def test_the_frame_is_as_tall_as_the_lines_of_its_script_ask() -> None:
    english, arabic = (drawn(VIEWS[name]).theme for name in ("menu-groups", "ar-menu-groups"))
    assert arabic.frame_target < english.frame_target


@pytest.mark.parametrize("language", ["ar", "ur"])
@pytest.mark.parametrize("name", ["groups", "services-council-tax"])
def test_a_menu_in_usual_letters_keeps_its_hints_and_their_height(language: str, name: str) -> None:
    access = Access(reach=Reach.LOW_LEFT)
    view = dict(every_view(load_facility(CONFIG).facility, language, access, OPEN_AT))[name]
    screen = drawn(view, cap_mm=access.cap_height_mm)
    assert screen.ids.body.theme.density.text >= LEAST_SHARE
    assert any(not tile.ids.hint.is_absent for tile in screen.ids.tiles.children)
