"""Magnetic stripes over a serial line: library, leisure and membership cards.

Responsible for: tracks between their sentinels, with or without the check character (LRC) behind each;
mis-swipes; payment cards recognised in the buffer and wiped there, before any digit is copied.
Not responsible for: bytes that the system's own buffers held on the way; a terminal that must never meet a
payment card has no magnetic stripe reader.

The number of a card is the first field of track 2, and that of track 1 only if the card has no track 2.
"""

import re
from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Octets, Reading
from devices.readers.lines import LineCollector
from devices.readers.refusal import holds_payment_number, is_track_of_payment_card

LONGEST: Final = 256
SWIPE: Final = re.compile(
    rb"(?P<one>%(?P<first>[ -$&->@-_]{1,76})\?(?P<check_one>[ -_])?)?"
    rb"(?P<two>;(?P<second>[0-9:<=>A-Z]{1,37})\?(?P<check_two>[0-?])?)?"
    rb"(?P<three>[;+!#][0-9:<=>A-Z]{1,104}\?[0-?]?)?"
)
FIELD: Final = re.compile(rb"[^=^]*")
MISREAD: Final = b"E"
BASES: Final = {"one": 0x20, "two": 0x30}


class MagstripeCodec:
    """Turn swipes into card numbers."""

    def __init__(self) -> None:
        self._lines = LineCollector(LONGEST)

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes and return each swipe that they complete."""
        return [_swipe(line, is_too_long) for line, is_too_long in self._lines.feed(received)]

    def quiet(self) -> list[Reading]:
        """Take what has come as the whole swipe: some readers send no end of line."""
        return [_swipe(line, is_too_long) for line, is_too_long in self._lines.flush()]


def _swipe(line: memoryview, is_too_long: bool) -> Reading:  # noqa: FBT001 - says what the collector saw
    if holds_payment_number(line) or is_track_of_payment_card(line):
        return BadFrame(Fault.PAYMENT_CARD)
    tracks = SWIPE.fullmatch(line)
    if is_too_long or tracks is None or not (tracks["one"] or tracks["two"]):
        return BadFrame()
    if not _is_checked(tracks, "one") or not _is_checked(tracks, "two"):
        return BadFrame()
    track = tracks["second"] or tracks["first"]
    number = FIELD.match(track)
    if track == MISREAD or number is None or not number[0].strip():
        return BadFrame()
    return CardNumber(number[0].decode("ascii").strip())


def _is_checked(tracks: re.Match[bytes], name: str) -> bool:
    """Whether a track's check character is right, or was not sent."""
    track, check = tracks[name], tracks[f"check_{name}"]
    if not check:
        return True
    total = 0
    for character in track[:-1]:
        total ^= character - BASES[name]
    return bool(BASES[name] + total == check[0])
