"""Views that nobody sees: drawn once in a hidden spare, so that the first real one is quick.

Responsible for: invented views that need most of what the glass can draw.
Not responsible for: when they are drawn (`screens.app`).
"""

from collections.abc import Iterator

from kiosk.core.touches import Continued, GroupChosen, LanguageChosen, Left
from kiosk.core.views import (
    Button,
    Direction,
    Field,
    Fields,
    Frame,
    KeyWords,
    Menu,
    Question,
    Tile,
    View,
    Welcome,
)


def warm_views(language: str) -> Iterator[View]:
    """Give a few views, the commonest last."""
    forward = Button("Aa", Continued(""))
    entry = Fields((Field("", "Aa", "Aa"),), KeyWords(*["Aa"] * 7))
    yield View(_frame(language), Question("", "Aa", entry, forward))
    yield View(_frame(language), Menu("Aa", (Tile("Aa", GroupChosen(""), "Aa"),)))
    yield View(_frame(language), Welcome("Aa", "Aa", (Button("Aa", LanguageChosen(language)),)))


def _frame(language: str) -> Frame:
    back, leave = Button("Aa", Continued("")), Button("Aa", Left())
    return Frame(language, Direction.LTR, "Aa", "Aa", back=back, leave=leave, access=leave)
