"""The parts of a screen, upright and wide: what is asked, what can be done about it, how to go on.

Responsible for: standing them under or beside one another. Not responsible for: what is in them.
"""

from typing import Final

from kivy.properties import BooleanProperty, NumericProperty

from screens.widgets.layout import squeezed
from screens.widgets.piece import Piece

_UPPER_PART: Final = 0.4
"""Of the room to spare on an upright panel, what stays above."""


class Pair(Piece):
    """Two pieces that belong together: under one another, or beside one another.

    Attributes:
        is_wide: beside one another.
        first_share: part of the width for the first, where they stand beside one another.
    """

    is_wide = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    first_share = NumericProperty(0.45)

    def _widths(self, width: int) -> tuple[int, int]:
        first = int((width - self.px("gap")) * self.first_share)
        return first, width - self.px("gap") - first

    def height_at(self, width: int) -> int:
        """Be as tall as the taller, or both together."""
        one, other = self.pieces
        if self.is_wide:
            first, second = self._widths(width)
            return max(one.height_at(first), other.height_at(second))
        return _under(self.px("close_gap"), one.height_at(width), other.height_at(width))

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the two."""
        self.pos, self.size = (x, y), (width, height)
        one, other = self.pieces
        if self.is_wide:
            first, second = self._widths(width)
            start = x + width - first if self.theme.is_mirrored else x
            one.place(start, y, first, height)
            other.place(x if self.theme.is_mirrored else x + width - second, y, second, height)
            return
        upper = min(one.height_at(width), height)
        one.place(x, y + height - upper, width, upper)
        other.place(x, y, width, min(other.height_at(width), height - upper))


class Spread(Piece):
    """Three parts of a screen: what is asked, what can be done about it, and how to go on.

    On an upright panel they stand under one another, the last at the bottom, in reach. On a wide one the
    first and the last stand beside the second.

    Attributes:
        is_wide: set it to stand them side by side.
        lead_share: part of the width for the first and last.
    """

    is_wide = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    lead_share = NumericProperty(0.42)

    def _parts(self) -> tuple[Piece, Piece, Piece]:
        lead, main, tail = (each for each in reversed(self.children) if isinstance(each, Piece))
        return lead, main, tail

    def _columns(self, width: int) -> tuple[int, int, int]:
        gap = self.px("wide_gap")
        lead = int((width - gap) * self.lead_share)
        return lead, width - gap - lead, gap

    def height_at(self, width: int) -> int:
        """Add up the parts that stand under one another."""
        lead, main, tail = self._parts()
        gap = self.px("wide_gap")
        if self.is_wide:
            left, right, _ = self._columns(width)
            return max(_under(gap, *(_height(each, left) for each in (lead, tail))), _height(main, right))
        return _under(gap, *(_height(each, width) for each in (lead, main, tail)))

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the parts."""
        self.pos, self.size = (x, y), (width, height)
        lead, main, tail = self._parts()
        gap = self.px("wide_gap")
        left = self._columns(width)[0] if self.is_wide else width
        foot, head = _height(tail, left), _height(lead, left)
        if self.is_wide:
            head = min(head, height - foot - gap)
        else:
            height -= self._above(width, height)
            room = height - (foot + gap if foot else 0) - (gap if head else 0)
            head = squeezed(room, [head, _height(main, width)])[0]
        start = x + width - left if self.theme.is_mirrored else x
        lead.place(start, y + height - head, left, head)
        tail.place(start, y, left, foot)
        if self.is_wide:
            right = self._columns(width)[1]
            main.place(x if self.theme.is_mirrored else x + width - right, y, right, height)
            return
        below = foot + gap if foot else 0
        main.place(x, y + below, width, height - below - (head + gap if head else 0))

    def _above(self, width: int, height: int) -> int:
        """Leave a part of the room to spare at the top: a tall panel is easier to reach further down."""
        lead, main, tail = self._parts()
        parts = [_height(lead, width), _height(tail, width)]
        parts.append(0 if main.is_absent else main.roomy_height_at(width))
        return max(0, int((height - _under(self.px("wide_gap"), *parts)) * _UPPER_PART))


def _height(piece: Piece, width: int) -> int:
    return 0 if piece.is_absent else piece.height_at(width)


def _under(gap: int, *heights: int) -> int:
    there = [each for each in heights if each]
    return sum(there) + gap * max(0, len(there) - 1)
