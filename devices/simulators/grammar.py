"""Splits what a simulated receipt printer has received into commands.

Responsible for: knowing how long each command is, and waiting when one is not complete yet.
Not responsible for: what a command does (`interpreter`); `realtime` has picked its own out before.
Written from the printers' reference pages, not from the driver: the two must not be able to share a mistake.
"""

from dataclasses import dataclass
from typing import Final

ESC: Final = 0x1B
GS: Final = 0x1D
FS: Final = 0x1C
FIRST_PRINTABLE: Final = 0x20
LONGEST_TEXT: Final = 256

# How many bytes follow the two that name the command.
_FIXED: Final = {
    b"\x1b@": 0, b"\x1b!": 1, b"\x1b-": 1, b"\x1bE": 1, b"\x1bG": 1, b"\x1bM": 1, b"\x1bR": 1, b"\x1bV": 1,
    b"\x1bJ": 1, b"\x1bd": 1, b"\x1b2": 0, b"\x1b3": 1, b"\x1ba": 1, b"\x1bt": 1, b"\x1b{": 1, b"\x1b ": 1,
    b"\x1bp": 3, b"\x1b$": 2, b"\x1b\\": 2, b"\x1b=": 1, b"\x1bc": 2, b"\x1bi": 0, b"\x1bm": 0, b"\x1bU": 1,
    b"\x1d!": 1, b"\x1dB": 1, b"\x1da": 1, b"\x1dr": 1, b"\x1dI": 1, b"\x1dL": 2, b"\x1dW": 2, b"\x1dP": 2,
    b"\x1dh": 1, b"\x1dw": 1, b"\x1dH": 1, b"\x1df": 1, b"\x1db": 1, b"\x1c.": 0, b"\x1c&": 0,
}  # fmt: skip
_WITH_LENGTH: Final = (b"\x1d(", b"\x1b(", b"\x1c(")
_CUT: Final = b"\x1dV"
_RASTER: Final = b"\x1dv"
_LEGACY_CUTS: Final = (0, 1, 48, 49)


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name (two bytes, one control byte, or empty for text) and what belongs to it."""

    name: bytes
    rest: bytes = b""


def take(buffer: bytes) -> tuple[Command, bytes] | None:
    """Take the first command off a buffer; None when more bytes must come first."""
    if not buffer:
        return None
    first = buffer[0]
    if first >= FIRST_PRINTABLE:
        return _text(buffer)
    if first not in (ESC, GS, FS):
        return Command(buffer[:1]), buffer[1:]
    length = _length(buffer)
    if length is None or len(buffer) < length:
        return None
    return Command(buffer[:2], buffer[2:length]), buffer[length:]


def _text(buffer: bytes) -> tuple[Command, bytes]:
    end = next((place for place, byte in enumerate(buffer) if byte < FIRST_PRINTABLE), len(buffer))
    end = min(end, LONGEST_TEXT)
    return Command(b"", buffer[:end]), buffer[end:]


def _length(buffer: bytes) -> int | None:
    """How long the command at the front is as a whole; None while that cannot be known."""
    name = buffer[:2]
    if name in _FIXED:
        return 2 + _FIXED[name]
    if name in _WITH_LENGTH:
        return None if len(buffer) < 5 else 5 + buffer[3] + 256 * buffer[4]  # noqa: PLR2004 - after the name
    if name == _CUT:
        return None if len(buffer) < 3 else (3 if buffer[2] in _LEGACY_CUTS else 4)  # noqa: PLR2004 - same
    if name == _RASTER:
        return _raster_length(buffer)
    return 2


def _raster_length(buffer: bytes) -> int | None:
    header = 8
    if len(buffer) < header:
        return None
    across = buffer[4] + 256 * buffer[5]
    down = buffer[6] + 256 * buffer[7]
    return header + across * down
