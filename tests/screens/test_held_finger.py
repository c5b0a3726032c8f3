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
