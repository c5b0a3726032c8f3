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

_WORD: Final = "[£€+(]*[A-Za-z0-9](?:[!-z|~£€]*[A-Za-z0-9%)])?"
_ISOLATED_OR_FIGURE: Final = re.compile(
    f"[\u2066-\u2068][^\u2066-\u2069]*\u2069|{{[a-z_]+}}|(?P<figure>{_WORD}(?: {_WORD})*)"
)


def isolate(text: str) -> str:
    """Wrap a left-to-right piece so that its neighbours cannot reorder it.

    Marks of direction already inside are dropped, so that nothing a visitor or a translator writes can reach
    out of the isolate. Empty text stays empty.
    """
    return f"{ISOLATE}{strip_isolates(text)}{POP}" if text else ""


def isolate_words(text: str) -> str:
    """Wrap a name or a phrase so that its own first letter decides its direction, and nothing leaks."""
    return f"{FIRST_STRONG_ISOLATE}{strip_isolates(text)}{POP}" if text else ""


def isolate_lines(text: str) -> str:
    """Wrap each line of what a visitor wrote, so that a house number stays before its street."""
    return "\n".join(map(isolate_words, text.split("\n")))


def strip_isolates(text: str) -> str:
    """Take every mark of direction out again, for devices, speech and comparisons that do not know them."""
    return _DIRECTION_MARKS.sub("", text)


def isolate_english(text: str) -> str:
    """Wrap a whole English sentence, so that its full stop stays at its end; isolates inside stay."""
    return f"{ISOLATE}{text}{POP}"


def isolate_figures(text: str) -> str:
    """Wrap every number, amount, phone, e-mail and postcode that stands bare in a right-to-left sentence.

    So a translator writes "0300 123 4567" as it is, and places in braces and what is isolated already stay.
    """
    return _ISOLATED_OR_FIGURE.sub(_wrapped, text)


def _wrapped(found: re.Match[str]) -> str:
    figure = found["figure"]
    if not figure or not any(character.isdigit() or character == "@" for character in figure):
        return found[0]
    return isolate(figure)
