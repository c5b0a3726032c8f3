"""The plain layout: without pictures every word stays, and no drawing takes room."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.core.access import Access, Setting, changed
from kiosk.core.look import Look, look_of
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from kiosk.core.views import View
    from screens.widgets.icon import Icon
    from tests.screens.drawing import Easel

prepare(PANELS["portrait"])


@pytest.fixture(scope="module")
def easel() -> Easel:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANELS["portrait"])


def dressed(view: View, look: Look) -> View:
    return replace(view, frame=replace(view.frame, look=look))


def drawings(easel: Easel, view: View) -> tuple[list[Icon], set[str]]:
    """Give the drawings that take room and only decorate, and the words that stand there."""
    from screens.target import visible  # noqa: PLC0415 - only when Kivy is prepared
    from screens.widgets.icon import Icon  # noqa: PLC0415 - as above

    seen = list(visible(easel.show(view)))
    icons = [each for each in seen if isinstance(each, Icon) and not each.is_absent and not each.always]
    return icons, {each.target_name for each in seen if getattr(each, "target_name", "")}


def test_the_choice_of_the_access_settings_reaches_the_glass() -> None:
    assert not look_of(changed(Access(), Setting.PICTURES, "off")).pictures


@pytest.mark.parametrize("name", ["menu-groups", "cy-menu-groups", "still-there"])
def test_without_pictures_no_drawing_takes_room_and_every_word_stays(easel: Easel, name: str) -> None:
    view = all_views()[name]
    usual, words = drawings(easel, dressed(view, Look()))
    plain, same_words = drawings(easel, dressed(view, Look(pictures=False)))
    assert usual
    assert plain == []
    assert same_words == words
