"""In which language a visitor wrote a passage, as far as that can be told.

Responsible for: what pages tell a program that reads screens, so that it takes the right voice (WCAG 3.1.2).
Not responsible for: what the passage says. No guess is kept, or sent to anybody.

A visit says which language was chosen, not which was written: many people choose Polish and write English.
Only a passage whose letters agree with the visit is marked; any other is left as the page is.
"""

import re
import unicodedata
from collections import Counter
from typing import Final

_SCRIPTS: Final = {
    "pa": "GURMUKHI",
    "ur": "ARABIC",
    "ar": "ARABIC",
    "bn": "BENGALI",
    "gu": "GUJARATI",
    "uk": "CYRILLIC",
    "zh": "CJK",
}
_LATIN: Final = "LATIN"
_ENGLISH: Final = frozenset(
    (
        "the",
        "and",
        "were",
        "have",
        "with",
        "this",
        "that",
        "not",
        "they",
        "there",
        "been",
        "from",
        "would",
        "please",
    )
)
"""Small words of English that no other language offered has."""
_FEWEST_WORDS: Final = 3
"""Words of small letters that make a sentence; names, addresses and identifiers of options have fewer."""


def language_of(text: str, chosen: str) -> str:
    """Return the language of a passage, or an empty string where it is English or cannot be told. Pure.

    Args:
        text: what a visitor wrote.
        chosen: code of the language the visit was in.
    """
    if chosen in {"", "en"} or _script(text) != _SCRIPTS.get(chosen, _LATIN):
        return ""
    if chosen in _SCRIPTS:
        return chosen
    words = re.findall(r"[^\W\d_]+", text)
    small = [word for word in words if word.islower()]
    is_sentence = len(small) >= _FEWEST_WORDS and " " in text.strip()
    return chosen if is_sentence and _ENGLISH.isdisjoint(small) else ""


def _script(text: str) -> str:
    """Return the script of most letters, as Unicode names it."""
    names = Counter(unicodedata.name(sign, "").partition(" ")[0] for sign in text if sign.isalpha())
    return names.most_common(1)[0][0] if names else ""
