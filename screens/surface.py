"""The whole glass as one touchable sheet: holds the screen of the moment.

Responsible for: one finger at a time, telling that anything at all was touched, showing one screen.
Not responsible for: what a control does with its touch (`screens.touch`), or which one (`screens.app`).
"""

from collections.abc import Callable
from typing import Any, Final

from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from screens.touch import DISCIPLINE, Discipline

TOUCHED_EVERY_S: Final = 1.0
RESTING_S: Final = 5.0
"""A finger that rests longer is a palm or a lost release; it no longer keeps others from touching."""


class Surface(FloatLayout):
    """Let one finger through to the screen.

    Args:
        now: seconds of a clock that never goes back.
        touched: called at the beginning of touches, at most once a second.
        again_s: seconds before the same control acts again.
    """

    def __init__(self, now: Callable[[], float], touched: Callable[[], None], again_s: float) -> None:
        super().__init__()
        self._now = now
        self._touched = touched
        self._touched_at_s: float | None = None
        self._finger: Any = None
        self._finger_since_s = 0.0
        self.discipline = Discipline(now, again_s)
        self.on_finger: Callable[[], None] = _nobody

    def put(self, screen: Widget) -> None:
        """Show a screen instead of the one before."""
        if self.children == [screen]:
            return
        self.clear_widgets()
        self.add_widget(screen)

    def on_touch_down(self, touch: Any) -> bool:
        """Pass the first finger on; others end here."""
        now_s = self._now()
        self.on_finger()
        self._tell(now_s)
        if not _is_finger(touch) or self._is_busy(now_s):
            return True
        self._finger, self._finger_since_s = touch, now_s
        touch.ud[DISCIPLINE] = self.discipline
        super().on_touch_down(touch)
        return True

    def on_touch_move(self, touch: Any) -> bool:
        """Pass on only the finger that counts."""
        if touch is self._finger:
            super().on_touch_move(touch)
        return True

    def on_touch_up(self, touch: Any) -> bool:
        """Pass on only the finger that counts, and forget it."""
        if touch is self._finger:
            super().on_touch_up(touch)
            self._finger = None
        return True

    def key_pressed(self) -> None:
        """Tell that somebody is there, who pressed a key of the keypad."""
        self._tell(self._now())

    def _is_busy(self, now_s: float) -> bool:
        if self._finger is None:
            return False
        if now_s - self._finger_since_s < RESTING_S:
            return True
        self._finger.ud.pop(DISCIPLINE, None)  # whatever it holds will not act when it is lifted
        return False

    def _tell(self, now_s: float) -> None:
        if self._touched_at_s is None or now_s - self._touched_at_s >= TOUCHED_EVERY_S:
            self._touched_at_s = now_s
            self._touched()


def _nobody() -> None:
    """Tell nobody that a finger came."""


def _is_finger(touch: Any) -> bool:
    """Refuse the wheel and the other buttons of a mouse."""
    return "button" not in touch.profile or touch.button == "left"
