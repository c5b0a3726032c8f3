"""Picks real-time commands out of the stream the moment they arrive.

Responsible for: DLE EOT, DLE ENQ and DLE DC4, wherever they stand: printers obey them inside pictures too.
Not responsible for: answering them.
"""

from dataclasses import dataclass
from typing import Final

DLE: Final = 0x10
EOT: Final = 0x04
ENQ: Final = 0x05
DC4: Final = 0x14
_CLEAR: Final = 8


@dataclass(frozen=True, slots=True)
class RealTime:
    """A real-time command: its second byte, and its arguments."""

    verb: int
    rest: bytes


class RealTimeFilter:
    """Split a stream into data for the buffer and commands for now; keeps what may be half a command."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, came: bytes) -> list[bytes | RealTime]:
        """Return data and commands in the order in which they came."""
        stream = self._held + came
        self._held = b""
        found: list[bytes | RealTime] = []
        start = place = 0
        while (place := stream.find(DLE, place)) >= 0:
            length = _length(stream[place:])
            if length == 0:
                place += 1
                continue
            if place > start:
                found.append(stream[start:place])
            if length is None:
                self._held = stream[place:]
                return found
            found.append(RealTime(stream[place + 1], stream[place + 2 : place + length]))
            start = place = place + length
        if start < len(stream):
            found.append(stream[start:])
        return found


def _length(stream: bytes) -> int | None:
    """Length of the real-time command at the front: 0 when it is none, None when it cannot be told yet."""
    if len(stream) == 1:
        return None
    match stream[1]:
        case 0x04 | 0x05:
            needed = 3
        case 0x14:
            if len(stream) < 3:  # noqa: PLR2004 - the third byte names the function
                return None
            needed = 10 if stream[2] == _CLEAR else 5
        case _:
            return 0
    return needed if len(stream) >= needed else None
