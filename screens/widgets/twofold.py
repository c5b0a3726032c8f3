"""A text and its English under it, set as one picture: for two people who read two languages.

Responsible for: measuring and drawing both, each in its own style.
Not responsible for: which texts have two languages (`kiosk.core.companion`), or where they stand.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from kiosk.core.companion import parts
from kiosk.typeset import Measure, Picture, TextStyle, Typesetter
from kiosk.typeset.wording import shapeable

_GAP = 0.16
"""Between the two, in heights of a line."""

_BETWEEN_WORDS: Final = re.compile(r"[^\S\u00a0\u202f]+|(?<=[\w-]{3}-)(?=[^\W\d_]{4})")
"""Spaces that break, and after a hyphen in a long word: ``dib-u-`` is read on a line of its own."""


@dataclass(frozen=True, slots=True)
class Twofold:
    """One text in its style, and the other in its own; the other is empty where there is only one."""

    typesetter: Typesetter
    style: TextStyle
    english: TextStyle

    def measure(self, text: str, width: int | None = None) -> Measure:
        """Give the size of both together."""
        own, other = parts(text)
        one = self.typesetter.measure(own, self.style, width)
        if not other:
            return one
        two = self.typesetter.measure(other, self.english, width)
        height = one.height_px + self._gap() + two.height_px
        return Measure(max(one.width_px, two.width_px), height, one.line_count + two.line_count)

    def typeset(self, text: str, width: int, most_lines: int | None) -> Picture:
        """Draw both in one picture of exactly this width."""
        own, other = parts(text)
        if not other:
            return self.typesetter.typeset(own, self.style, width, most_lines)
        half = max(1, most_lines // 2) if most_lines else None
        one = self.typesetter.typeset(own, self.style, width, half)
        two = self.typesetter.typeset(other, self.english, width, half)
        blank = bytes(one.width_px * self._gap())
        return replace(
            one,
            height_px=one.height_px + self._gap() + two.height_px,
            coverage=one.coverage + blank + two.coverage,
            line_count=one.line_count + two.line_count,
            is_shortened=one.is_shortened or two.is_shortened,
        )

    def longest_word(self, text: str, counts: Callable[[str], bool]) -> int:
        """Say how wide the longest word is, of those that count."""
        widths = [
            self.typesetter.measure(max(words, key=len), style).width_px
            for part, style in zip(parts(text), (self.style, self.english), strict=True)
            if (words := [word for word in _words(part, style) if counts(word)])
        ]
        return max(widths, default=0)

    def _gap(self) -> int:
        return int(self.style.size_px * _GAP)


def _words(text: str, style: TextStyle) -> list[str]:
    """List what lines are broken between: a date or a number is one word, however many spaces it has."""
    return [word for word in _BETWEEN_WORDS.split(shapeable(text, style.language)) if word]
