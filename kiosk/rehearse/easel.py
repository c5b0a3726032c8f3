"""The glass of a sweep: views are put on it, and looked at.

Responsible for: one glass that stays, and what is wrong on each view that is put on it.
Not responsible for: which views and looks there are, or what is kept of what was found.

For where things stand nothing is drawn: views go to the glass many at a time and their places come back
(`screens.standing`). For colours each is drawn and its pixels are read. A picture is kept of what fails.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from PIL import Image

from kiosk.clocks import SystemClock
from kiosk.core.glass_lines import Panel, Seen
from kiosk.core.views import View
from kiosk.errors import RehearsalError
from kiosk.glass import Glass, GlassPlace
from kiosk.rehearse.judging import Finding, drawn, placed
from kiosk.rehearse.keypad_hand import KeypadHand, missed
from kiosk.rehearse.looks import Combination
from kiosk.settings import Loaded

Named = tuple[str, View]
_DRAW_S = 60.0
"""A first view waits until its glass has started, on a machine that may be busy."""
_AT_ONCE = 48
"""A glass tidies up after each round of views, which takes as long as putting a dozen in their places."""
_FEWER_AT_ONCE = 12
"""Of views that are drawn, or gone round by keys, and take longer."""


class Easel:
    """A glass to put views on, and eyes on it; one thread has it.

    Args:
        loaded: names the panel and its outfit.
        lies: the panel is turned onto its long side.
        failures: folder for pictures of what fails.
    """

    def __init__(self, loaded: Loaded, failures: Path, *, lies: bool) -> None:
        self._panel = turned(loaded.terminal.panel, lies=lies)
        self._failures = failures
        place = GlassPlace(self._panel, finger=True, outfit=loaded.terminal.outfit)
        self._glass = Glass(place, happened=_nothing, clock=SystemClock(), log=_nothing_is_logged)
        self._hand = KeypadHand(self._glass.finger, loaded.terminal.outfit.keypad)
        self._is_new = True

    def __enter__(self) -> "Easel":
        return self

    def __exit__(self, *_ended: object) -> None:
        self._glass.close()

    def judge(self, views: Sequence[Named], combination: Combination) -> Iterator[tuple[str, Finding]]:
        """Find what is wrong with each view, under its name."""
        judge = self._by_colour if combination.in_colour else self._by_place
        yield from judge(views, combination)

    def _by_place(self, views: Sequence[Named], combination: Combination) -> Iterator[tuple[str, Finding]]:
        todo, at_once = iter(views), _FEWER_AT_ONCE if combination.walks else _AT_ONCE
        while some := list(islice(todo, at_once)):
            for (name, view), seen in zip(some, self._stand(some, combination), strict=True):
                found = list(placed(seen, self._panel, combination.access))
                if combination.walks:
                    found += [Finding("not-reached", each.name) for each in missed(seen)]
                if found:
                    self._show(view)
                    self._hand.picture(self._failures / f"{combination.name}-{name}.png")
                yield from ((name, each) for each in found)

    def _stand(self, some: Sequence[Named], combination: Combination) -> tuple[Seen, ...]:
        views = [view for _, view in some]
        self._begin(some)
        return self._hand.rounds(views) if combination.walks else self._hand.stand(views)

    def _begin(self, some: Sequence[Named]) -> None:
        if self._is_new:  # the finger is there once the glass has shown something
            self._show(some[0][1])
            self._is_new = False

    def _by_colour(self, views: Sequence[Named], combination: Combination) -> Iterator[tuple[str, Finding]]:
        todo = iter(views)
        while some := list(islice(todo, _FEWER_AT_ONCE)):
            pictures = [self._failures / f".{combination.name}-{name}.ppm" for name, _ in some]
            self._begin(some)
            stood = self._hand.stand((view for _, view in some), pictures)
            for (name, _), seen, pixels in zip(some, stood, pictures, strict=True):
                found = list(drawn(seen, pixels))
                if found:
                    with Image.open(pixels) as picture:
                        picture.save(self._failures / f"{combination.name}-{name}.png")
                pixels.unlink()
                yield from ((name, each) for each in found)

    def picture(self, view: View, path: Path) -> Path:
        """Take a picture of a view."""
        self._show(view)
        self._hand.picture(path)
        return path

    def _show(self, view: View) -> None:
        self._glass.show(view)
        if not self._glass.wait_until_shown(_DRAW_S):
            raise RehearsalError("WALK-037", "The glass did not show a view.", "Run the sweep again.")


def turned(panel: Panel, *, lies: bool) -> Panel:
    """Give the panel as it stands or lies."""
    upright = panel.height_mm >= panel.width_mm
    if upright is not lies:
        return panel
    return Panel(panel.height_px, panel.width_px, panel.height_mm, panel.width_mm)


def _nothing(_event: object) -> None:
    """Nobody is there to be listened to."""


def _nothing_is_logged(event: str, **_ids: str | float | bool) -> None:
    """Keep no log of views that nobody saw."""
    del event
