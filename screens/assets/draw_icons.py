"""Draw the icons: `python -m screens.assets.draw_icons` writes screens/assets/icons/*.png.

Responsible for: our own drawings, on a grid of 24 by 24, one stroke wide, with round ends.
Not responsible for: when an icon is shown. Terminals never run this; the files are kept.
"""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

FOLDER: Final = Path(__file__).parent / "icons"
GRID: Final = 24
SIDE_PX: Final = 256
SMALLER_PX: Final = (128, 64)
"""Each drawing also in these sizes, so that none is drawn at less than half of its own: smaller copies made
while the glass starts (mipmaps) would cost a third of its start."""

FINER: Final = 4
STROKE: Final = 1.9

Point = tuple[float, float]


class Pen:
    """Draw on the grid with one stroke."""

    def __init__(self) -> None:
        self._scale = SIDE_PX * FINER / GRID
        self._image = Image.new("L", (SIDE_PX * FINER, SIDE_PX * FINER), 0)
        self._draw = ImageDraw.Draw(self._image)

    def line(self, *points: Point, stroke: float = STROKE, fill: int = 255) -> None:
        """Draw a line through points."""
        scaled = [(x * self._scale, y * self._scale) for x, y in points]
        self._draw.line(scaled, fill=fill, width=round(stroke * self._scale), joint="curve")
        for x, y in points:
            self.dot((x, y), stroke / 2, fill=fill)

    def dot(self, centre: Point, radius: float, fill: int = 255) -> None:
        """Fill a circle."""
        x, y = centre
        box = [(x - radius) * self._scale, (y - radius) * self._scale]
        box += [(x + radius) * self._scale, (y + radius) * self._scale]
        self._draw.ellipse(box, fill=fill)

    def ring(self, centre: Point, radius: float) -> None:
        """Draw a circle."""
        self.dot(centre, radius + STROKE / 2)
        self.dot(centre, radius - STROKE / 2, fill=0)

    def arc(
        self,
        centre: Point,
        radius: float,
        start: float,
        end: float,
        *,
        squash: float = 1.0,
        stroke: float = STROKE,
        fill: int = 255,
    ) -> None:
        """Draw a part of a circle, degrees clockwise from the right."""
        steps = 40
        angles = (math.radians(start + (end - start) * at / steps) for at in range(steps + 1))
        x, y = centre
        points = ((x + radius * math.cos(a) * squash, y + radius * math.sin(a)) for a in angles)
        self.line(*points, stroke=stroke, fill=fill)

    def box(self, left_top: Point, right_bottom: Point, radius: float = 1.6, *, filled: bool = False) -> None:
        """Draw a box with round corners."""
        box = [each * self._scale for each in (*left_top, *right_bottom)]
        half = STROKE / 2 * self._scale
        outer = [box[0] - half, box[1] - half, box[2] + half, box[3] + half]
        self._draw.rounded_rectangle(outer, (radius + STROKE / 2) * self._scale, fill=255)
        if not filled:
            inner = [box[0] + half, box[1] + half, box[2] - half, box[3] - half]
            self._draw.rounded_rectangle(inner, max(0.2, radius - STROKE / 2) * self._scale, fill=0)

    def shape(self, *points: Point, fill: int = 255) -> None:
        """Fill a polygon."""
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=fill)

    def write(self, path: Path, side_px: int = SIDE_PX) -> None:
        """Write the drawing as a mask: white, with the drawing as its alpha."""
        alpha = self._image.resize((side_px, side_px), Image.Resampling.LANCZOS)
        white = Image.new("L", alpha.size, 255)
        Image.merge("LA", (white, alpha)).save(path, optimize=True)


def _bins(pen: Pen) -> None:
    pen.line((4, 7), (20, 7))
    pen.line((9, 7), (9.6, 3.8), (14.4, 3.8), (15, 7))
    pen.line((5.6, 7), (6.8, 18), (17.2, 18), (18.4, 7))
    pen.line((10, 10.6), (10.4, 14.6))
    pen.line((14, 10.6), (13.6, 14.6))
    pen.dot((8.2, 20.2), 1.7)
    pen.dot((15.8, 20.2), 1.7)


def _housing(pen: Pen) -> None:
    pen.line((2.8, 12), (12, 3.8), (21.2, 12))
    pen.line((5.2, 10.2), (5.2, 20.4), (18.8, 20.4), (18.8, 10.2))
    pen.line((9.8, 20.2), (9.8, 14), (14.2, 14), (14.2, 20.2))


def _council_tax(pen: Pen) -> None:
    pen.line((2.4, 10), (9.4, 3.6), (16.4, 10))
    pen.line((4.6, 8.4), (4.6, 18.6), (8, 18.6))
    pen.dot((16, 16.2), 6.9)
    pen.arc((16.9, 14.2), 1.9, 185, 320, stroke=1.5, fill=0)
    pen.line((15, 14), (15, 17.6), (13.8, 19.4), (18.6, 19.4), stroke=1.5, fill=0)
    pen.line((13.4, 16.6), (17.4, 16.6), stroke=1.5, fill=0)


def _benefits(pen: Pen) -> None:
    pen.ring((14.6, 6.8), 3.6)
    pen.line((2.8, 14.4), (6.2, 14.4), (9.2, 15.6), (13.4, 15.6), (13.4, 17.6), (9.4, 17.6))
    pen.line((13.2, 17.4), (19.6, 14.4), (21.2, 16.2), (13.4, 20.8), (6.4, 20.2), (2.8, 20.2))


def _parking(pen: Pen) -> None:
    pen.box((3.6, 3.6), (20.4, 20.4), 3.4)
    pen.line((9.4, 17.4), (9.4, 7), (12.6, 7))
    pen.line((9.4, 13.2), (12.6, 13.2))
    pen.arc((12.5, 10.1), 3.1, -90, 90)


def _planning(pen: Pen) -> None:
    pen.line((3.4, 20.4), (3.4, 4.4), (19.4, 20.4), (3.4, 20.4))
    pen.line((7.4, 16.6), (7.4, 13), (11, 16.6), (7.4, 16.6))
    pen.line((12.4, 5.2), (20.4, 13.2), (21, 9.2), (16.4, 4.6), (12.4, 5.2))


def _registrars(pen: Pen) -> None:
    pen.line((19.6, 12), (19.6, 3.8), (4.4, 3.8), (4.4, 20.2), (11, 20.2))
    pen.line((8, 8), (16, 8))
    pen.line((8, 12), (12.4, 12))
    pen.ring((16.6, 15.6), 2.7)
    pen.line((15, 18), (15, 21.6), (16.6, 20.4), (18.2, 21.6), (18.2, 18))


def _streets(pen: Pen) -> None:
    pen.line((8, 3.6), (3.4, 20.4))
    pen.line((16, 3.6), (20.6, 20.4))
    pen.line((12, 4), (12, 6.6))
    pen.line((12, 10.6), (12, 13.4))
    pen.line((12, 17.4), (12, 20.4))


def _calendar(pen: Pen) -> None:
    pen.box((3.8, 5.4), (20.2, 20.4), 2)
    pen.line((3.8, 10), (20.2, 10))
    pen.line((8, 3.2), (8, 7))
    pen.line((16, 3.2), (16, 7))
    pen.line((8.4, 15.2), (11, 17.6), (15.8, 12.8))


def _help(pen: Pen) -> None:
    pen.ring((12, 7.4), 3.8)
    pen.arc((12, 21), 7.8, 180, 360)
    pen.line((4.2, 20.8), (19.8, 20.8))


def _card(pen: Pen) -> None:
    pen.box((2.8, 8.4), (15.6, 17.6), 1.8)
    pen.line((5.8, 14.4), (9.4, 14.4))
    pen.arc((15.6, 8.4), 3.2, -90, 0)
    pen.arc((15.6, 8.4), 6, -90, 0)


def _printer(pen: Pen) -> None:
    pen.line((7, 8.4), (7, 3.6), (17, 3.6), (17, 8.4))
    pen.box((3.4, 8.4), (20.6, 16.6), 2)
    pen.shape((6.4, 12.8), (17.6, 12.8), (17.6, 20.8), (6.4, 20.8), fill=0)
    pen.line((7, 13.4), (17, 13.4), (17, 20.6), (7, 20.6), (7, 13.4))
    pen.line((10, 17), (14, 17))


def _scanner(pen: Pen) -> None:
    pen.box((2.8, 14.4), (21.2, 20.2), 1.6)
    pen.line((3.6, 11.4), (19.4, 4.4))
    pen.line((6.4, 14.2), (17.6, 14.2), stroke=1.4)
    pen.line((6.6, 17.4), (12, 17.4))
    pen.dot((17.6, 17.4), 1.1)


def _generic(pen: Pen) -> None:
    pen.line((14, 3.6), (5, 3.6), (5, 20.4), (19, 20.4), (19, 8.6), (14, 3.6), (14, 8.6), (19, 8.6))
    pen.line((8.6, 12.6), (15.4, 12.6))
    pen.line((8.6, 16.4), (13, 16.4))


def _tick(pen: Pen) -> None:
    pen.line((4.6, 12.6), (9.8, 17.8), (19.4, 6.8), stroke=3.2)


def _dot(pen: Pen) -> None:
    pen.dot((12, 12), 6)


def _good(pen: Pen) -> None:
    pen.dot((12, 12), 9.6)
    pen.line((7.2, 12.4), (10.6, 15.8), (16.8, 8.8), stroke=2.4, fill=0)


def _caution(pen: Pen) -> None:
    pen.line((12, 4), (21, 19.6), (3, 19.6), (12, 4))
    pen.shape((12, 4), (21, 19.6), (3, 19.6))
    pen.line((12, 9.2), (12, 13.8), stroke=2.3, fill=0)
    pen.dot((12, 17), 1.3, fill=0)


def _bad(pen: Pen) -> None:
    pen.dot((12, 12), 9.6)
    pen.line((12, 6.6), (12, 12.8), stroke=2.5, fill=0)
    pen.dot((12, 16.8), 1.45, fill=0)


def _neutral(pen: Pen) -> None:
    pen.dot((12, 12), 9.6)
    pen.line((12, 11.2), (12, 17.2), stroke=2.5, fill=0)
    pen.dot((12, 7.2), 1.45, fill=0)


def _back(pen: Pen) -> None:
    pen.line((19.4, 12), (5, 12), stroke=2.4)
    pen.line((11, 5.8), (4.8, 12), (11, 18.2), stroke=2.4)


def _forward(pen: Pen) -> None:
    pen.line((4.6, 12), (19, 12), stroke=2.4)
    pen.line((13, 5.8), (19.2, 12), (13, 18.2), stroke=2.4)


def _leave(pen: Pen) -> None:
    pen.line((13, 4), (4.6, 4), (4.6, 20), (13, 20))
    pen.line((10, 12), (20, 12))
    pen.line((16.2, 7.8), (20.4, 12), (16.2, 16.2))


def _language(pen: Pen) -> None:
    pen.ring((12, 12), 8.8)
    pen.arc((12, 12), 8.8, 0, 360, squash=0.42)
    pen.line((3.4, 12), (20.6, 12))


def _clock(pen: Pen) -> None:
    pen.ring((12, 12), 8.8)
    pen.line((12, 6.8), (12, 12), (15.8, 14.4))


def _delete(pen: Pen) -> None:
    pen.line((8.4, 5.4), (20.6, 5.4), (20.6, 18.6), (8.4, 18.6), (2.8, 12), (8.4, 5.4))
    pen.line((11.2, 9.4), (16.4, 14.6))
    pen.line((16.4, 9.4), (11.2, 14.6))


def _mark(pen: Pen) -> None:
    pen.line((4.6, 21), (4.6, 11.4), (4.6, 11))
    pen.arc((12, 11), 7.4, 180, 360)
    pen.line((19.4, 11), (19.4, 21))
    pen.shape((8.6, 21.9), (8.6, 12), (15.4, 9), (15.4, 21.9))
    pen.dot((13.4, 15.6), 0.9, fill=0)
    pen.line((2.4, 21), (21.6, 21))


def _access(pen: Pen) -> None:
    pen.ring((12, 12), 9.6)
    pen.dot((12, 6.9), 1.5)
    pen.line((6.9, 9.9), (12, 10.9), (17.1, 9.9))
    pen.line((12, 10.9), (12, 13.6))
    pen.line((9.2, 18), (12, 13.6), (14.8, 18))


def _text_size(pen: Pen) -> None:
    pen.line((2.2, 19), (7.6, 5), (13, 19))
    pen.line((4.2, 14), (11, 14))
    pen.line((14.6, 19), (18.1, 10), (21.6, 19))
    pen.line((15.9, 15.8), (20.3, 15.8))


def _contrast(pen: Pen) -> None:
    pen.dot((12, 12), 9.4 + STROKE / 2)
    right = [
        (12 + 8.0 * math.cos(math.radians(a)), 12 + 8.0 * math.sin(math.radians(a)))
        for a in range(-90, 91, 6)
    ]
    pen.shape(*right, fill=0)


def _speech(pen: Pen) -> None:
    pen.shape((2.6, 9.2), (6.4, 9.2), (11.6, 4.6), (11.6, 19.4), (6.4, 14.8), (2.6, 14.8))
    pen.line(
        (2.6, 9.2), (6.4, 9.2), (11.6, 4.6), (11.6, 19.4), (6.4, 14.8), (2.6, 14.8), (2.6, 9.2), stroke=1.2
    )
    pen.arc((12.4, 12), 3.8, -48, 48)
    pen.arc((12.4, 12), 7.6, -48, 48)


def _reach(pen: Pen) -> None:
    pen.box((4.2, 2.6), (19.8, 21.4), 2)
    pen.line((12, 5.6), (12, 11.4))
    pen.line((9.4, 8.9), (12, 11.5), (14.6, 8.9))
    pen.box((7.4, 14.6), (16.6, 18), 0.8, filled=True)


def _companion(pen: Pen) -> None:
    pen.box((2.2, 3), (14.6, 11.8), 2)
    pen.shape((4.8, 12), (9.6, 12), (4.8, 16.2))
    pen.box((9.6, 8.4), (21.8, 17.4), 2, filled=True)
    pen.shape((14.4, 17.6), (19.2, 17.6), (19.2, 21.6))


def _picture(pen: Pen) -> None:
    pen.box((2.6, 4.4), (21.4, 19.6), 1.8)
    pen.dot((8, 9.2), 1.7)
    pen.line((4.6, 17.6), (10.2, 12.4), (13, 15), (16, 11.4), (19.6, 15.4))


ICONS: Final[dict[str, Callable[[Pen], None]]] = {
    "bins": _bins,
    "housing": _housing,
    "council-tax": _council_tax,
    "benefits": _benefits,
    "parking": _parking,
    "planning": _planning,
    "registrars": _registrars,
    "streets": _streets,
    "calendar": _calendar,
    "help": _help,
    "card": _card,
    "printer": _printer,
    "scanner": _scanner,
    "generic": _generic,
    "tick": _tick,
    "dot": _dot,
    "good": _good,
    "caution": _caution,
    "bad": _bad,
    "neutral": _neutral,
    "back": _back,
    "forward": _forward,
    "leave": _leave,
    "language": _language,
    "clock": _clock,
    "delete": _delete,
    "mark": _mark,
    "access": _access,
    "text-size": _text_size,
    "contrast": _contrast,
    "speech": _speech,
    "reach": _reach,
    "companion": _companion,
    "picture": _picture,
}


def main() -> None:
    """Write every icon."""
    for folder in (FOLDER, *(FOLDER / str(side_px) for side_px in SMALLER_PX)):
        folder.mkdir(exist_ok=True)
    for name, drawing in ICONS.items():
        pen = Pen()
        drawing(pen)
        pen.write(FOLDER / f"{name}.png")
        for side_px in SMALLER_PX:
            pen.write(FOLDER / str(side_px) / f"{name}.png", side_px)


if __name__ == "__main__":
    main()
