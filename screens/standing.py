"""Where everything of a view stands, told without drawing a frame: for a sweep of a hundred thousand views.

Responsible for: putting views in their places one after another, and going round each by one key.
Not responsible for: which views (`kiosk.rehearse.shown`), or what is wrong (`kiosk.rehearse.judging`).

A place is plain arithmetic (decision 45), so it is known as soon as a view is put there. The frame that would
follow costs four times as much, and shows nothing else.
"""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Final

from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from kivy.lang import Builder

from kiosk.core.glass_lines import Seen, Stand, Stood, Target
from screens.app import Glass
from screens.lettered import lettered
from screens.png import png, ppm
from screens.ring import Ring
from screens.surface import Surface
from screens.target import targets, touchable

_MOST_ROWS: Final = 8
"""Rows of keys on a keyboard, at most: each is one more stop of the ring."""


def stood(glass: Glass, asked: Stand, strike: Callable[[int], None]) -> Stood:
    """Put each view in its place, and say what stands where.

    Args:
        glass: keeps the last of them.
        asked: the views.
        strike: presses and lifts the key of a code.
    """
    gc.disable()  # widgets are made by the thousand and none is in the way: once at the end is enough
    try:
        return Stood(tuple(_stood(glass, asked, strike)))
    finally:
        gc.enable()
        gc.collect(1)  # what views leave is young; to look through all that stays takes longer than standing


def _stood(glass: Glass, asked: Stand, strike: Callable[[int], None]) -> Iterator[Seen]:
    for view, picture in zip_longest(asked.views, asked.pictures):
        glass.stand(view)
        seen = seen_on(glass, with_texts=True)
        if picture:
            take_picture(Path(picture))
        if asked.round_code:
            reached = gone_round(glass.surface, glass.ring, lambda: strike(asked.round_code))
            seen = replace(seen, reached=tuple(reached))
        yield seen


def seen_on(glass: Glass, *, with_texts: bool) -> Seen:
    """Say what is on the glass."""
    found = targets(glass.surface, Window.height, glass.ring.widget)
    texts = lettered(glass.surface, Window.height) if with_texts else ()
    return Seen(glass.body, glass.serial, found, texts)


def take_picture(path: Path) -> None:
    """Draw what is on the glass and write it to a file: PNG, or PPM if its name ends so.

    Raises:
        OSError: it cannot be written.
    """
    Builder.sync()  # what the .kv files draw follows its properties only when Kivy comes to it
    Window.dispatch("on_draw")
    width, height = (int(side) for side in Window.size)
    pixels = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
    path.write_bytes((ppm if path.suffix == ".ppm" else png)(width, height, pixels))


def gone_round(surface: Surface, ring: Ring, strike: Callable[[], None]) -> Iterator[Target]:
    """Strike one key as often as there is something to come to, say where the ring was, and take it away."""
    stops = [each for each in touchable(surface) if each.target_role != "key"]
    for _ in range(len(stops) + _MOST_ROWS):
        strike()
        yield from (each for each in targets(surface, Window.height, ring.widget) if each.focused)
    ring.hide()
