"""References of appointments, in the form that terminals print and check: ``AP-482913-X``.

Responsible for: making one with its check character, ISO/IEC 7064 MOD 37-2.
Not responsible for: that nobody has it yet, which the table holds. AP and OR (requests of
other systems) are no terminal's prefixes.
"""

import re
from collections.abc import Callable

PREFIX = "AP"
DIGITS = 6
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_AMBIGUOUS = "ILOU*"
_LIKE = re.compile(r"[A-Za-z0-9]{1,6}-[A-Za-z0-9-]{3,30}")


def check_character(body: str) -> str:
    """Compute the check character of digits and capital letters."""
    product = 0
    for sign in body:
        product = (product + _VALUES.index(sign)) * 2 % 37
    return _VALUES[(1 - product) % 37]


def looks_like(words: str) -> bool:
    """Say whether words have the form of a reference, also of a terminal's own."""
    return _LIKE.fullmatch(words) is not None


def make(random_bytes: Callable[[int], bytes], prefix: str = PREFIX) -> str:
    """Make a reference; numbers whose check character could be misread are passed over."""
    while True:
        number = 10 ** (DIGITS - 1) + int.from_bytes(random_bytes(8)) % (9 * 10 ** (DIGITS - 1))
        check = check_character(f"{prefix}{number}")
        if check not in _AMBIGUOUS:
            return f"{prefix}-{number}-{check}"
