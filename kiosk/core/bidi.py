"""Keep numbers, money, phones, e-mail and postcodes whole inside right-to-left text.

Responsible for: the isolating marks of the Unicode Bidirectional Algorithm (UAX #9, section 2.7).
Not responsible for: what is isolated (the formatter decides), ordering or shaping (`kiosk.typeset`).
"""

import re
from typing import Final

ISOLATE: Final = "\u2066"
FIRST_STRONG_ISOLATE: Final = "\u2068"
POP: Final = "\u2069"

_DIRECTION_MARKS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def isolate(text: str) -> str:
    """Wrap a left-to-right piece so that its neighbours cannot reorder it.

    Marks of direction already inside are dropped, so that nothing a visitor or a translator writes can reach
    out of the isolate. Empty text stays empty.
    """
    return f"{ISOLATE}{strip_isolates(text)}{POP}" if text else ""


def isolate_words(text: str) -> str:
    """Wrap a name or a phrase so that its own first letter decides its direction, and nothing leaks."""
    return f"{FIRST_STRONG_ISOLATE}{strip_isolates(text)}{POP}" if text else ""


def strip_isolates(text: str) -> str:
    """Take every mark of direction out again, for devices, speech and comparisons that do not know them."""
    return _DIRECTION_MARKS.sub("", text)
