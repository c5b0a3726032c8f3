"""2D scanners on a serial line or as a USB serial port: letters, bookings, codes on a telephone.

Responsible for: one code a line, ended by CR, LF or both; the AIM prefix (``]Q1``, ``]d2``, ``]C1`` …) taken
off; a cap of 4 KB; text that is not printable refused; what stops without an end told as truncated; payment
cards recognised in the buffer, before any text is made of them.
Not responsible for: what a code is good for. A code is text from a stranger: nothing in it is ever opened.
"""

import re
from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Octets, Reading
from devices.readers.lines import LineCollector
from devices.readers.refusal import is_payment_card

LONGEST: Final = 4096
AIM_PREFIX: Final = re.compile(rb"\A\][A-Za-z][0-9A-Za-z]")


class ScannerCodec:
    """Turn the lines of a scanner into codes."""

    def __init__(self) -> None:
        self._lines = LineCollector(LONGEST)

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes and return each code that they complete."""
        return [_code(line, is_too_long) for line, is_too_long in self._lines.feed(received)]

    def quiet(self) -> list[Reading]:
        """Give up half a code."""
        return [BadFrame(Fault.TRUNCATED) for _ in self._lines.flush()]


def _code(line: memoryview, is_too_long: bool) -> Reading:  # noqa: FBT001 - says what the collector saw
    if is_too_long:
        return BadFrame(Fault.TRUNCATED)
    prefix = AIM_PREFIX.match(line)
    line = line[prefix.end() :] if prefix else line
    if is_payment_card(line):
        return BadFrame(Fault.PAYMENT_CARD)
    try:
        text = str(line, "utf-8")
    except UnicodeDecodeError:
        return BadFrame()
    return CardNumber(text) if text.strip() and text.isprintable() else BadFrame()
