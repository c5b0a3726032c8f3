"""The glass at work: one window, one surface, views in, touches out.

Responsible for: making the window, warming up unseen, drawing each view, telling when it was drawn.
Not responsible for: what a view looks like (`screens.register` names the screen), closing hatches
(`screens.lockdown`), or reading command lines (`screens.__main__`).

A spare is this process before its first view: hidden, warm, asleep on its socket.
"""

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any, Final, assert_never

from kivy.base import EventLoop, ExceptionHandler, ExceptionManager, runTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels

from kiosk.core.glass_lines import Broke, Did, Outfit, Panel, Ping, Pong, Ready, Show, Shown, ToGlass
from kiosk.core.touches import Touched, TouchEvent
from kiosk.core.views import Body, View
from kiosk.typeset import Typesetter
from screens.keypad import Keypad
from screens.link import Link
from screens.register import screen_for
from screens.ring import Ring
from screens.surface import Surface
from screens.theme import Theme
from screens.warming import warm_views
from screens.widgets.keyboards import Keyboards

MOST_BREAKS: Final = 5
"""A glass that broke so often without drawing anything ends, and the spare takes its place."""

BROKEN: Final = 70
_SPARE_BEAT_S: Final = 5.0
_READ_EVERY: Final = 10
_GRACE_S: Final = 0.02
"""A glass that is wanted at once gets its view within this time, and spends none on warming up."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How the glass begins.

    Attributes:
        panel: its real size; pixels of the window, millimetres of the display.
        outfit: keys of the keypad, and how touches are taken.
        in_window: on a desk, for people who try it; shows the mouse.
        now: seconds of a clock that never goes back.
        assistive: tell programs that read screens what stands on it.
        typesetter: gives the one typesetter, which may have been made on the way.
    """

    panel: Panel
    outfit: Outfit = field(default_factory=Outfit)
    in_window: bool = False
    now: Callable[[], float] = time.monotonic
    typesetter: Callable[[], Typesetter] = Typesetter
    assistive: bool = False


class Glass(ExceptionHandler):
    """Draw what the service says and tell it what was touched.

    Args:
        link: to the service.
        opening: how it begins.
        acted: called with each event that is sent, for the finger of a rehearsal.
    """

    def __init__(self, link: Link, opening: Opening) -> None:
        self._link = link
        self._now = opening.now
        self.surface = Surface(opening.now, self._touched, opening.outfit.again_s)
        self.ring = Ring(self.surface, self.send)
        self._keypad = Keypad(opening.outfit.keypad, self.ring.act, opening.now)
        self._theme = Theme(opening.typesetter(), _as_opened(opening.panel))
        self._keyboards = Keyboards(opening.outfit.keyboards)
        self._screens: dict[type, Any] = {}
        self._undrawn: Show | None = None
        self.serial = 0
        self.body = ""
        self._breaks = 0
        self._frames = 0
        self._offscreen = os.environ.get("SDL_VIDEODRIVER") == "offscreen"
        self.on_sent: Callable[[TouchEvent], None] = _nobody
        self.on_frame: Callable[[], None] = _nobody_sees
        self.when_shown: Callable[[], None] = _nobody_sees
        self.bridge: object = None  # held as long as the glass: what is published ends with it

    # --- what the service says

    def attach(self) -> None:
        """Take the window, and be told of faults."""
        ExceptionManager.add_handler(self)
        Window.add_widget(self.surface)
        Window.bind(on_flip=self._flip)
        self._keypad.listen(Window)

    def warm(self) -> None:
        """Draw one frame that nobody sees, so that the first one somebody sees is quick."""
        for view in warm_views(self._theme.language):
            self.stand(view)
            EventLoop.idle()
        gc.collect()
        gc.freeze()

    def is_shown_within(self, timeout_s: float) -> bool:
        """Wait for the first view without turning the loop; say whether it came."""
        message: ToGlass | None = self._link.wait(timeout_s)
        if message is not None:
            self._take(message)
        return isinstance(message, Show)

    def arrived(self, _dt: float) -> None:
        """Take what the service said; of several views only the last one matters."""
        newest: Show | None = None
        for message in self._link.take():
            if isinstance(message, Show):
                newest = message
            else:
                self._take(message)
        if newest is not None:
            self._show(newest)

    def _take(self, message: ToGlass) -> None:
        match message:
            case Show():
                self._show(message)
            case Ping(serial):
                self._link.send(Pong(serial))
            case _ as never:
                assert_never(never)

    def _show(self, message: Show) -> None:
        self.serial = message.serial
        self.stand(message.view)
        self._undrawn = message
        Window.canvas.ask_update()

    def owe(self) -> None:
        """Ask again for the frame of a view: drawn for a picture, it would not come to the display."""
        if self._undrawn is not None:
            Window.canvas.ask_update()

    def stand(self, view: View) -> None:
        """Put a view in its place; no frame is asked for."""
        screen = self._screen(view.body)
        screen.show(view)
        self.surface.put(screen)
        self.body = type(view.body).__name__
        self.ring.shown((self.body, getattr(view.body, "step", ""), getattr(view.body, "heading", "")))

    def _screen(self, body: Body) -> Any:
        kind = screen_for(body)
        if kind not in self._screens:
            self._screens[kind] = kind(send=self.send, theme=self._theme, keyboards=self._keyboards)
        return self._screens[kind]

    # --- what the glass says

    def send(self, event: TouchEvent) -> None:
        """Tell what a person did."""
        self._link.send(Did(event))
        self.on_sent(event)

    def _touched(self) -> None:
        self._link.send(Did(Touched()))

    def _flip(self, window: Any) -> bool:
        # Kivy calls those who listen before it flips; by flipping here, the view is on the display first.
        window.flip()
        self._frames += 1
        if self._offscreen and self._frames % _READ_EVERY == 0:
            # Nothing shows the frames, so nothing waits for them: without a look now and then they pile up.
            glReadPixels(0, 0, 1, 1, GL_RGB, GL_UNSIGNED_BYTE)
        if self._undrawn is not None:
            self._link.send(Shown(self._undrawn.serial))
            self._undrawn, self._breaks = None, 0
        self.on_frame()
        return True

    def handle_exception(self, problem: BaseException) -> int:
        """Tell where it broke, never with the words of the exception, and go on."""
        if not isinstance(problem, Exception):
            return int(ExceptionManager.RAISE)
        self._breaks += 1
        place = place_of(problem)
        print(f'{{"event":"glass.broke","place":"{place}"}}', file=sys.stderr, flush=True)  # noqa: T201
        self._link.send(Broke(self.serial, place))
        if self._breaks >= MOST_BREAKS:
            os._exit(BROKEN)
        return int(ExceptionManager.PASS)


def place_of(problem: BaseException) -> str:
    """Name type, file and line of an exception."""
    trace: TracebackType | None = problem.__traceback__
    place = ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename.rsplit("/", 1)[-1]
        place = f" {file}:{trace.tb_lineno}"
        trace = trace.tb_next
    return type(problem).__name__ + place


def run(link: Link, opening: Opening, finger: Callable[[Glass], None] | None) -> None:
    """Be a spare, then the glass, until the service goes or says so."""
    glass = Glass(link, opening)
    glass.attach()
    Window.show_cursor = opening.in_window
    if finger is not None:
        finger(glass)
    link.send(Ready())
    if not glass.is_shown_within(_GRACE_S):
        glass.warm()
        while not glass.is_shown_within(_SPARE_BEAT_S):
            pass
    Window.show()
    glass.when_shown()
    if opening.assistive:
        from screens.assistive import Bridge  # noqa: PLC0415 - an extra; only where it was asked for

        glass.bridge = Bridge(glass)
    link.wake_with(Clock.create_trigger(glass.arrived, 0))
    runTouchApp()


def _as_opened(panel: Panel) -> Panel:
    """Believe the window about pixels: a display may have others than settings say."""
    width_px, height_px = Window.size
    return replace(panel, width_px=int(width_px), height_px=int(height_px))


def _nobody(_event: TouchEvent) -> None:
    """Tell nobody what was sent."""


def _nobody_sees() -> None:
    """Tell nobody of a frame."""
