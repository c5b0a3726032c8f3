"""Pieces in equal cells: tiles, options, languages, digits.

Responsible for: how many lines, how tall, in reading direction. Not responsible for: what stands in a cell.
"""

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from screens.widgets.layout import squeezed
from screens.widgets.piece import Piece


class Cells(Piece):
    """Pieces in equal cells, line by line; lines grow with room to spare.

    Attributes:
        columns: cells in a line.
        gap: name of a size of the theme.
        tallest: name of the height that lines do not grow over.
        is_even: all lines are as tall as the tallest.
        last_is_long: the last piece has a line for itself.
    """

    columns = NumericProperty(1)
    gap = StringProperty("gap")
    tallest = StringProperty("tallest_tile")
    is_even = BooleanProperty(True)  # noqa: FBT003 - Kivy declares properties by their default
    last_is_long = BooleanProperty(False)  # noqa: FBT003 - as above

    def _lines(self) -> list[list[Piece]]:
        pieces, columns = self.pieces, int(self.columns)
        last = pieces[-1:] if self.last_is_long else []
        others = pieces[: len(pieces) - len(last)]
        lines = [others[at : at + columns] for at in range(0, len(others), columns)]
        return [*lines, last] if last else lines

    def _cell(self, width: int) -> int:
        return (width - self.px(self.gap) * (int(self.columns) - 1)) // int(self.columns)

    def _heights(self, width: int) -> list[int]:
        heights = [max(each.height_at(self._wide(each, width)) for each in line) for line in self._lines()]
        return [max(heights)] * len(heights) if self.is_even and heights else heights

    def _wide(self, piece: Piece, width: int) -> int:
        is_long = self.last_is_long and piece is self.pieces[-1]
        return width if is_long else self._cell(width)

    def height_at(self, width: int) -> int:
        """Add up lines and gaps."""
        heights = self._heights(width)
        return sum(heights) + self.px(self.gap) * max(0, len(heights) - 1)

    def roomy_height_at(self, width: int) -> int:
        """Let every line grow."""
        lines, gap = len(self._lines()), self.px(self.gap)
        grown = lines * self.px(self.tallest) + gap * max(0, lines - 1)
        return max(self.height_at(width), grown)

    def natural_width(self) -> int:
        """Give every column the widest piece's width."""
        gap, columns = self.px(self.gap), int(self.columns)
        return super().natural_width() * columns + gap * (columns - 1)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the pieces from the top, in reading direction."""
        self.pos, self.size = (x, y), (width, height)
        gap, cell, heights = self.px(self.gap), self._cell(width), self._heights(width)
        spare = max(0, height - sum(heights) - gap * max(0, len(heights) - 1))
        heights = squeezed(height - gap * max(0, len(heights) - 1), heights)
        more = spare // len(heights) if heights else 0
        top = y + height
        for line, natural in zip(self._lines(), heights, strict=True):
            tall = max(natural, min(natural + more, self.px(self.tallest)))
            for at, each in enumerate(line):
                along, wide = at * (cell + gap), self._wide(each, width)
                left = x + width - along - wide if self.theme.is_mirrored else x + along
                each.place(left, top - tall, wide, tall)
            top -= tall + gap
