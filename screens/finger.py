"""The finger of a rehearsal: touches the glass as a person would, and looks where things are.

Responsible for: real touches through Kivy's event loop and hit testing, their timing, pictures of the glass.
Not responsible for: what to touch (`kiosk.rehearse`); it calls no widget and can send no event.

A press is put down in one frame and lifted in the next. It is answered when the frame with its result is on
the display: the next view, if it sent an event that asks for one, else the next frame, if anything changed.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, assert_never

from kivy.base import EventLoop
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.input.motionevent import MotionEvent
from kivy.input.provider import MotionEventProvider

from kiosk.core.glass_lines import (
    FingerRefused,
    Look,
    Picture,
    Pictured,
    Press,
    Pressed,
    RestAndPress,
    Slide,
    Stand,
    Strike,
    ToFinger,
)
from kiosk.core.touches import TouchEvent, Typed
from screens.app import Glass
from screens.link import Link
from screens.standing import seen_on, stood, take_picture

GIVE_UP_S: Final = 1.5
_MS: Final = 1000.0


class PersonTime:
    """A clock that a rehearsal may move on, as if the person had waited."""

    def __init__(self) -> None:
        self._skipped_s = 0.0

    def now(self) -> float:
        """Give seconds that never go back."""
        return time.monotonic() + self._skipped_s

    def skip(self, seconds: float) -> None:
        """Let a person wait so long."""
        self._skipped_s += max(0.0, seconds)


class FingerTouch(MotionEvent):
    """One finger, from down to up; points are pixels from the top left."""

    def __init__(self, number: int, x: float, y: float) -> None:
        super().__init__("finger", number, _place(x, y), is_touch=True, type_id="touch")
        self.profile = ["pos"]

    def depack(self, place: tuple[float, float]) -> None:
        """Take a place in the window, from 0 to 1, as Kivy counts."""
        self.sx, self.sy = place
        super().depack(place)

    def slide(self, x: float, y: float) -> "FingerTouch":
        """Move to another point."""
        self.move(_place(x, y))
        return self


def _place(x: float, y: float) -> tuple[float, float]:
    width, height = Window.size
    return (x / (width - 1.0), 1.0 - y / (height - 1.0))


@dataclass(frozen=True, slots=True)
class _Step:
    """One motion in one frame; the place is where it moves to."""

    kind: str
    touch: FingerTouch
    place: tuple[float, float] | None = None


class Finger(MotionEventProvider):
    """Touch as the other side of a link says, one thing at a time.

    Args:
        link: to the rehearsal.
        glass: where to look, and whom to ask which view is drawn.
        person: moved on before each press.
    """

    def __init__(self, link: Link, glass: Glass, person: PersonTime) -> None:
        super().__init__("finger", "")
        self._link = link
        self._glass = glass
        self._person = person
        self._plan: deque[_Step] = deque()
        self._number = 0
        self._lifted_at_s: float | None = None
        self._serial_before = 0
        self._awaits_view = False
        self._turn = Clock.create_trigger(self._check, 0)
        self._give_up = Clock.create_trigger(lambda _dt: self._answer(), GIVE_UP_S)
        glass.on_sent = self._sent
        glass.on_frame = self._frame

    # --- what the rehearsal asks

    def arrived(self, _dt: float) -> None:
        """Do what was asked."""
        for asked in self._link.take():
            self._do(asked)

    def _do(self, asked: ToFinger) -> None:
        match asked:
            case Press(x, y, after_s):
                self._person.skip(after_s)
                self._perform(*_press(self._touch(x, y)))
            case Slide(x, y, to_x, to_y):
                touch = self._touch(x, y)
                self._perform(
                    _Step("begin", touch), _Step("update", touch, (to_x, to_y)), _Step("end", touch)
                )
            case RestAndPress(x, y, other_x, other_y):
                resting = self._touch(x, y)
                pressing = _press(self._touch(other_x, other_y))
                self._perform(_Step("begin", resting), *pressing, _Step("end", resting))
            case Strike():
                self._strike(asked)
                self._link.send(Pressed(0.0))
            case Look(wanted):
                self._link.send(seen_on(self._glass, with_texts=wanted))
            case Stand():
                self._stand(asked)
            case Picture(path):
                self._picture(Path(path))
            case _ as never:
                assert_never(never)

    def _touch(self, x: float, y: float) -> FingerTouch:
        self._number += 1
        return FingerTouch(self._number, x, y)

    def _perform(self, *steps: _Step) -> None:
        self._plan.extend(steps)
        self._turn()

    def _strike(self, asked: Strike) -> None:
        held = list(asked.held)
        self._person.skip(asked.after_s)
        if not Window.dispatch("on_key_down", asked.key, asked.code, asked.character, held):
            Window.dispatch("on_keyboard", asked.key, asked.code, asked.character, held)
        if asked.character:
            Window.dispatch("on_textinput", asked.character)
        if asked.lifted:
            Window.dispatch("on_key_up", asked.key, asked.code)

    def _strike_code(self, code: int) -> None:
        self._strike(Strike(0, code=code))

    def _picture(self, path: Path) -> None:
        try:
            take_picture(path)
        except OSError as problem:
            self._refuse(problem)
        else:
            self._link.send(Pictured(str(path)))
        self._glass.owe()

    def _stand(self, asked: Stand) -> None:
        try:
            self._link.send(stood(self._glass, asked, self._strike_code))
        except OSError as problem:
            self._refuse(problem)
        self._glass.owe()

    def _refuse(self, problem: OSError) -> None:
        self._link.send(FingerRefused(f"the picture cannot be written ({problem.strerror})"))

    # --- Kivy's event loop

    def start(self) -> None:
        """Begin; nothing to open."""

    def stop(self) -> None:
        """End; nothing to close."""

    def update(self, dispatch_fn: Callable[[str, FingerTouch], None]) -> None:
        """Hand one motion to Kivy in each frame."""
        if not self._plan:
            return
        step = self._plan.popleft()
        if step.place is not None:
            step.touch.slide(*step.place)
        if not self._plan:
            _settle()  # a person lifts a finger long after the frame that showed it pressed
            self._lifted_at_s = time.perf_counter()
            self._serial_before, self._awaits_view = self._glass.serial, False
            self._give_up()
        dispatch_fn(step.kind, step.touch)
        self._turn()

    def _sent(self, event: TouchEvent) -> None:
        self._awaits_view = self._lifted_at_s is not None and not isinstance(event, Typed)

    def _frame(self) -> None:
        if self._lifted_at_s is not None and not self._is_waiting():
            self._answer()

    def _check(self, _dt: float) -> None:
        """Answer at the beat after the last motion, if it changed nothing; else the frame does."""
        if self._lifted_at_s is not None and not self._is_waiting():
            self._answer()

    def _is_waiting(self) -> bool:
        return self._awaits_view and self._glass.serial == self._serial_before

    def _answer(self) -> None:
        if self._lifted_at_s is None:
            return
        _settle()
        frame_ms = (time.perf_counter() - self._lifted_at_s) * _MS
        self._lifted_at_s = None
        self._give_up.cancel()
        self._link.send(Pressed(round(frame_ms, 3)))


def _settle() -> None:
    """Wait until the last frame is there: then it can be read."""
    glReadPixels(0, 0, 1, 1, GL_RGB, GL_UNSIGNED_BYTE)


def _press(touch: FingerTouch) -> tuple[_Step, _Step]:
    return _Step("begin", touch), _Step("end", touch)


def put_finger(link: Link, person: PersonTime, glass: Glass) -> None:
    """Let a rehearsal touch this glass."""
    finger = Finger(link, glass, person)
    EventLoop.add_input_provider(finger)
    link.start()
    glass.when_shown = lambda: link.wake_with(Clock.create_trigger(finger.arrived, 0))
