"""Making a text fit: into a width with all its ink, into a number of lines with an ellipsis.

Responsible for: the width lines are broken at, and where a text is cut.
Not responsible for: how lines are placed (`setting`) or which places may be cut (`wording`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kiosk.typeset.block import Block, Extents
from kiosk.typeset.setting import LARGEST_SIDE_PX, Setting, overhang_px, pitch_px, set_lines
from kiosk.typeset.style import TextStyle, is_right_to_left
from kiosk.typeset.wording import cuts, shortened

_LARGEST_AREA_PX: Final = 16 * 1024 * 1024
_ATTEMPTS: Final = 3
_NARROWEST_EM: Final = 1 / 8
_INVISIBLE_PER_LINE: Final = 64
"""Marks without a width (accents, isolates) that a line may hold beside its narrowest letters."""

Lay = Callable[[str, int], Block]
"""Lay out shapeable text at a width in px."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A block that fits, and how its lines are set. The block is open: whoever holds this closes it."""

    block: Block
    setting: Setting
    is_shortened: bool


@dataclass(frozen=True, slots=True)
class _Laid:
    block: Block
    lines: list[Extents]
    is_shortened: bool

    @property
    def widest_px(self) -> float:
        return max(line.advance for line in self.lines)

    @property
    def overhang_px(self) -> int:
        return sum(overhang_px(self.lines))


def fit(text: str, style: TextStyle, lay: Lay, *, width_px: int | None, max_lines: int | None) -> Fitted:
    """Lay out shapeable text so that no ink and no line is outside of what was asked for."""
    room_px = LARGEST_SIDE_PX if width_px is None else width_px
    tallest_px = min(LARGEST_SIDE_PX, _LARGEST_AREA_PX // room_px)
    most = max(1, int(tallest_px / (style.line_height * style.size_px)))
    limit = most if max_lines is None else max(1, min(max_lines, most))
    words = _without_hopeless_rest(text, style, room_px, limit)
    laid = _laid_in_width(words, lay, room_px, limit)
    pitch = pitch_px(laid.lines, style)
    if len(laid.lines) * pitch > tallest_px and len(laid.lines) > 1:
        laid.block.close()
        laid = _laid_in_width(words, lay, room_px, max(1, tallest_px // pitch))
    setting = set_lines(laid.lines, style, width_px=width_px, is_rtl=is_right_to_left(text, style))
    return Fitted(laid.block, setting, laid.is_shortened or words != text)


def _without_hopeless_rest(text: str, style: TextStyle, room_px: int, limit: int) -> str:
    """Drop what cannot fit even in the narrowest letters: Pango breaks long words in quadratic time."""
    per_line = int(room_px / (_NARROWEST_EM * style.size_px)) + _INVISIBLE_PER_LINE
    most = limit * per_line
    if len(text) <= most:
        return text
    places = cuts(text[: most + _INVISIBLE_PER_LINE], range(most - _INVISIBLE_PER_LINE, most + 1))
    return shortened(text, places[-1] if places else most)


def _laid_in_width(text: str, lay: Lay, room_px: int, limit: int) -> _Laid:
    """Break lines at the room less what their ink hangs over, so that ink and advance together fit."""
    wrap_px = room_px
    laid = _laid(text, lay, wrap_px, limit)
    for _ in range(_ATTEMPTS):
        narrower_px = max(1, room_px - laid.overhang_px)
        if laid.widest_px + laid.overhang_px <= room_px or narrower_px >= wrap_px:
            break
        wrap_px = narrower_px
        laid.block.close()
        laid = _laid(text, lay, wrap_px, limit)
    return laid


def _laid(text: str, lay: Lay, wrap_px: int, limit: int) -> _Laid:
    block = lay(text, wrap_px)
    if block.line_count <= limit:
        return _Laid(block, block.extents(limit), is_shortened=False)
    with block:
        shorter = _shortened(block, lay, wrap_px, limit)
    return _Laid(shorter, shorter.extents(limit), is_shortened=True)


def _shortened(block: Block, lay: Lay, wrap_px: int, limit: int) -> Block:
    """Find the longest beginning that fits with an ellipsis, by halving the places where it may be cut."""
    end = block.line_start(limit)
    places = [0, *(place for place in cuts(block.text, block.caret_stops()) if 0 < place <= end)]
    low, high = 0, len(places) - 1
    while low < high:
        middle = (low + high + 1) // 2
        with lay(shortened(block.text, places[middle]), wrap_px) as trial:
            fits = trial.line_count <= limit
        low, high = (middle, high) if fits else (low, middle - 1)
    return lay(shortened(block.text, places[low]), wrap_px)
