"""What typesetting gives back: a mask of coverage, and places in it.

Responsible for: the values, and the two byte layouts that the glass and the printer take.
Not responsible for: making them (`typesetter`), colour, or any device command.
"""

from dataclasses import dataclass, field
from typing import Final

BITS_PER_BYTE: Final = 8
DEFAULT_THRESHOLD: Final = 128


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished text: one byte of coverage (0 none, 255 full) for each pixel, rows from the top.

    Args:
        width_px: pixels in a row; the width asked for if one was, else what ink and advance need.
        height_px: rows; no ink is cut, so some lines make it a little taller than lines times pitch.
        coverage: width_px * height_px bytes, no padding between rows.
        baseline_px: from the top to the first baseline.
        line_count: lines drawn, at least 1.
        line_pitch_px: from baseline to baseline.
        is_shortened: an ellipsis stands for text that had no room.
    """

    width_px: int
    height_px: int
    coverage: bytes = field(repr=False)
    baseline_px: int
    line_count: int
    line_pitch_px: int
    is_shortened: bool = False

    def luminance_alpha(self) -> bytes:
        """Give white with the coverage as alpha, two bytes a pixel (OpenGL luminance-alpha), from the top."""
        pixels = bytearray(b"\xff") * (2 * len(self.coverage))
        pixels[1::2] = self.coverage
        return bytes(pixels)


@dataclass(frozen=True, slots=True)
class Bitmap:
    """One bit a pixel, most significant bit leftmost, 1 is ink: the layout of an ESC/POS raster image.

    Args:
        width_px: a multiple of 8; what was added is blank, on the right.
        height_px: rows.
        rows: width_px // 8 bytes each, from the top.
    """

    width_px: int
    height_px: int
    rows: tuple[bytes, ...] = field(repr=False)

    @property
    def row_bytes(self) -> int:
        """Bytes in a row."""
        return self.width_px // BITS_PER_BYTE


@dataclass(frozen=True, slots=True)
class Measure:
    """The size a text will have, without drawing it; the same numbers as the `Picture`."""

    width_px: int
    height_px: int
    line_count: int
    is_shortened: bool = False


@dataclass(frozen=True, slots=True)
class Caret:
    """Where the insertion mark stands in the picture of a text: a vertical line, from its top down."""

    x_px: int
    top_px: int
    height_px: int
    line: int


def to_bitmap(picture: Picture, threshold: int = DEFAULT_THRESHOLD) -> Bitmap:
    """Reduce a picture to ink and paper: coverage of at least `threshold` (1 to 255) is ink."""
    bits = picture.coverage.translate(b"0" * threshold + b"1" * (256 - threshold)).decode("ascii")
    row_bytes = -(-picture.width_px // BITS_PER_BYTE)
    padding = "0" * (row_bytes * BITS_PER_BYTE - picture.width_px)
    lines = (bits[start : start + picture.width_px] for start in range(0, len(bits), picture.width_px))
    rows = tuple(int(line + padding, 2).to_bytes(row_bytes, "big") for line in lines)
    return Bitmap(row_bytes * BITS_PER_BYTE, picture.height_px, rows)
