"""A finger that rests while the view changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from tests.screens.drawing import Easel

prepare(PANELS["portrait"])


class Touch:
    """What a control asks of a touch."""

    def __init__(self, pos: tuple[float, float], allows: Any) -> None:
        self.pos = pos
        self.ud = {"kiosk.discipline": allows}
        self.grab_current: Any = None
        self.profile = ("pos",)

    def grab(self, widget: Any) -> None:
        self.grab_current = widget

    def ungrab(self, widget: Any) -> None:
        assert self.grab_current is widget
        self.grab_current = None


class Always:
    def allows(self, *_control: object, **_guarded: object) -> bool:
        return True


@pytest.fixture(scope="module")
def easel() -> Easel:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANELS["portrait"])


@pytest.mark.parametrize("changes", [False, True])
def test_a_finger_put_down_before_the_view_changed_touches_nothing_on_the_new_one(
    easel: Easel, changes: bool
) -> None:
    views = all_views()
    easel.sent.clear()
    first = easel.show(views["menu-groups"]).ids.tiles.children[-1]
    touch = Touch(first.center, Always())
    assert first.on_touch_down(touch)
    if changes:
        easel.show(views["cy-menu-groups"])
        assert easel.show(views["cy-menu-groups"]).ids.tiles.children[-1] is first
        touch.pos = first.center
    first.on_touch_up(touch)
    assert bool(easel.sent) is not changes


def finger_on_a_tile(easel: Easel) -> tuple[Any, Touch]:
    easel.sent.clear()
    tile = easel.show(all_views()["menu-groups"]).ids.tiles.children[-1]
    touch = Touch(tile.center, Always())
    assert tile.on_touch_down(touch)
    return tile, touch


def test_a_finger_that_slid_off_and_came_back_does_nothing(easel: Easel) -> None:
    tile, touch = finger_on_a_tile(easel)
    for touch.pos in ((tile.right + 1, tile.center_y), tile.center):
        tile.on_touch_move(touch)
    tile.on_touch_up(touch)
    assert easel.sent == []
    assert not tile.is_down


def test_a_finger_that_rests_acts_once_when_it_is_lifted_and_nothing_waits_for_it(easel: Easel) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415 - only when Kivy is prepared
    from kivy.clock import Clock  # noqa: PLC0415 - as above

    def waiting() -> set[int]:
        return {id(each) for each in Clock.get_events() if each.timeout > 0}

    before = waiting()
    tile, touch = finger_on_a_tile(easel)
    for _frame in range(3):
        EventLoop.idle()
    assert waiting() <= before, "something would act after a while"
    assert easel.sent == []
    tile.on_touch_up(touch)
    assert len(easel.sent) == 1
