"""The reference of a case: short, made without a network, safe to read aloud and to type.

Responsible for: making a reference from a terminal's prefix and its counter, and reading one that was typed.
Not responsible for: counting (`kiosk.store`), or finding the case.

A reference is ``K7-3042-X``: two characters of the terminal, the counter in digits, one check character.
The check character is that of ISO/IEC 7064 MOD 37-2, which finds every single wrong character and every
swap of two characters. The letters I, L, O and U are never used; a counter whose check character would be
one of them, or ``*``, is passed over, so the standard is kept to the letter.
"""

import re
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_LETTER, _ANY = "[A-HJKMNP-TV-Z]", "[0-9A-HJKMNP-TV-Z]"
_PREFIX = re.compile(f"{_LETTER}{_ANY}")
_COMPACT = re.compile(rf"({_LETTER}{_ANY})([0-9]{{4}}|[1-9][0-9]{{4,8}})({_ANY})")
_LONGEST = 40


def prefix_is_usable(prefix: str) -> bool:
    """Say whether a text can be a terminal's prefix: a letter, then a letter or digit, none ambiguous."""
    return _PREFIX.fullmatch(prefix) is not None


def check_character(body: str) -> str:
    """Compute the ISO/IEC 7064 MOD 37-2 check character of a text of digits and capital letters."""
    product = 0
    for character in body:
        product = (product + _VALUES.index(character)) * 2 % 37
    return _VALUES[(1 - product) % 37]


def next_reference(prefix: str, after: int) -> tuple[int, str]:
    """Return the first usable counter above `after`, and its reference.

    Raises:
        ValueError: the prefix cannot be used.
    """
    if not prefix_is_usable(prefix):
        raise ValueError("a terminal's prefix is a letter, then a letter or digit; never I, L, O or U")
    counter = after + 1
    while (check := check_character(f"{prefix}{counter:04d}")) not in ALPHABET:
        counter += 1
    return counter, _grouped(prefix, f"{counter:04d}", check)


def parse(text: str) -> str | None:
    """Read a typed reference; return it as it is printed, or None when it is not a reference.

    Case, spaces, hyphens and the look-alikes O, I and L are forgiven; a wrong check character is not.
    """
    found = _COMPACT.fullmatch(_compact(text))
    if found is None:
        return None
    prefix, digits, check = found.groups()
    return _grouped(prefix, digits, check) if check_character(prefix + digits) == check else None


def _compact(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    kept = (c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf"})
    return "".join(kept).translate(_LOOKALIKES)


def _grouped(prefix: str, digits: str, check: str) -> str:
    if len(digits) == 4:  # noqa: PLR2004 - four digits are read in one breath
        return f"{prefix}-{digits}-{check}"
    groups = f"{int(digits):,}".replace(",", "-")
    return f"{prefix}-{groups}-{check}"
