"""Places where an adapter meets a reader: in this process, on a pseudo-terminal, a TCP port, a keyboard.

Responsible for: the same few commands at all of them, so that one conversation can be had at each.
Not responsible for: what must come of a conversation (`test_reader_conformance`).
"""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from devices.catalogue import open_reader, reader_codec, typed_kinds
from devices.links.descriptor import read_now
from devices.links.link import absent, lost
from devices.readers.adapter import ReaderAdapter
from devices.simulators.frames import frame
from kiosk.core.hardware import CardPresented, Condition
from kiosk.ports import CardReader
from tests.devices.conftest import Facts, RealClock, start, stop

KEY = b"a key of this site"
WAYS = ("desk", "pty", "tcp", "keys")


class Device(Protocol):
    """A reader that does what a person, or its cable, does to it."""

    def tell(self, line: str) -> dict[str, Any]: ...


@dataclass
class Place:
    """A reader of some kind, what it told, and somebody who can do things to it."""

    kind: str
    device: Device
    reader: CardReader
    facts: Facts = field(default_factory=Facts)

    def told(self) -> list[str]:
        return [fact.token for fact in self.facts.seen if isinstance(fact, CardPresented)]

    def wait_for(self, count: int) -> None:
        self.facts.until(lambda _: len(self.told()) >= count)


class DeskReader:
    """A line inside this process: the device's end, and the link for the terminal's end."""

    address = "desk:"
    bytes_per_s = None

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._near: socket.socket | None = None
        self._far: socket.socket | None = None
        self._is_plugged = True
        self._noise = random.Random(1)  # noqa: S311 - noise on a line, not a secret

    # the terminal's end

    def open(self) -> None:
        if not self._is_plugged:
            raise absent(self.address, "unplugged")
        self._near, self._far = socket.socketpair()
        self._near.setblocking(False)  # noqa: FBT003 - the system's own signature

    def fileno(self) -> int:
        if self._near is None:
            raise lost(self.address, "not open")
        return self._near.fileno()

    def read(self) -> bytes:
        return read_now(self.fileno(), self.address)

    def write_some(self, payload: bytes) -> int:
        return len(payload)

    def close(self) -> None:
        near, self._near = self._near, None
        if near is not None:
            near.close()

    # the device's end

    def tell(self, line: str) -> dict[str, Any]:
        verb, _, number = line.partition(" ")
        match verb:
            case "card":
                self._send(frame(self._kind, number))
            case "hold":
                self._send(frame(self._kind, number) * 3)
            case "torn":
                self._send(frame(self._kind, number)[:7])
            case "garbage":
                self._send(self._noise.randbytes(int(number)))
            case "unplug":
                self._is_plugged = False
                self._hang_up()
            case "replug":
                self._is_plugged = True
        return {"connected": self._far is not None}

    def _send(self, sent: bytes) -> None:
        if self._far is not None:
            self._far.sendall(sent)

    def _hang_up(self) -> None:
        far, self._far = self._far, None
        if far is not None:
            far.close()


def ways_of(kind: str) -> tuple[str, ...]:
    """Return where a kind of reader can stand: what cannot be typed is at no keyboard."""
    return WAYS if kind in typed_kinds() else WAYS[:-1]


@contextmanager
def standing(way: str, kind: str, folder: Path) -> Iterator[Place]:
    """Put a reader of a kind up at a place."""
    facts = Facts()
    if way == "desk":
        desk = DeskReader(kind)
        codec, card = reader_codec(kind)
        adapter = ReaderAdapter("reader", desk, codec, kind=card, clock=RealClock(), site_key=KEY, sink=facts)
        try:
            facts.condition(Condition.READY)
            yield Place(kind, desk, adapter, facts)
        finally:
            adapter.close()
            desk.tell("unplug")
        return
    words = ["wedge", "--kind", kind] if way == "keys" else ["badge", "--kind", kind, "--baud", "0"]
    device = start(folder, *words, *(["--over-tcp"] if way == "tcp" else []))
    reader = open_reader("reader", device.address, kind, clock=RealClock(), site_key=KEY, sink=facts)
    try:
        facts.condition(Condition.READY)
        if way == "tcp":
            facts.until(lambda _: device.tell("status")["connected"])
        yield Place(kind, device, reader, facts)
    finally:
        reader.close()
        stop(device)
