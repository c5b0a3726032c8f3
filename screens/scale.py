"""The scale of type, and how densely things may stand.

Responsible for: proportions. Not responsible for: pixels or millimetres (`screens.theme`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Type(StrEnum):
    """What a text is, which decides its size and weight."""

    BODY = "body"
    STRONG = "strong"
    TITLE = "title"
    TITLE_TEXT = "title_text"
    HEADING = "heading"
    GREETING = "greeting"
    REFERENCE = "reference"
    NUMBER = "number"
    SMALL = "small"


SCALE: Final = {
    Type.BODY: 1.0,
    Type.STRONG: 1.0,
    Type.TITLE: 1.15,
    Type.TITLE_TEXT: 1.15,
    Type.HEADING: 1.6,
    Type.GREETING: 2.1,
    Type.REFERENCE: 1.7,
    Type.NUMBER: 5.0,
    Type.SMALL: 1.0,
}
"""Height of capitals, as a multiple of the body's; nothing is smaller than the body."""

BOLD: Final = frozenset(Type) - {Type.BODY, Type.TITLE_TEXT, Type.SMALL}
DISPLAY: Final = frozenset({Type.HEADING, Type.GREETING, Type.REFERENCE, Type.NUMBER})


@dataclass(frozen=True, slots=True)
class Density:
    """How much room things take, as multiples; the roomiest that fits is used.

    Attributes:
        text: of the height of all letters. display: of headings and numbers besides.
        space: of margins, paddings and gaps. target: of the height of what is touched.
    """

    text: float = 1.0
    display: float = 1.0
    space: float = 1.0
    target: float = 1.0


LADDER: Final = (
    Density(text=1.3, space=1.3, target=1.15),
    Density(text=1.15, space=1.15, target=1.1),
    Density(),
    Density(display=0.85, space=0.8),
    Density(display=0.75, space=0.6, target=0.9),
    Density(display=0.7, space=0.45, target=0.8),
    Density(display=0.65, space=0.3, target=0.64),
    Density(text=0.94, display=0.5, space=0.2, target=0.64),
    Density(text=0.92, display=0.7, space=0.4, target=0.7),
    Density(text=0.84, display=0.7, space=0.35, target=0.64),
    Density(text=0.76, display=0.7, space=0.3, target=0.64),
    Density(text=0.72, display=0.7, space=0.27, target=0.64),
    Density(text=0.68, display=0.7, space=0.25, target=0.64),
    Density(text=0.6, display=0.7, space=0.2, target=0.64),
    Density(text=0.5, display=0.7, space=0.2, target=0.64),
)
"""From roomy to tight. Down to the seventh every letter has at least the height asked for, down to the fourth
every target 20 mm; the last ones are for texts far longer than any we know."""

PLAIN: Final = LADDER[2]
