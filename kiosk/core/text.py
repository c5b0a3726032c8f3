"""What people type, made safe to keep, and recognised where it must not be kept.

Responsible for: cleaning any text whatever; spotting payment card numbers.
Not responsible for: what a step makes of a text.
"""

import re
import unicodedata

_LONG_RUN = re.compile(r"(?:\d[ -]?){12,18}\d")


def clean(text: str, *, lines: bool = False) -> str:
    """Return the text composed (NFC), trimmed, without control characters and lone surrogates.

    Args:
        text: anything.
        lines: keep line breaks.
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    broken = whole.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c if _printable(c) else ("\n" if c == "\n" and lines else " ") for c in broken)
    composed = unicodedata.normalize("NFC", "".join(kept))
    return "\n".join(" ".join(line.split()) for line in composed.split("\n")).strip()


def _printable(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")


def holds_card_number(text: str) -> bool:
    """Say whether 13 to 19 digits in the text could be a payment card's (Luhn, ISO/IEC 7812-1 annex B)."""
    return any(_luhn(re.sub(r"\D", "", run.group())) for run in _LONG_RUN.finditer(text))


def _luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += sum(divmod(value, 10))
    return total % 10 == 0
