"""A picture of a slip as it would lie on a desk.

Responsible for: white paper with margins, a toothed edge where it was cut, a soft shadow.
Not responsible for: what is printed on it (`slip`).
"""

from typing import Final

from PIL import Image, ImageDraw, ImageFilter

from devices.simulators.slip import Slip

DOTS_PER_MM: Final = 8
SIDE_MARGIN: Final = 4 * DOTS_PER_MM
TOP_MARGIN: Final = 5 * DOTS_PER_MM
DESK_MARGIN: Final = 36
TOOTH: Final = 6
DESK: Final = (214, 217, 221)
PAPER: Final = (252, 251, 248)
INK: Final = (29, 29, 33)
SHADOW: Final = (120, 124, 130)


def photograph(slip: Slip) -> Image.Image:
    """Make the picture, one pixel for each dot of the printer."""
    ink = slip.dots()
    width = slip.width + 2 * SIDE_MARGIN
    height = slip.height + TOP_MARGIN
    size = (width + 2 * DESK_MARGIN, height + 2 * DESK_MARGIN)
    outline = _outline(width, height, size)
    picture = Image.new("RGB", size, DESK)
    picture.paste(SHADOW, (0, 0), _shadow(outline))
    picture.paste(PAPER, (0, 0), outline)
    place = (DESK_MARGIN + SIDE_MARGIN, DESK_MARGIN + TOP_MARGIN)
    picture.paste(INK, place, ink)
    _tear(picture, slip, width)
    return picture


def _outline(width: int, height: int, size: tuple[int, int]) -> Image.Image:
    """Mask the paper: straight sides, small teeth at the top and the bottom as a cutter leaves them."""
    mask = Image.new("L", size, 0)
    left, right = DESK_MARGIN, DESK_MARGIN + width
    top, bottom = DESK_MARGIN, DESK_MARGIN + height
    steps = range(left, right + 1, TOOTH)
    upper = [(x, top + (TOOTH // 2 if index % 2 else 0)) for index, x in enumerate(steps)]
    lower = [(x, bottom - (TOOTH // 2 if index % 2 else 0)) for index, x in enumerate(steps)]
    ImageDraw.Draw(mask).polygon(
        [(left, top), *upper, (right, top), (right, bottom), *reversed(lower), (left, bottom)], fill=255
    )
    return mask


def _shadow(outline: Image.Image) -> Image.Image:
    moved = Image.new("L", outline.size, 0)
    moved.paste(outline, (5, 9))
    return moved.filter(ImageFilter.GaussianBlur(11))


def _tear(picture: Image.Image, slip: Slip, width: int) -> None:
    """Draw a gap of desk where one roll ended and the next began: the slip is in two pieces."""
    pen = ImageDraw.Draw(picture)
    for row in slip.joins:
        y = DESK_MARGIN + TOP_MARGIN + row
        zigzag = [(DESK_MARGIN + step, y + (5 if step // 8 % 2 else -5)) for step in range(0, width + 8, 8)]
        pen.line(zigzag, fill=DESK, width=6)
