"""Readers that send a card's number as a line of hexadecimal digits, as many serial 13.56 MHz readers do.

Responsible for: 8, 14 or 20 digits (chip numbers of 4, 7 and 10 bytes) or 10 (badges), ended by CR, LF or
both.
Not responsible for: chips that give another number each time; a 4-byte number beginning with 08 is refused
here because it is one of those and names nobody.
"""

from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Octets, Reading
from devices.readers.lines import LineCollector
from devices.readers.refusal import is_payment_card

LENGTHS: Final = (8, 10, 14, 20)
LONGEST: Final = 64
SHORT_CHIP: Final = 8
RANDOM_CHIP: Final = "08"
HEX: Final = frozenset("0123456789ABCDEF")


class UidLineCodec:
    """Collect a line at a time; a line that grows too long is dropped to its end."""

    def __init__(self) -> None:
        self._lines = LineCollector(LONGEST)

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes and return each line that they complete."""
        return [
            BadFrame() if is_too_long else _chip(line) for line, is_too_long in self._lines.feed(received)
        ]

    def quiet(self) -> list[Reading]:
        """Give up half a line."""
        return [BadFrame(Fault.TRUNCATED) for _ in self._lines.flush()]


def is_random(digits: str) -> bool:
    """Whether a chip makes up its number anew each time (four bytes, the first 08): it names nobody."""
    return len(digits) == SHORT_CHIP and digits.startswith(RANDOM_CHIP)


def _chip(line: memoryview) -> Reading:
    if is_payment_card(line):
        return BadFrame(Fault.PAYMENT_CARD)
    digits = str(line, "ascii", "replace").strip().replace(":", "").upper()
    if len(digits) not in LENGTHS or not HEX.issuperset(digits):
        return BadFrame()
    return BadFrame(Fault.RANDOM) if is_random(digits) else CardNumber(digits)
