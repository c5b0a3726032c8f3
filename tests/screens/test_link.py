"""Lines between the service and the glass."""

import socket
import threading
from collections.abc import Iterator

import pytest

from kiosk.core.glass_lines import Ping, Pong, ToGlass
from screens.link import Link

Ends = tuple[socket.socket, socket.socket]


@pytest.fixture
def ends() -> Iterator[Ends]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs
        ours.close()


def test_lines_that_come_in_pieces_arrive_whole_and_in_order(ends: Ends) -> None:
    ours, theirs = ends
    ended = threading.Event()
    link = Link(theirs, ToGlass, ended.set)
    link.start()
    sent = b'{"is":"Ping","serial":1}\n{"is":"Ping","serial":2}\n'
    for at in range(len(sent)):
        ours.sendall(sent[at : at + 1])
    assert [link.wait(2), link.wait(2)] == [Ping(1), Ping(2)]
    link.send(Pong(2))
    assert ours.recv(100) == b'{"is":"Pong","serial":2}\n'
    ours.close()
    assert ended.wait(2)


def test_nonsense_ends_the_link(ends: Ends) -> None:
    ours, theirs = ends
    ended = threading.Event()
    link = Link(theirs, ToGlass, ended.set)
    link.start()
    ours.sendall(b'{"is":"Did"}\n')
    assert ended.wait(2)
    assert link.wait(0.01) is None


def test_what_arrived_before_somebody_is_woken_still_wakes(ends: Ends) -> None:
    ours, theirs = ends
    woken = threading.Event()
    ended = threading.Event()
    link = Link(theirs, ToGlass, ended.set)
    link.start()
    ours.sendall(b'{"is":"Ping","serial":3}\n')
    ours.shutdown(socket.SHUT_WR)
    assert ended.wait(2)
    link.wake_with(woken.set)
    assert woken.is_set()
    assert list(link.take()) == [Ping(3)]
