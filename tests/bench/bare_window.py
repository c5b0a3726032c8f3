"""What the glass is measured against: a bare Kivy window with one label, then two screens of nine buttons.

Prints ``first`` after its first frame, then waits for lines: ``change`` builds the other screen as a touch is
lifted and prints the milliseconds to the frame that shows it; ``swap`` shows one that was built before.
"""

import os
import sys
import time
from collections.abc import Callable
from functools import partial

from screens.lockdown import clean_environment

clean_environment(os.environ)
os.environ["KIVY_CLOCK"] = "default"

from kivy.config import Config  # noqa: E402 - after the environment

for option, value in (("multisamples", "0"), ("width", "1080"), ("height", "1920")):
    Config.set("graphics", option, value)

from kivy.base import EventLoop  # noqa: E402
from kivy.clock import Clock  # noqa: E402
from kivy.core.window import Window  # noqa: E402
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels  # noqa: E402
from kivy.uix.boxlayout import BoxLayout  # noqa: E402
from kivy.uix.button import Button  # noqa: E402
from kivy.uix.label import Label  # noqa: E402


def tell(word: object) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def built(name: str) -> BoxLayout:
    screen = BoxLayout(orientation="vertical", spacing=20, padding=40)
    for number in range(9):
        screen.add_widget(Button(text=f"{name} {number}", font_size=40))
    return screen


def timed_ms(make: Callable[[], BoxLayout]) -> float:
    """Change the screen as a touch handler would, within a frame; milliseconds until that frame is shown."""
    began: list[float] = []

    def change(_dt: float) -> None:
        began.append(time.perf_counter())
        screen = make()
        for child in Window.children[:]:
            Window.remove_widget(child)
        Window.add_widget(screen)

    Clock.schedule_once(change, 0)
    EventLoop.idle()
    glReadPixels(0, 0, 1, 1, GL_RGB, GL_UNSIGNED_BYTE)  # the frame is there when it can be read
    return (time.perf_counter() - began[0]) * 1000


Window.add_widget(Label(text="Council reception"))
EventLoop.idle()
tell("first")
kept = [built("One"), built("Other")]
for count, line in enumerate(sys.stdin):
    turn = count // 2 % 2
    tell(
        timed_ms(
            partial(built, f"Screen {turn}") if line.strip() == "change" else partial(kept.__getitem__, turn)
        )
    )
