"""Lines out of bytes that come split anywhere.

Responsible for: collecting to CR, LF or both, never more than a cap, and wiping what was collected.
Not responsible for: what a line says (the codecs).

The buffer is made once in its full size and overwritten after each line: one that grew would leave copies of
what it held in memory that nobody can wipe any more.
"""

import re
from collections.abc import Iterator
from typing import Final

from devices.readers.codec import Octets

FLOW: Final = frozenset(b"\x11\x13")
"""XON and XOFF are the line's own and may stand anywhere; they are no part of what was read."""
MARKS: Final = re.compile(rb"[\r\n\x11\x13]")


class LineCollector:
    """Collect one line at a time in a buffer that is overwritten afterwards.

    Args:
        longest: bytes kept of a line; the rest of a longer one is dropped, and it is told as too long.
    """

    def __init__(self, longest: int) -> None:
        self._buffer = memoryview(bytearray(longest))
        self._length = 0
        self._is_too_long = False

    def feed(self, received: Octets) -> Iterator[tuple[memoryview, bool]]:
        """Yield each line that is complete, and whether it was too long; wiped when the next is asked for."""
        came, start = memoryview(received), 0
        for mark in MARKS.finditer(came):
            self._add(came[start : mark.start()])
            if came[mark.start()] not in FLOW:
                yield from self.flush()
            start = mark.end()
        self._add(came[start:])

    def flush(self) -> Iterator[tuple[memoryview, bool]]:
        """Yield what has come so far as if it had ended here; nothing if nothing has."""
        if self._length:
            try:
                yield self._buffer[: self._length], self._is_too_long
            finally:
                self._wipe()

    def _add(self, piece: memoryview) -> None:
        count = min(len(piece), len(self._buffer) - self._length)
        self._buffer[self._length : self._length + count] = piece[:count]
        self._length += count
        self._is_too_long |= len(piece) > count

    def _wipe(self) -> None:
        self._buffer[: self._length] = bytes(self._length)
        self._length = 0
        self._is_too_long = False
