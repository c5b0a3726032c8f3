"""The glass and its spare, as the service holds them: real processes, drawn offscreen."""

import os
import queue
import re
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from devices.documents.page import LARGEST_PICTURE
from kiosk.clocks import SystemClock
from kiosk.core.events import Touched, Typed
from kiosk.core.frames import from_line, to_line
from kiosk.core.glass_lines import FromFinger, Look, Press
from kiosk.core.views import PageSlot, Question, View
from kiosk.errors import GlassError
from kiosk.glass import Glass, GlassPlace
from kiosk.rehearse.hand import Hand, Typist
from tests.screens.glass_stand import KEYPAD, KEYS, PANEL, asking, middle, welcome
from tests.screens.sample_pages import pages

CANARY = "zqjxkv"
FILLING = 40
"""Pages, ten times what any buffer of a socket holds."""


class Hall:
    """A glass with a spare, what was done on it, and a finger."""

    def __init__(self) -> None:
        self.events: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.told: queue.SimpleQueue[str] = queue.SimpleQueue()
        place = GlassPlace(PANEL, finger=True, outfit=KEYPAD)
        self.glass = Glass(place, happened=self.events.put, clock=SystemClock(), log=self._log)

    def _log(self, event: str, **_ids: str | float) -> None:
        self.told.put(event)

    def show(self, view: Any) -> None:
        self.glass.show(view)
        assert self.glass.wait_until_shown(8)

    def ask(self, asked: object) -> Any:
        finger = self.glass.finger()
        finger.settimeout(8)
        finger.sendall(to_line(asked))
        with finger.makefile("rb") as lines:
            return from_line(lines.readline(), FromFinger)

    def press(self, name: str) -> None:
        targets = self.ask(Look()).targets
        found = [each for each in targets if each.name == name]
        assert found, [each.name for each in targets]
        self.ask(Press(*middle(found[0])))

    def next_event(self) -> Any:
        while isinstance(event := self.events.get(timeout=8), Touched):
            pass
        return event

    def front_pid(self) -> int:
        return self.glass._front._child.pid


@pytest.fixture
def hall() -> Iterator[Hall]:
    hall = Hall()
    yield hall
    hall.glass.close()
    hall.glass.close()


def memory_of(pid: int) -> bytes:
    found = bytearray()
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span = re.match(r"([0-9a-f]+)-([0-9a-f]+) rw", line)
            if span:
                memory.seek(int(span[1], 16))
                try:
                    found += memory.read(int(span[2], 16) - int(span[1], 16))
                except OSError:
                    continue  # a mapping that is not memory
    return bytes(found)


def holds_canary(pid: int) -> bool:
    memory = memory_of(pid)
    return CANARY.encode() in memory or CANARY.encode("utf-32-le") in memory


@pytest.mark.timeout(30)
def test_nothing_typed_is_in_the_glass_of_the_next_visitor(hall: Hall) -> None:
    hall.show(asking())
    Typist(Hand(hall.glass.finger), KEYS).type(CANARY)
    typed = [hall.next_event() for _ in CANARY]
    assert typed[-1] == Typed("who", "name", CANARY)
    first = hall.front_pid()
    readable = os.geteuid() == 0
    if readable:
        assert holds_canary(first), "the scan must find what is there"
    hall.glass.replace()
    hall.show(welcome())
    assert hall.front_pid() != first
    assert not Path(f"/proc/{first}").exists()
    if readable:
        assert not holds_canary(hall.front_pid())


@pytest.mark.timeout(30)
def test_a_glass_that_dies_is_followed_by_the_spare_with_the_same_view(hall: Hall) -> None:
    hall.show(welcome("Still here"))
    first = hall.front_pid()
    os.kill(first, signal.SIGKILL)
    assert hall.told.get(timeout=8) == "glass.gone"
    while hall.front_pid() == first:
        hall.told.empty()
    assert "Still here" in {target.name for target in hall.ask(Look()).targets}
    hall.press("English")
    assert hall.next_event().language == "en"


@pytest.mark.timeout(60)
def test_a_glass_that_reads_nothing_holds_nobody_up_and_the_spare_takes_its_place(hall: Hall) -> None:
    """Pictures of pages fill its socket; whoever shows would wait for ever, and the watch for them."""
    hall.show(welcome())
    first = hall.front_pid()
    os.kill(first, signal.SIGSTOP)
    for _ in range(FILLING):
        hall.glass.show(large_page())
        hall.glass.show(welcome("Still here"))
    assert hall.told.get(timeout=8) == "glass.gone"
    assert hall.glass.wait_until_shown(20)
    assert hall.front_pid() != first
    assert "Still here" in {target.name for target in hall.ask(Look()).targets}


def large_page() -> View:
    """Give a page as large as one may be."""
    page = dict(pages())["page-look"]
    assert isinstance(page.body, Question)
    assert isinstance(page.body.entry, PageSlot)
    large = replace(page.body.entry, picture="A" * LARGEST_PICTURE)
    return replace(page, body=replace(page.body, entry=large))


def test_a_glass_without_a_finger_says_so() -> None:
    glass = Glass(GlassPlace(PANEL), happened=lambda _: None, clock=SystemClock(), log=_silent)
    try:
        with pytest.raises(GlassError, match="GLASS-002"):
            glass.finger()
        with pytest.raises(GlassError, match="GLASS-001"):
            glass.last_view()
    finally:
        glass.close()


def _silent(event: str, **ids: str | float) -> None:
    del event, ids
