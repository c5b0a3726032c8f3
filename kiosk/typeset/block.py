"""One text laid out by Pango, as lines with extents in pixels.

Responsible for: the life of one PangoLayout, its lines, indices into it, and drawing its outlines.
Not responsible for: where lines stand (`setting`), which fonts (`faces`), or unsafe characters (`wording`).
"""

import ctypes
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from kiosk.typeset import native
from kiosk.typeset.faces import Faces
from kiosk.typeset.style import TextStyle


@dataclass(frozen=True, slots=True)
class Extents:
    """One line in px from its own origin on the baseline; ink is what is black, advance what is taken up."""

    advance: float
    ascent: float
    descent: float
    ink_left: float
    ink_right: float
    ink_ascent: float
    ink_descent: float


class Block:
    """A text laid out within a width. A context manager; not for two threads at once."""

    def __init__(self, faces: Faces, text: str, style: TextStyle, wrap_px: int) -> None:
        self.text = text
        self._libraries = faces.libraries
        self._pango = faces.libraries.pango
        self._layout = faces.new_layout(text, style)
        self.wrap(wrap_px)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the layout back; may be called twice."""
        layout, self._layout = self._layout, 0
        if layout:
            self._libraries.gobject.g_object_unref(layout)

    def wrap(self, wrap_px: int) -> None:
        """Break the lines anew for another width."""
        self._pango.pango_layout_set_width(self._layout, wrap_px * native.PANGO_SCALE)

    @property
    def line_count(self) -> int:
        """Lines, at least one."""
        return int(self._pango.pango_layout_get_line_count(self._layout))

    @property
    def unknown_glyphs(self) -> int:
        """Characters that no bundled font can draw."""
        return int(self._pango.pango_layout_get_unknown_glyphs_count(self._layout))

    def extents(self, line_limit: int) -> list[Extents]:
        """Measure the first lines."""
        return [self._extents(line) for line in range(min(self.line_count, line_limit))]

    def _line(self, line: int) -> Any:
        return self._pango.pango_layout_get_line_readonly(self._layout, line)

    def _extents(self, line: int) -> Extents:
        ink, logical = native.Rectangle(), native.Rectangle()
        self._pango.pango_layout_line_get_extents(self._line(line), ink, logical)
        scale = native.PANGO_SCALE
        return Extents(
            advance=logical.width / scale,
            ascent=-logical.y / scale,
            descent=(logical.y + logical.height) / scale,
            ink_left=ink.x / scale,
            ink_right=(ink.x + ink.width) / scale,
            ink_ascent=-ink.y / scale,
            ink_descent=(ink.y + ink.height) / scale,
        )

    def line_start(self, line: int) -> int:
        """Give the index in the text of a line's first character."""
        return self._index(self._line(line).contents.start_index)

    def caret_stops(self) -> list[int]:
        """List the indices where a caret may stand: never inside what a reader sees as one letter."""
        count = ctypes.c_int()
        attributes = self._pango.pango_layout_get_log_attrs_readonly(self._layout, count)
        return [index for index in range(count.value) if attributes[index] & native.IS_CARET_STOP]

    def line_and_x(self, index: int) -> tuple[int, float]:
        """Find the line of an index, and px from that line's left edge to the character's leading edge."""
        line, x = ctypes.c_int(), ctypes.c_int()
        byte = len(self.text[:index].encode("utf-8"))
        self._pango.pango_layout_index_to_line_x(self._layout, byte, 0, line, x)
        return line.value, x.value / native.PANGO_SCALE

    def index_at(self, line: int, x_px: float) -> int:
        """Find the caret index nearest to px from the left edge of a line."""
        byte, trailing = ctypes.c_int(), ctypes.c_int()
        self._pango.pango_layout_line_x_to_index(
            self._line(line), int(x_px * native.PANGO_SCALE), byte, trailing
        )
        return self._index(byte.value) + trailing.value

    def _index(self, byte: int) -> int:
        return len(self.text.encode("utf-8")[:byte].decode("utf-8"))

    def draw(self, context: int, line: int, x: float, baseline: float) -> None:
        """Fill the outlines of one line on a cairo context."""
        cairo = self._libraries.cairo
        cairo.cairo_move_to(context, x, baseline)
        self._libraries.pangocairo.pango_cairo_layout_line_path(context, self._line(line))
        cairo.cairo_fill(context)
