"""Wiegand badges through a converter to a serial line, 26 or 34 bits.

Responsible for: the two ways in which converters write the bits of a badge as a line (as 0 and 1, or as
hexadecimal digits), and both parity bits.
Not responsible for: converters that keep the parity to themselves; those are readers of the kind
``uid-line``. Two parity bits find every single wrong bit, and half of all worse errors.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Octets, Reading
from devices.readers.lines import LineCollector

LONGEST: Final = 64
WIDTHS: Final = (26, 34)


@dataclass(frozen=True, slots=True)
class WiegandProfile:
    """How one sort of converter writes a badge.

    Attributes:
        alphabet: the digits it uses.
        base: 2 or 16.
        widths: how many bits there are when so many digits have come.
    """

    alphabet: frozenset[int]
    base: int
    widths: Mapping[int, int]


AS_BITS: Final = WiegandProfile(frozenset(b"01"), 2, {width: width for width in WIDTHS})
AS_HEX: Final = WiegandProfile(frozenset(b"0123456789ABCDEFabcdef"), 16, {7: 26, 9: 34})


class WiegandCodec:
    """Turn the lines of a converter into badge numbers.

    Args:
        profile: how the converter writes.
    """

    def __init__(self, profile: WiegandProfile) -> None:
        self._profile = profile
        self._lines = LineCollector(LONGEST)

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes and return each badge that they complete."""
        return [
            BadFrame() if is_too_long else self._badge(line)
            for line, is_too_long in self._lines.feed(received)
        ]

    def quiet(self) -> list[Reading]:
        """Give up half a line."""
        return [BadFrame(Fault.TRUNCATED) for _ in self._lines.flush()]

    def _badge(self, line: memoryview) -> Reading:
        width = self._profile.widths.get(len(line))
        if width is None or not self._profile.alphabet.issuperset(line):
            return BadFrame()
        return _checked(int(str(line, "ascii"), self._profile.base), width)


def _checked(bits: int, width: int) -> Reading:
    """Check the first half for even parity, the second for odd, and return what is between them."""
    half = width // 2
    upper, lower = bits >> half, bits & ((1 << half) - 1)
    if bits >> width or upper.bit_count() % 2 != 0 or lower.bit_count() % 2 != 1:
        return BadFrame()
    inside = (bits >> 1) & ((1 << (width - 2)) - 1)
    return CardNumber(f"{inside:0{(width - 2) // 4}X}")
