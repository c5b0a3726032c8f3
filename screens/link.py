"""Lines to and from another program, over an inherited socket.

Responsible for: reading lines on a thread of its own, writing whole lines from any thread, noticing the end.
Not responsible for: what a line means (`screens.app`, `screens.finger`), its form (`kiosk.core.frames`).
"""

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any, Final

from kiosk.core.frames import FrameError, from_line, to_line

LONGEST_LINE: Final = 4 * 1024 * 1024
_PART_BYTES: Final = 64 * 1024


class Link:
    """Carry values of one expected type in, and any frozen dataclass out.

    Args:
        connection: a connected stream socket; the link owns it from now on.
        expected: a dataclass, or a union of them: what may come in.
        ended: called once, on the reading thread, when the other side is gone or speaks nonsense.
    """

    def __init__(self, connection: socket.socket, expected: Any, ended: Callable[[], None]) -> None:
        self._connection = connection
        self._expected = expected
        self._ended = ended
        self._arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._sending = threading.Lock()
        self._wake: Callable[[], object] = _nobody
        self._thread = threading.Thread(target=self._read, name="link", daemon=True)

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def wake_with(self, wake: Callable[[], object]) -> None:
        """Name what is called, on the reading thread, after each arrival; what is waiting already counts."""
        self._wake = wake
        if not self._arrived.empty():
            wake()

    def send(self, message: object) -> None:
        """Write one line; any thread. If the other side is gone, that is noticed by the reader."""
        line = to_line(message)
        try:
            with self._sending:
                self._connection.sendall(line)
        except OSError:
            self._ended()

    def take(self) -> Iterator[Any]:
        """Give what has arrived, oldest first; never blocks."""
        while not self._arrived.empty():
            yield self._arrived.get()

    def wait(self, timeout_s: float) -> Any | None:
        """Give the next arrival, or None when there was none in time."""
        try:
            return self._arrived.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def _read(self) -> None:
        try:
            for line in _lines(self._connection):
                self._arrived.put(from_line(line, self._expected))
                self._wake()
        except (OSError, FrameError):
            pass  # a socket that broke, or somebody who does not keep to the protocol: the same end
        self._ended()


def _lines(connection: socket.socket) -> Iterator[bytes]:
    pending = bytearray()
    while part := connection.recv(_PART_BYTES):
        pending += part
        *whole, rest = pending.split(b"\n") if b"\n" in part else [pending]
        yield from map(bytes, whole)
        pending = bytearray(rest)
        if len(pending) > LONGEST_LINE:
            raise FrameError("a line without end")


def _nobody() -> None:
    """Wake nobody: the first arrivals are waited for."""
