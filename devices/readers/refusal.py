"""Numbers that the terminal must not hold: payment cards.

Responsible for: recognising a number that can be a payment card's.
Not responsible for: forgetting it; the caller drops what is refused and tells no digit of it.
"""

import re
from collections.abc import Iterator
from typing import Final

from devices.readers.codec import Octets

SHORTEST: Final = 13
LONGEST: Final = 19
ZERO: Final = ord("0")
NINE: Final = ord("9")
SPACE: Final = ord(" ")
GROUPED: Final = frozenset(b"0123456789 -")
TRACK: Final = re.compile(rb"%[Bb][0-9 ]{13,}|;[0-9]{13,19}=[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{3}")
"""How the tracks of a payment card begin, whether or not the number's check digit was read right."""


def looks_like_payment_card(digits: str) -> bool:
    """Whether a number has 13 to 19 decimal digits with a right check digit (ISO/IEC 7812-1, Luhn)."""
    if not digits.isdecimal() or not digits.isascii():
        return False
    return _is_payment_number([int(letter) for letter in digits])


def is_payment_card(line: Octets) -> bool:
    """Whether a line is a payment card's number and nothing else, grouped or not, or one of its tracks."""
    if is_track_of_payment_card(line):
        return True
    return GROUPED.issuperset(line) and _is_payment_number([byte - ZERO for byte in line if byte >= ZERO])


def is_track_of_payment_card(line: Octets) -> bool:
    """Whether a line holds how the track of a payment card begins."""
    return TRACK.search(line) is not None


def holds_payment_number(line: Octets) -> bool:
    """Whether any run of digits in a line, spaces inside it allowed, can be a payment card's number."""
    return any(_is_payment_number(run) for run in _runs(line))


def _runs(line: Octets) -> Iterator[list[int]]:
    run: list[int] = []
    for byte in line:
        if ZERO <= byte <= NINE:
            run.append(byte - ZERO)
        elif byte != SPACE:
            yield run
            run = []
    yield run


def _is_payment_number(digits: list[int]) -> bool:
    if not SHORTEST <= len(digits) <= LONGEST:
        return False
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = digit * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the two digits of a doubled one, added
    return total % 10 == 0
