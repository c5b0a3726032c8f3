"""Where the lines of a laid-out text stand in its picture.

Responsible for: line pitch, baselines, alignment, and the room that ink takes beyond its advance.
Not responsible for: shaping (`block`) or pixels (`drawing`). Pure: numbers in, numbers out.

Theory. The pitch is one number for the whole text, so that lines are even. It starts as the style's line
height. Fonts whose own tables ask for much more than a Latin line (Noto Nastaliq 2.50 em, Noto Arabic 2.11 em
against 1.36) are given in to; for the others the tables hold spare room that a style may take away. Whatever
the fonts say, the pitch is at least what the ink of two neighbouring lines needs. The same ink keeps the
edges of the picture honest: Nastaliq reaches beyond the advance on both sides, accents above the first line.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.typeset.block import Extents
from kiosk.typeset.style import Align, TextStyle

LARGEST_SIDE_PX: Final = 8192
"""No picture is wider or higher: the smallest texture limit of the graphics that are supported."""
_TALL_SCRIPT_EM: Final = 1.6
_INK_GAP_EM: Final = 0.04
_MOST_INK_EM: Final = 4.0
"""Ink further than this from its baseline is a pile of accents that no language has, and may be cut."""
_SUBPIXEL: Final = 1 / 64
"""Extents this little over a pixel edge are rounding, not ink."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A text set in its picture: sizes in whole px, lines by their left edge."""

    width_px: int
    height_px: int
    first_baseline_px: int
    pitch_px: int
    lines_x: tuple[float, ...]

    def baseline_px(self, line: int) -> int:
        """Give the distance from the top of the picture to a line's baseline."""
        return self.first_baseline_px + line * self.pitch_px


def pitch_px(lines: Sequence[Extents], style: TextStyle) -> int:
    """Choose the distance between baselines: as styled, or more where the script or the ink needs it."""
    styled = style.line_height * style.size_px
    natural = max(line.ascent + line.descent for line in lines)
    by_script = natural if natural > _TALL_SCRIPT_EM * style.size_px else 0.0
    neighbours = itertools.pairwise(lines)
    by_ink = max((upper.ink_descent + lower.ink_ascent for upper, lower in neighbours), default=0.0)
    ink = min(by_ink + _INK_GAP_EM * style.size_px, _MOST_INK_EM * style.size_px)
    return max(1, math.ceil(max(styled, by_script, ink) - _SUBPIXEL))


def overhang_px(lines: Sequence[Extents]) -> tuple[int, int]:
    """Measure how far ink reaches beyond the advance, left and right, at most over all lines."""
    left = max((-line.ink_left for line in lines), default=0.0)
    right = max((line.ink_right - line.advance for line in lines), default=0.0)
    return _up(left), _up(right)


def set_lines(lines: Sequence[Extents], style: TextStyle, *, width_px: int | None, is_rtl: bool) -> Setting:
    """Place the lines in a picture of the given width, or in one that is just wide enough."""
    left, right = overhang_px(lines)
    widest = max(line.advance for line in lines)
    inner = _up(widest) if width_px is None else max(0, width_px - left - right)
    pitch = pitch_px(lines, style)
    ascent, descent = max(line.ascent for line in lines), max(line.descent for line in lines)
    baseline = round((pitch - ascent - descent) / 2 + ascent)
    most = _MOST_INK_EM * style.size_px
    above = _up(min(lines[0].ink_ascent, most) - baseline)
    last = baseline + (len(lines) - 1) * pitch
    below = _up(last + min(lines[-1].ink_descent, most) - len(lines) * pitch)
    return Setting(
        width_px=max(1, min(left + inner + right, LARGEST_SIDE_PX)) if width_px is None else width_px,
        height_px=above + len(lines) * pitch + below,
        first_baseline_px=above + baseline,
        pitch_px=pitch,
        lines_x=tuple(left + _start_x(inner - line.advance, style.align, is_rtl=is_rtl) for line in lines),
    )


def _start_x(spare: float, align: Align, *, is_rtl: bool) -> float:
    match align:
        case Align.CENTRE:
            return float(round(spare / 2))
        case Align.START:
            return spare if is_rtl else 0.0
        case Align.END:
            return 0.0 if is_rtl else spare


def _up(length: float) -> int:
    return max(0, math.ceil(length - _SUBPIXEL))
