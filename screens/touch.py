"""How the glass takes a touch: the same for every button, option and key.

Responsible for: acting on release inside, cancelling when the finger slides off, and refusing repeats.
Not responsible for: one finger at a time (`screens.surface`), or what a control does.

A touch carries the `Discipline` that its surface gave it, so no control has to be told of it; a touch without
one did not come through a surface and moves nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kivy.clock import Clock
from kivy.properties import BooleanProperty, NumericProperty

from screens.target import Targeted

DISCIPLINE: Final = "kiosk.discipline"
"""Key in `touch.ud` under which a surface puts its discipline."""

REPEAT_S: Final = 0.5
KEY_REPEAT_S: Final = 0.15
GUARD_S: Final = 1.0
LINGER_S: Final = 0.12


@dataclass(frozen=True, slots=True)
class _Act:
    control: tuple[str, str]
    at_s: float


class Discipline:
    """Decide whether a release may act; one for the whole glass, so that it holds across screens.

    Args:
        now: seconds of a clock that never goes back.
        again_s: seconds before the same control acts again; keys and digits are quicker by as much as usual.
    """

    def __init__(self, now: Callable[[], float], again_s: float = REPEAT_S) -> None:
        self._now = now
        self._longer_s = again_s - REPEAT_S
        self._last: _Act | None = None
        self._guarded_until_s: float | None = None

    def allows(self, control: tuple[str, str], repeat_s: float, *, guarded: bool) -> bool:
        """Say whether a control may act now, and remember that it did.

        Args:
            control: role and name; the same after its screen was drawn anew.
            repeat_s: the same control may not act again within so many seconds.
            guarded: nothing guarded (Continue, Send) may act within a second of something guarded.
        """
        now_s = self._now()
        wait_s = max(KEY_REPEAT_S, repeat_s + self._longer_s)
        if self._last is not None and self._last.control == control and now_s - self._last.at_s < wait_s:
            return False
        if guarded and self._guarded_until_s is not None and now_s < self._guarded_until_s:
            return False
        self._last = _Act(control, now_s)
        if guarded:
            self._guarded_until_s = now_s + GUARD_S
        return True


class Touchable(Targeted):
    """Act when a finger is lifted where it was put down: mix in before a Kivy widget class.

    Listen to the event `on_act`. Set `target_role` and `target_name`: they also tell two controls apart.

    Attributes:
        is_down: a finger is on it; draw it pressed.
        repeat_s: seconds before the same control acts again; `KEY_REPEAT_S` for keys and PIN digits.
        lingers: stays pressed for a moment after it acted: a person sees what was touched, and the next view
            does not wait for a frame that only shows the release.
        guarded: it moves the visit on (Continue, Send): never twice within a second, whatever its name.
    """

    is_down = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    repeat_s = NumericProperty(REPEAT_S)
    lingers = BooleanProperty(True)  # noqa: FBT003 - as above
    guarded = BooleanProperty(False)  # noqa: FBT003 - as above
    target_touchable = BooleanProperty(True)  # noqa: FBT003 - as above

    def __init__(self, **properties: Any) -> None:
        self._held: Any = None
        self.register_event_type("on_act")  # type: ignore[attr-defined]  # of the widget it is mixed into
        super().__init__(**properties)

    def on_act(self) -> None:
        """Do nothing of its own; whoever uses the control binds to this."""

    def forget_finger(self) -> None:
        """Act no more on the finger that is on it: it stands for something else now."""
        self._held = None
        self.is_down = False

    def press(self, discipline: Discipline) -> bool:
        """Act by a key of the keypad, under the same discipline as a finger; say whether it did."""
        widget: Any = self
        acts = not widget.disabled and self._is_allowed(discipline)
        if acts:
            widget.dispatch("on_act")
        return bool(acts)

    def on_touch_down(self, touch: Any) -> bool:
        """Take hold of a touch that begins inside."""
        widget: Any = self
        if widget.disabled or not widget.collide_point(*touch.pos):
            return bool(super().on_touch_down(touch))  # type: ignore[misc]  # the Kivy widget's own
        touch.grab(self)
        self._held = touch
        self.is_down = True
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Let go for good as soon as the finger slides off."""
        widget: Any = self
        if touch.grab_current is not self:
            return bool(super().on_touch_move(touch))  # type: ignore[misc]  # the Kivy widget's own
        if not widget.collide_point(*touch.pos):
            self._let_go(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Act if the finger is lifted inside and the discipline allows it."""
        widget: Any = self
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))  # type: ignore[misc]  # the Kivy widget's own
        touch.ungrab(self)
        is_held, self._held = self._held is touch, None
        discipline: Discipline | None = touch.ud.get(DISCIPLINE)
        inside = widget.collide_point(*touch.pos) and not widget.disabled
        acts = is_held and inside and discipline is not None and self._is_allowed(discipline)
        if acts:
            widget.dispatch("on_act")
        if acts and self.lingers:
            Clock.schedule_once(self._rise, LINGER_S)
        else:
            self.is_down = False
        return True

    def _rise(self, _dt: float) -> None:
        self.is_down = False

    def _is_allowed(self, discipline: Discipline) -> bool:
        control = (self.target_role, self.target_name)
        return discipline.allows(control, self.repeat_s, guarded=self.guarded)

    def _let_go(self, touch: Any) -> None:
        touch.ungrab(self)
        self.is_down = False
