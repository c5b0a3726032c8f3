"""How a text is to look, as a value.

Responsible for: size, weight, line height, alignment, language and direction.
Not responsible for: colour (the glass tints, the printer thresholds) or the fonts themselves (`faces`).
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

RIGHT_TO_LEFT_LANGUAGES: Final = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
_STRONG: Final = {"L": False, "R": True, "AL": True}


class Align(StrEnum):
    """Which edge lines keep to; start and end follow the direction of the text."""

    START = "start"
    CENTRE = "centre"
    END = "end"


class Direction(StrEnum):
    """Where the base direction of the paragraph comes from."""

    BY_LANGUAGE = "by-language"
    """The language's own: for every text that somebody wrote in that language."""
    BY_TEXT = "by-text"
    """The first letter that has a direction, else the language's: for what a visitor types."""
    LTR = "ltr"
    RTL = "rtl"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Everything that decides the shape of a text, colour apart.

    Args:
        size_px: the em in pixels; `Typesetter.size_for_cap_height` gives it from a height of capitals.
        bold: the bold files of the fonts.
        line_height: distance of baselines in em; scripts whose fonts need more (Urdu, Arabic) get more.
        align: which edge the lines keep to when a width is given.
        language: BCP 47 tag of the language the text is in (not of the visitor, if they differ).
        direction: where the base direction comes from.

    Raises:
        ValueError: a size or line height that is not positive, or a size over 1000 px.
    """

    size_px: float
    bold: bool = False
    line_height: float = 1.3
    align: Align = Align.START
    language: str = "en"
    direction: Direction = Direction.BY_LANGUAGE

    def __post_init__(self) -> None:
        if not 0 < self.size_px <= 1000:  # noqa: PLR2004 - larger than any panel
            raise ValueError(f"size_px must be over 0 and at most 1000, not {self.size_px}")
        if not 0 < self.line_height <= 10:  # noqa: PLR2004 - as above
            raise ValueError(f"line_height must be over 0 and at most 10, not {self.line_height}")


def is_right_to_left(text: str, style: TextStyle) -> bool:
    """Decide the base direction of a text."""
    match style.direction:
        case Direction.LTR:
            return False
        case Direction.RTL:
            return True
        case Direction.BY_LANGUAGE:
            return _language_is_right_to_left(style.language)
        case Direction.BY_TEXT:
            strong = (_STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in _STRONG)
            return next(strong, _language_is_right_to_left(style.language))


def _language_is_right_to_left(language: str) -> bool:
    return primary_language(language) in RIGHT_TO_LEFT_LANGUAGES


def primary_language(tag: str) -> str:
    """Give the language itself of a tag: ``zh`` of ``zh-Hans-CN`` or ``zh_CN``."""
    return tag.lower().replace("_", "-").split("-")[0]
