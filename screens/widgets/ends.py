"""Two ways to go at the ends of a line, and between them what one is at.

Responsible for: where the three stand, also where words need more than a third of the line.
Not responsible for: what they say (`screens.widgets.pager`, `screens.access_choice`).
"""

from kivy.properties import BooleanProperty

from screens.widgets.layout import Row
from screens.widgets.piece import Piece


class Ends(Row):
    """A button, a text and a button; each button keeps its place where the other is absent.

    Attributes:
        is_stacked: the text stands above the buttons, which then have half of the width each; or, where one
            is absent, in its half.
    """

    is_stacked = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    @property
    def pieces(self) -> list[Piece]:
        """Both buttons keep their places; a text that is told elsewhere has none."""
        begin, between, end = (each for each in reversed(self.children) if isinstance(each, Piece))
        return [begin, end] if between.is_absent else [begin, between, end]

    def stacks(self, width: int) -> bool:
        """Say whether, at a width, the text stands above the buttons."""
        del width
        return bool(self.is_stacked)

    def _is_above(self, width: int) -> bool:
        return len(self.pieces) > len(self._ends()) and self.stacks(width)

    def _ends(self) -> tuple[Piece, Piece]:
        pieces = self.pieces
        return pieces[0], pieces[-1]

    def height_at(self, width: int) -> int:
        """Count the text above, where it stands there."""
        if not self._is_above(width):
            return super().height_at(width)
        half = self._half(width)
        tallest = max(each.height_at(half) for each in self._ends())
        if self._has_free_end(half):
            return int(max(self.pieces[1].height_at(half), tallest))
        return int(self.pieces[1].height_at(width) + self.px("close_gap") + tallest)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the two at the sides."""
        if not self._is_above(width):
            super().place(x, y, width, height)
            return
        self.pos, self.size, half = (x, y), (width, height), self._half(width)
        sides = (x, x + width - half)
        lefts = dict(zip(self._ends(), reversed(sides) if self.theme.is_mirrored else sides, strict=True))
        between, tall = self.pieces[1], height
        if self._has_free_end(half):
            free = next(left for each, left in lefts.items() if each.is_absent)
            between.place(free, y, half, height)
        else:
            above = min(height, between.height_at(width))
            between.place(x, y + height - above, width, above)
            tall = height - above - self.px("close_gap")
        for each, left in lefts.items():
            each.place(left, y, half, tall)

    def _has_free_end(self, half: int) -> bool:
        """Say whether only one of the two is there, and the text has room in the other's place."""
        begin, end = self._ends()
        return bool(begin.is_absent is not end.is_absent and self.pieces[1].natural_width() <= half)

    def _half(self, width: int) -> int:
        return (width - self.px(self.gap)) // 2
