"""Lines out of bytes that come split anywhere.

Responsible for: collecting to CR, LF or both, never more than a cap, and wiping what was collected.
Not responsible for: what a line says (the codecs).
"""

import re
from collections.abc import Iterator
from typing import Final

ENDS: Final = re.compile(rb"[\r\n]")


class LineCollector:
    """Collect one line at a time in a buffer that is overwritten afterwards.

    Args:
        longest: bytes kept of a line; the rest of a longer one is dropped, and it is told as too long.
    """

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._line = bytearray()
        self._is_too_long = False

    def feed(self, received: bytes) -> Iterator[tuple[bytearray, bool]]:
        """Yield each line that is complete, and whether it was too long; wiped when the next is asked for."""
        *ended, rest = ENDS.split(received)
        for piece in ended:
            self._add(piece)
            yield from self.flush()
        self._add(rest)

    def flush(self) -> Iterator[tuple[bytearray, bool]]:
        """Yield what has come so far as if it had ended here; nothing if nothing has."""
        if self._line:
            try:
                yield self._line, self._is_too_long
            finally:
                self._wipe()

    def _add(self, piece: bytes) -> None:
        room = self._longest - len(self._line)
        self._line += piece[:room]
        self._is_too_long |= len(piece) > room

    def _wipe(self) -> None:
        self._line[:] = bytes(len(self._line))
        self._line.clear()
        self._is_too_long = False
