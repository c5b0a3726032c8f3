"""What is done to the characters of a text before it is shaped.

Responsible for: making any string safe to shape, keeping numbers whole over line ends and ellipses.
Not responsible for: shaping, or isolating numbers (the formatter does: `kiosk.core.bidi`).

Every change is one character for one character: an index into the text is an index into what is shown.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from kiosk.typeset.style import primary_language

_ELLIPSIS: Final = "…"
_SWALLOWED: Final = " \t\r\n\u00a0\u2004\u2028\u2029.,:;…،؛۔。，、；："
_NO_BREAK_SPACE: Final = "\u00a0"
_NUMBER_SPACES: Final = (" ", _NO_BREAK_SPACE, "\u202f")
_REPLACEMENT: Final = "\ufffd"

# Lone surrogates cannot be written in UTF-8 and NUL ends a C string; the other controls have no picture.
_UNSHAPEABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_ISOLATED: Final = re.compile("[\u2066-\u2068][^\u2066-\u2069\n]*\u2069")
_NUMBER_CHARACTERS: Final = re.compile(r"[!-~£€\d]+")
_LONGEST_NUMBER: Final = 32

# The space of the Nastaliq font is half a Latin one (0.13 em), made for words whose strokes hang over one
# another; beside a number or a Latin word it cannot be seen. There it becomes a third of an em, which still
# lets lines break.
_NASTALIQ_LANGUAGES: Final = frozenset({"ur"})
_THIRD_OF_AN_EM: Final = "\u2004"
_SPACE_AT_LATIN: Final = re.compile(
    "(?<=[\u0600-\u06ff]) (?=[\u2066-\u2068]?[!-~£€])|(?<=[!-~£€\u2069]) (?=[\u0600-\u06ff])"
)

Span = tuple[int, int]


def shapeable(text: str, language: str) -> str:
    """Replace what no engine can draw by the replacement character, and keep isolated numbers on one line."""
    shown = _ISOLATED.sub(_without_breaks, _UNSHAPEABLE.sub(_REPLACEMENT, text))
    if primary_language(language) in _NASTALIQ_LANGUAGES:
        return _SPACE_AT_LATIN.sub(_THIRD_OF_AN_EM, shown)
    return shown


def _without_breaks(isolated: re.Match[str]) -> str:
    found = isolated[0]
    is_number = len(found) <= _LONGEST_NUMBER and any(character.isdigit() for character in found)
    return found.replace(" ", _NO_BREAK_SPACE) if is_number else found


def unbroken_spans(text: str) -> list[Span]:
    """List the stretches an ellipsis must not cut: isolates, and words with digits with what belongs to them.

    Neighbouring number words ("0300 123 4567") are one stretch. Spans are sorted and do not overlap.
    """
    numbers = [found.span() for found in _NUMBER_CHARACTERS.finditer(text) if any(map(str.isdigit, found[0]))]
    isolates = [found.span() for found in _ISOLATED.finditer(text)]
    return _joined(text, sorted(numbers + isolates))


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, end in spans:
        if joined and text[joined[-1][1] : start] in {"", *_NUMBER_SPACES}:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def shortened(text: str, end: int) -> str:
    """Give the beginning of a text with an ellipsis, which swallows spaces and stops before it."""
    return text[:end].rstrip(_SWALLOWED) + _ELLIPSIS


def cuts(text: str, stops: Iterable[int]) -> list[int]:
    """Choose from the caret stops those where the text may be cut for an ellipsis, in ascending order."""
    spans = unbroken_spans(text)
    starts = [start for start, _ in spans]

    def is_open(stop: int) -> bool:
        at = bisect_right(starts, stop) - 1
        return at < 0 or not spans[at][0] < stop < spans[at][1]

    return [stop for stop in stops if is_open(stop)]
