"""Letters for simulated paper.

Responsible for: finding a monospaced font and drawing one character of a given cell as black and white dots.
Not responsible for: where characters stand (`slip`).
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont

FOLDERS: Final = (
    Path("/usr/share/fonts/truetype/dejavu"),
    Path("/usr/share/fonts/dejavu"),
    Path("/usr/share/fonts/TTF"),
    Path("/usr/share/fonts/dejavu-sans-mono-fonts"),
)
REGULAR: Final = "DejaVuSansMono.ttf"
BOLD: Final = "DejaVuSansMono-Bold.ttf"
INK_FROM: Final = 110
BASELINE: Final = 0.78
"""How far down in its cell a letter stands."""


@lru_cache(maxsize=2048)
def glyph(letter: str, width: int, height: int, bold: bool) -> Image.Image:  # noqa: FBT001 - a cache key
    """Draw a letter in a cell of so many dots; 255 is ink, nothing is grey."""
    cell = Image.new("L", (width, height), 0)
    font = _font(bold, height)
    pen = ImageDraw.Draw(cell)
    pen.text((width / 2, height * BASELINE), letter, fill=255, font=font, anchor="ms")
    return cell.point([255 if level >= INK_FROM else 0 for level in range(256)])


@lru_cache(maxsize=64)
def _font(bold: bool, height: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:  # noqa: FBT001 - cached
    name = BOLD if bold else REGULAR
    size = round(height * 0.82)
    for folder in FOLDERS:
        if (folder / name).exists():
            return ImageFont.truetype(folder / name, size)
    return ImageFont.load_default(size)
