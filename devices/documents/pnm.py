"""The picture that scanimage sends: eight bits of grey, or of each of three colours.

Responsible for: believing nothing that is not whole, and of the very size that it says.
Not responsible for: making a page of it (`page`).
"""

import re
from dataclasses import dataclass, field
from typing import Final

_HEAD: Final = re.compile(rb"P([56])\s(?:#[^\n]{0,200}\n|\s)*(\d{1,5})\s+(\d{1,5})\s+255\s")
_LONGEST_HEAD: Final = 1024
_CHANNELS: Final = {b"5": 1, b"6": 3}


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture as rows of bytes from the top; one byte a pixel is grey, three are red, green and blue."""

    width: int
    height: int
    channels: int
    rows: memoryview = field(repr=False)


class NotAPicture(ValueError):
    """What came is no picture; `is_short` where it began as one and broke off."""

    def __init__(self, *, is_short: bool) -> None:
        super().__init__("not a whole picture")
        self.is_short = is_short


def raster_of(sent: bytes | bytearray) -> Raster:
    """Read a picture.

    Raises:
        NotAPicture: it is none, or not all of it.
    """
    head = _HEAD.match(bytes(sent[:_LONGEST_HEAD]))
    if head is None:
        raise NotAPicture(is_short=not sent)
    channels, width, height = _CHANNELS[head[1]], int(head[2]), int(head[3])
    wanted, there = width * height * channels, len(sent) - head.end()
    if not wanted or there != wanted:
        raise NotAPicture(is_short=0 <= there < wanted)
    return Raster(width, height, channels, memoryview(sent)[head.end() :])
