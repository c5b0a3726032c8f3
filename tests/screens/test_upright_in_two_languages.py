"""Two languages at once on an upright panel: what gives way before letters become lower than asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.core.access import CAP_MM, TextSize
from kiosk.core.companion import BOTH
from kiosk.core.views import Look, Menu
from screens.theme import LADDER
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from kiosk.core.views import View
    from screens.widgets.frame import FramedScreen

PANEL = PANELS["portrait"]
prepare(PANEL)
VIEWS = all_views()
USUAL, LARGE, HUGE = CAP_MM[TextSize.USUAL], CAP_MM[TextSize.LARGE], 12.0


def drawn(view: View, cap_mm: float, *, companion: bool = True) -> FramedScreen:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    look = Look(cap_height_mm=cap_mm, companion=companion)
    return Easel(PANEL).show(replace(view, frame=replace(view.frame, look=look)))


def test_the_summary_of_problems_stands_abreast_over_options_that_have_no_room_under_it() -> None:
    question = VIEWS["question-choice-problem"]
    assert not drawn(question, USUAL).ids.summary.is_wide
    tight = drawn(question, 14.0).ids
    assert tight.summary.is_wide
    assert tight.problem_texts.y < tight.problems_heading.top
    assert tight.problem_texts.x > tight.problems_heading.x


def test_words_on_the_cards_of_an_ending_stand_abreast_only_where_letters_are_larger_so() -> None:
    held = VIEWS["confirmation-held"]
    for cap_mm, is_wide in ((LARGE, False), (8.0, True), (9.0, False)):
        ending = drawn(held, cap_mm).ids
        assert ending.number_pair.is_wide is ending.reference_pair.is_wide is is_wide
        assert not ending.body.is_strained()


@pytest.mark.parametrize("companion", [True, False])
def test_a_notice_gives_up_its_sign_and_margins_only_for_a_line_and_two_languages(*, companion: bool) -> None:
    def notice(words: str) -> FramedScreen:
        view = VIEWS["menu-groups"]
        return drawn(replace(view, frame=replace(view.frame, notice=words)), LARGE, companion=companion)

    assert not notice(f"Wiadomość{BOTH}Notice").ids.notice_sign.is_absent
    long = [notice("o " * count + BOTH + "a") for count in range(20, 40)]
    assert any(each.ids.notice_sign.is_absent for each in long) is companion


def test_labels_of_tiles_are_no_larger_than_other_words_before_hints_go_and_letters_shrink() -> None:
    view = VIEWS["menu-groups"]
    assert isinstance(view.body, Menu)
    assert not any(each.is_plain for each in drawn(view, USUAL).ids.tiles.children)
    tight = drawn(view, HUGE).ids
    assert all(each.is_plain for each in tight.tiles.children)
    alone = drawn(view, HUGE, companion=False).ids
    assert not any(each.is_plain for each in alone.tiles.children)
    assert LADDER.index(tight.body.theme.density) <= LADDER.index(alone.body.theme.density)
