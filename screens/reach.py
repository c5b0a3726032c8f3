"""What an arm reaches, and how buttons share a line: arithmetic of the frame.

Responsible for: the height and the side that reach mode keeps to, and lines of equal buttons.
Not responsible for: pixels in a millimetre (`screens.theme`), or placing anything.
"""

from typing import Final

from kiosk.core.access import CAP_MM, Reach, TextSize
from kiosk.core.glass_lines import Panel
from kiosk.core.look import Look

ARM_MM: Final = 240.0
"""From the lower edge: the lower half of an upright 21.5 inch panel, all of one that lies on its side."""
SIDE_SHARE: Final = 0.62
NARROWEST_SIDE_MM: Final = 158.0
"""Ten keys of 12.7 mm with their gaps."""
LEAST_SHARE: Final = 0.68
"""Of the letters asked for, where nobody reaches high."""
LEAST_MM: Final = 6.35
"""The third range of VVSG 2.0, 6.4 as rounded: larger letters may fall back to it where there is no room."""
_LETTERS: Final = 10.0
_LETTERS_OF_A_PHRASE: Final = 16.0
_WIDTH_OF_A_LETTER: Final = 0.84
"""Of a bold letter on average, in heights of capitals."""


_TWO_LINES: Final = 3.78
_THREE_LINES: Final = 5.93
_LINE_BELOW: Final = 2.3
"""Lines of strong Latin text, in heights of capitals; the last with the room above it."""
_TALL_LINE: Final = 2.5
"""In heights of capitals: lines of Arabic are 2.9 apart, of Urdu 3.5."""


def least_share(look: Look) -> float:
    """Say down to what share of the letters asked for a screen is still good (decision 58)."""
    return LEAST_SHARE if look.reach is not Reach.WHOLE else min(1.0, LEAST_MM / look.cap_height_mm)


def side(reach: Reach, width: int, narrowest: int) -> tuple[int, int]:
    """Give begin and width of the part of a width that one arm reaches."""
    if reach not in {Reach.LOW_LEFT, Reach.LOW_RIGHT}:
        return 0, width
    narrow = min(width, max(int(width * SIDE_SHARE), narrowest))
    return (0 if reach is Reach.LOW_LEFT else width - narrow), narrow


def one_sided(look: Look) -> bool:
    """Say whether what is touched stands at one side."""
    return look.reach in {Reach.LOW_LEFT, Reach.LOW_RIGHT}


def narrow(look: Look) -> bool:
    """Say whether large words have one side only."""
    return one_sided(look) and look.cap_height_mm > CAP_MM[TextSize.USUAL]


def crowded(look: Look, panel: Panel) -> bool:
    """Say whether one side has no room for signs beside large words; of a wide panel beside the largest."""
    is_upright = panel.width_mm < panel.height_mm
    return narrow(look) and (is_upright or look.cap_height_mm > CAP_MM[TextSize.LARGE])


def longest_word_mm(cap_mm: float, *, phrase: bool) -> float:
    """Say how wide the longest usual word of a button is, or all its words on one line."""
    return cap_mm * (_LETTERS_OF_A_PHRASE if phrase else _LETTERS) * _WIDTH_OF_A_LETTER


def frame_words_mm(cap_mm: float, line_mm: float, *, phrase: bool) -> float:
    """Say how tall the words of a button of the frame are: two Latin lines, or one that is taller.

    Args:
        cap_mm: height of capitals.
        line_mm: from line to line.
        phrase: another language stands under it.
    """
    if line_mm < _TALL_LINE * cap_mm:
        return cap_mm * (_THREE_LINES if phrase else _TWO_LINES)
    return line_mm + (_LINE_BELOW * CAP_MM[TextSize.USUAL] if phrase else 0.0)


def evenly(width: int, count: int, least: int, gap: int) -> int:
    """Say how many of so many buttons stand in a line, none narrower than `least`, lines equally full."""
    fitting = max(1, (width + gap) // (least + gap))
    lines = -(-count // fitting)
    return -(-count // lines)
