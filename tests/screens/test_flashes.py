"""Nothing on the glass flashes (EN 301 549, 11.2.3.1; WCAG 2.3.1): counted on frames that a real glass drew.

A flash is a pair of opposite changes of a tenth of the luminance or more; three a second are allowed.
"""

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image

from kiosk.core.glass_lines import Picture
from kiosk.core.views import StillThere, View
from tests.screens.glass_stand import GlassStand
from tests.screens.sample_views import all_views

VIEWS = all_views()
CELLS = (54, 96)
TENTH = 25
ALLOWED_A_S = 3
STILL_S, COUNTED_S, LEAST_FRAMES = 0.2, 3.0, 3

pytestmark = pytest.mark.timeout(180)

Frames = list[tuple[float, bytes]]


@pytest.fixture(scope="module")
def glass() -> Iterator[GlassStand]:
    with GlassStand() as stand:
        yield stand


def drawn(glass: GlassStand, views: Iterator[View | None], path: Path, for_s: float) -> Frames:
    """Show views one after another, each as soon as it comes, and take the frames meanwhile."""
    frames: Frames = []
    begun_s = time.monotonic()
    while time.monotonic() - begun_s < for_s or len(frames) < LEAST_FRAMES:
        view = next(views, None)  # None: nothing new is to be shown
        if view is not None:
            glass.show(view)
        glass.ask(Picture(str(path)))
        with Image.open(path) as picture:
            small = picture.convert("L").resize(CELLS, Image.Resampling.BOX)
        frames.append((time.monotonic() - begun_s, small.tobytes()))
    return frames


def most_flashes(frames: Frames) -> float:
    """Count, of the part of the glass that flashes most, pairs of opposite changes within any one second."""
    turns: dict[int, list[float]] = {}
    ways: dict[int, bool] = {}
    for (_, before), (at_s, after) in pairwise(frames):
        for cell, (was, now) in enumerate(zip(before, after, strict=True)):
            if abs(now - was) < TENTH or ways.get(cell) is (now > was):
                continue
            ways[cell] = now > was
            turns.setdefault(cell, []).append(at_s)
    within = [sum(1 for b in each if 0 <= b - a < 1) for each in turns.values() for a in each]
    return max(within, default=0) / 2


def every_second(view: View) -> Iterator[View | None]:
    """Count the seconds of a warning down at their own pace."""
    assert isinstance(view.body, StillThere)
    begun_s, told = time.monotonic(), -1
    while True:
        past = int(time.monotonic() - begun_s)
        body = replace(view.body, seconds_left=view.body.seconds_left - past)
        yield replace(view, body=body) if past != told else None
        told = past


def test_no_screen_flashes_while_it_stands_there(glass: GlassStand, tmp_path: Path) -> None:
    found = {}
    for name, view in VIEWS.items():
        glass.show(view)
        frames = drawn(glass, iter(()), tmp_path / "frame.png", STILL_S)
        found[name] = sum(before != after for (_, before), (_, after) in pairwise(frames))
    assert {name: changes for name, changes in found.items() if changes} == {}


def test_the_warning_counts_down_without_flashing(glass: GlassStand, tmp_path: Path) -> None:
    frames = drawn(glass, every_second(VIEWS["still-there"]), tmp_path / "frame.png", COUNTED_S)
    assert len({picture for _, picture in frames}) > 1
    assert most_flashes(frames) <= ALLOWED_A_S


def test_a_screen_that_flashes_would_be_found(glass: GlassStand, tmp_path: Path) -> None:
    light = VIEWS["still-there"]
    dark = replace(light, frame=replace(light.frame, look=replace(light.frame.look, theme="dark")))
    turned = iter([light, dark] * 50)
    assert most_flashes(drawn(glass, turned, tmp_path / "frame.png", COUNTED_S)) > ALLOWED_A_S
