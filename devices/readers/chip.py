"""The number of a contactless chip, as PC/SC part 3 asks for it.

Responsible for: the question ``FF CA 00 00 00`` and what its answer says.
Not responsible for: contents of a card; a bus pass keeps those to itself, and this asks only for its number.
"""

from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Reading
from devices.readers.uid_line import is_random

ASK_NUMBER: Final = b"\xff\xca\x00\x00\x00"
SUCCESS: Final = b"\x90\x00"
LENGTHS: Final = (4, 7, 10)


def chip_number(answer: bytes) -> Reading:
    """Read a card's answer; a number that the chip makes up anew each time names nobody and is refused."""
    number, status = answer[:-2], answer[-2:]
    if status != SUCCESS or len(number) not in LENGTHS:
        return BadFrame()
    digits = number.hex().upper()
    return BadFrame(Fault.RANDOM) if is_random(digits) else CardNumber(digits)
