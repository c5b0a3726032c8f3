"""A device's own thread goes on after a bug, wakes at once, and ends when told."""

from __future__ import annotations

import os
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING

import pytest

from devices.own_thread import OwnThread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Turn = Callable[[OwnThread], object]

PATIENCE_S = 20.0


class Told:
    """What a thread under test did, in its order."""

    def __init__(self) -> None:
        self.queue: SimpleQueue[object] = SimpleQueue()

    def next(self) -> object:
        return self.queue.get(timeout=PATIENCE_S)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def make(told: Told) -> Iterator[Callable[[Turn], OwnThread]]:
    """Start a thread whose turn is given, and end it after the test."""
    started: list[OwnThread] = []

    def start(turn: Turn) -> OwnThread:
        thread = OwnThread(
            "counter",
            lambda: turn(started[0]),
            recover=lambda: told.queue.put("let go"),
            end=lambda: told.queue.put("ended"),
        )
        started.append(thread)
        thread.start()
        return thread

    yield start
    for thread in started:
        thread.stop()


def test_a_bug_in_a_turn_lets_go_of_the_device_and_the_turns_go_on(
    told: Told,
    make: Callable[[Turn], OwnThread],
    caplog: pytest.LogCaptureFixture,
) -> None:
    turns: list[str] = []

    def turn(thread: OwnThread) -> None:
        turns.append("turn")
        if len(turns) == 1:
            raise ZeroDivisionError
        told.queue.put("works")
        thread.wait(None)

    thread = make(turn)
    assert (told.next(), told.next()) == ("let go", "works")
    assert "device.bug device=counter" in caplog.text
    thread.stop()
    assert told.next() == "ended"


def test_letting_go_may_fail_too_and_the_turns_go_on(told: Told) -> None:
    """Letting go tells the sink, and the sink may be what failed."""

    def turn() -> None:
        told.queue.put("turn")
        raise ZeroDivisionError

    def let_go() -> None:
        raise ZeroDivisionError

    thread = OwnThread("counter", turn, recover=let_go, end=lambda: told.queue.put("ended"))
    thread.start()
    assert (told.next(), told.next()) == ("turn", "turn")
    thread.stop()
    assert told.next() == "ended"


def test_what_is_handed_over_is_there_when_the_thread_wakes(
    told: Told, make: Callable[[Turn], OwnThread]
) -> None:
    inbox: list[int] = []

    def turn(thread: OwnThread) -> None:
        thread.wait(None)
        if inbox:
            told.queue.put(inbox.pop())

    thread = make(turn)
    assert thread.hand_over(lambda: inbox.append(7))
    assert told.next() == 7


def test_after_its_end_it_takes_nothing_and_says_so(
    make: Callable[[Turn], OwnThread],
) -> None:
    inbox: list[int] = []
    thread = make(lambda thread: thread.wait(None))
    thread.stop()
    thread.stop()
    assert not thread.hand_over(lambda: inbox.append(7))
    assert inbox == []


def test_a_turn_may_end_its_own_thread(told: Told, make: Callable[[Turn], OwnThread]) -> None:
    make(lambda thread: thread.stop())
    assert told.next() == "ended"


def test_a_wait_tells_which_descriptors_are_ready_and_never_its_own(
    told: Told, make: Callable[[Turn], OwnThread]
) -> None:
    here, there = os.pipe()
    begun = threading.Event()

    def turn(thread: OwnThread) -> None:
        begun.set()
        told.queue.put(thread.wait(None, [here], []))
        thread.stop()

    thread = make(turn)
    assert begun.wait(PATIENCE_S)
    thread.hand_over(lambda: os.write(there, b"x"))
    assert told.next() == ([here], [])
    os.close(here)
    os.close(there)
