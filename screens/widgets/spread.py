"""The parts of a screen, upright and wide: what is asked, what can be done about it, how to go on.

Responsible for: standing them under or beside one another. Not responsible for: what is in them.
"""

from typing import Final

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from kiosk.core.access import Reach
from screens.widgets.layout import squeezed
from screens.widgets.piece import Piece

_UPPER_PART: Final = 0.4
"""Of the room to spare on an upright panel, what stays above."""


class Pair(Piece):
    """Two pieces that belong together: under one another, or beside one another; one alone has all the room.

    Attributes:
        is_wide: beside one another.
        first_share: part of the width for the first, where they stand beside one another.
        between: name of the size between them, where they stand under one another.
    """

    is_wide = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    first_share = NumericProperty(0.45)
    between = StringProperty("close_gap")

    def _widths(self, width: int) -> tuple[int, int]:
        first = int((width - self.px("gap")) * self.first_share)
        return first, width - self.px("gap") - first

    def height_at(self, width: int) -> int:
        """Be as tall as the taller, or both together."""
        if len(self.pieces) < 2:  # noqa: PLR2004 - a pair
            return super().height_at(width)
        one, other = self.pieces
        if self.is_wide:
            first, second = self._widths(width)
            return max(one.height_at(first), other.height_at(second))
        return _under(self.px(self.between), one.height_at(width), other.height_at(width))

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the two."""
        if len(self.pieces) < 2:  # noqa: PLR2004 - a pair
            super().place(x, y, width, height)
            return
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
        lower = height - upper - self.px(self.between)
        other.place(x, y, width, max(0, min(other.height_at(width), lower)))


class Spread(Piece):
    """Three parts of a screen: what is asked, what can be done about it, and how to go on.

    On an upright panel they stand under one another, the last at the bottom, in reach. On a wide one the
    first and the last stand beside the second: on what is reached, on all of it if only the last is touched.

    Attributes:
        is_wide: set it to stand them side by side.
        is_aside: set it to stand the first, which must only be read, where an arm at one side does not reach.
        lead_share: part of the width for the first and last.
    """

    is_wide = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    is_aside = BooleanProperty(False)  # noqa: FBT003 - as above
    lead_share = NumericProperty(0.42)
    sides_itself = True

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
            left, right, _ = self._columns(self._beside(width)[1])
            return max(_under(gap, *(_height(each, left) for each in (lead, tail))), _height(main, right))
        heights = [_height(main, self._main_width(width)), _height(tail, self.theme.side(width)[1])]
        if self.is_aside:
            return max(self._lead_height(width), _under(gap, *heights))
        return _under(gap, self._lead_height(width), *heights)

    def low_height_at(self, width: int) -> int:
        """Add up what is touched; on a wide panel all of it stands low enough."""
        lead, main, tail = self._parts()
        if self.is_wide or not self.theme.is_reached_low:
            return 0
        reached = self.theme.side(width)[1]
        low = [0 if lead.is_absent else lead.low_height_at(self._lead_width(width))]
        low.append(0 if main.is_absent or not (low[0] or main.is_touched()) else main.height_at(reached))
        low.append(_height(tail, reached))
        return _under(self.px("wide_gap"), *low)

    def _lead_width(self, width: int) -> int:
        """Let the words have all the width, unless some of them are touched, or what is not reached of it."""
        reached = self.theme.side(width)[1]
        if self.is_aside:
            return int(width - reached - self.px("wide_gap"))
        return reached if self._parts()[0].is_touched() else width

    def _main_width(self, width: int) -> int:
        """Let what is only read have all the width."""
        main = self._parts()[1]
        return self.theme.side(width)[1] if self.is_aside or main.is_touched() else width

    def _lead_height(self, width: int) -> int:
        return _height(self._parts()[0], self._lead_width(width))

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the parts."""
        self.pos, self.size = (x, y), (width, height)
        if self.is_wide:
            begin, room = self._beside(width)
            self._place_beside(x + begin, y, room, height)
            return
        if self.is_aside:
            self._place_aside(x, y, width, height)
            return
        begin, reached = self.theme.side(width)
        lead, main, tail = self._parts()
        gap = self.px("wide_gap")
        foot, head = _height(tail, reached), self._lead_height(width)
        height -= self._above(width, height)
        room = height - (foot + gap if foot else 0) - (gap if head else 0)
        main_width = self._main_width(width)
        head = squeezed(room, [head, _height(main, main_width)])[0]
        lead_width = self._lead_width(width)
        lead.place(x if lead_width == width else x + begin, y + height - head, lead_width, head)
        tail.place(x + begin, y, reached, foot)
        below = foot + gap if foot else 0
        main_begin = x if main_width == width else x + begin
        main.place(main_begin, y + below, main_width, height - below - (head + gap if head else 0))

    def _place_aside(self, x: int, y: int, width: int, height: int) -> None:
        begin, reached = self.theme.side(width)
        lead, main, tail = self._parts()
        foot, gap, aside = _height(tail, reached), self.px("wide_gap"), self._lead_width(width)
        head = min(height, _height(lead, aside))
        lead.place(x if begin else x + width - aside, y + height - head, aside, head)
        tail.place(x + begin, y, reached, foot)
        below = foot + gap if foot else 0
        main.place(x + begin, y + below, reached, height - below)

    def _place_beside(self, x: int, y: int, width: int, height: int) -> None:
        lead, main, tail = self._parts()
        left, right, gap = self._columns(width)
        foot = _height(tail, left)
        head = min(_height(lead, left), height - foot - gap)
        is_right = self._begins_right()
        start = x + width - left if is_right else x
        lead.place(start, y + height - head, left, head)
        tail.place(start, y, left, foot)
        main.place(x if is_right else x + width - right, y, right, height)

    def _beside(self, width: int) -> tuple[int, int]:
        """Give begin and width of both columns: of all there is, where nothing but the way on is touched."""
        return (0, width) if self._is_read_only() else self.theme.side(width)

    def _begins_right(self) -> bool:
        """Stand the way on where lines begin; where only that is touched, at the side that is reached."""
        at_a_side = {Reach.LOW_LEFT: False, Reach.LOW_RIGHT: True}
        by_script = bool(self.theme.is_mirrored)
        return at_a_side.get(self.theme.look.reach, by_script) if self._is_read_only() else by_script

    def _is_read_only(self) -> bool:
        return not any(not each.is_absent and each.is_touched() for each in self._parts()[:2])

    def _above(self, width: int, height: int) -> int:
        """Leave a part of the room to spare at the top: a tall panel is easier to reach further down.

        Where nobody reaches high, all of it, and more: what is touched grows no further than the line.
        """
        lead, main, tail = self._parts()
        reached, gap = self._main_width(width), self.px("wide_gap")
        head, foot = self._lead_height(width), _height(tail, self.theme.side(width)[1])
        grown = 0 if main.is_absent else main.roomy_height_at(reached)
        if self.theme.is_reached_low:
            touched = lead.is_touched()
            top = self.theme.reach_line - self.y
            low = top - (foot + gap if foot else 0) - (head + gap if touched else 0)
            grown = max(_height(main, reached), min(grown, low)) if main.is_touched() or touched else grown
        spare = max(0, height - _under(gap, head, foot, grown))
        return int(spare if self.theme.is_reached_low else spare * _UPPER_PART)


def _height(piece: Piece, width: int) -> int:
    return 0 if piece.is_absent else piece.height_at(width)


def _under(gap: int, *heights: int) -> int:
    there = [each for each in heights if each]
    return sum(there) + gap * max(0, len(there) - 1)
