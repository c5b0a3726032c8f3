"""Where pieces stand: under one another, beside one another, in the middle.

Responsible for: columns and rows of pieces, mirrored where the script runs from right to left.
Not responsible for: cells and parts of screens (`screens.widgets.cells`, `screens.widgets.spread`), sizes
(`screens.theme`), or what a piece looks like.
"""

from kivy.properties import BooleanProperty, StringProperty

from screens.widgets.piece import Piece


def squeezed(room: int, heights: list[int]) -> list[int]:
    """Take less where there is less room than all would need: nothing ever stands outside."""
    total = sum(heights)
    if total <= room or not total:
        return heights
    return [int(each * max(0, room) / total) for each in heights]


class Column(Piece):
    """Pieces under one another, each as wide as the column.

    Attributes:
        gap, padding, sides: names of sizes of the theme; sides are added to the padding left and right.
        gravity: where the pieces stand when there is room to spare and none of them grows.
    """

    gap = StringProperty("gap")
    padding = StringProperty("no_gap")
    sides = StringProperty("no_gap")
    gravity = StringProperty("top")

    def _sizes(self) -> tuple[int, int, int]:
        padding = self.px(self.padding)
        return self.px(self.gap), padding, padding + self.px(self.sides)

    def height_at(self, width: int) -> int:
        """Add up the heights and gaps."""
        gap, padding, side = self._sizes()
        heights = [each.height_at(width - 2 * side) for each in self.pieces]
        return sum(heights) + gap * max(0, len(heights) - 1) + 2 * padding

    def roomy_height_at(self, width: int) -> int:
        """Add up how tall the pieces would grow."""
        gap, padding, side = self._sizes()
        heights = [each.roomy_height_at(width - 2 * side) for each in self.pieces]
        return sum(heights) + gap * max(0, len(heights) - 1) + 2 * padding

    def low_height_at(self, width: int) -> int:
        """Count from the first piece that is touched."""
        gap, padding, side = self._sizes()
        inner, pieces = width - 2 * side, self.pieces
        first = next((at for at, each in enumerate(pieces) if each.is_touched()), None)
        if first is None:
            return 0
        heights = [pieces[first].low_height_at(inner), *(p.height_at(inner) for p in pieces[first + 1 :])]
        return int(sum(heights) + gap * (len(heights) - 1) + padding)

    def natural_width(self) -> int:
        """Be as wide as the widest."""
        return super().natural_width() + 2 * self._sizes()[2]

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the pieces from the top down; room to spare goes to those that grow."""
        self.pos, self.size = (x, y), (width, height)
        gap, padding, side = self._sizes()
        pieces, inner = self.pieces, width - 2 * side
        heights = [each.height_at(inner) for each in pieces]
        heights = squeezed(height - 2 * padding - gap * max(0, len(pieces) - 1), heights)
        spare = height - 2 * padding - sum(heights) - gap * max(0, len(pieces) - 1)
        growing = sum(each.grows for each in pieces)
        share = max(0, spare) // growing if growing else 0
        top = y + height - padding - (0 if growing else self._above(max(0, spare)))
        for each, natural in zip(pieces, heights, strict=True):
            tall = natural + (share if each.grows else 0)
            each.place(x + side, top - tall, inner, tall)
            top -= tall + gap

    def _above(self, spare: int) -> int:
        if self.theme.is_reached_low and self.gravity == "third":
            return spare
        return {"top": 0, "third": spare // 3, "centre": spare // 2, "bottom": spare}[self.gravity]


class Row(Piece):
    """Pieces beside one another: the snug as wide as they need, the others share the rest.

    Attributes:
        gap, padding: names of sizes of the theme.
        gravity: ``fill`` gives every piece the height of the row; ``centre`` and ``top`` its own.
        crowd: ``start``, ``centre`` or ``end``: where pieces stand when all are snug.
        keeps: what is absent keeps its place, so that the others always stand where they stood.
    """

    gap = StringProperty("gap")
    padding = StringProperty("no_gap")
    gravity = StringProperty("fill")
    crowd = StringProperty("start")
    keeps = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    @property
    def pieces(self) -> list[Piece]:
        """The pieces that have a place."""
        if not self.keeps:
            return super().pieces
        return [each for each in reversed(self.children) if isinstance(each, Piece)]

    def _widths(self, width: int) -> list[int]:
        gap, padding = self.px(self.gap), self.px(self.padding)
        pieces = self.pieces
        room = width - 2 * padding - gap * max(0, len(pieces) - 1)
        snug = [each.natural_width() if each.is_snug else 0 for each in pieces]
        others = sum(not each.is_snug for each in pieces)
        most = room // len(pieces) if others and pieces else room
        if others and room - sum(snug) < most * others:
            snug = [min(each, most) for each in snug]
        if snug and sum(snug) > room:
            widest = snug.index(max(snug))
            snug[widest] = max(0, snug[widest] - (sum(snug) - room))
        rest, shares = room - sum(snug), sum(each.share for each in pieces if not each.is_snug)
        return [
            wide if each.is_snug else int(rest * each.share / shares)
            for each, wide in zip(pieces, snug, strict=True)
        ]

    def height_at(self, width: int) -> int:
        """Be as tall as the tallest."""
        padding = self.px(self.padding)
        widths = self._widths(width)
        return max(
            (each.height_at(wide) for each, wide in zip(self.pieces, widths, strict=True)), default=0
        ) + (2 * padding)

    def low_height_at(self, width: int) -> int:
        """Count up to the highest that is touched, from where each piece stands."""
        padding, sized = self.px(self.padding), list(zip(self.pieces, self._widths(width), strict=True))
        tallest = max((each.height_at(wide) for each, wide in sized), default=0)
        share = {"fill": 0.0, "centre": 0.5, "top": 1.0}[self.gravity]
        low = (
            each.low_height_at(wide) + share * (tallest - each.height_at(wide))
            for each, wide in sized
            if each.is_touched()
        )
        return int(max(low, default=-padding)) + padding

    def natural_width(self) -> int:
        """Add up the widths and gaps."""
        gap, padding = self.px(self.gap), self.px(self.padding)
        pieces = self.pieces
        return sum(each.natural_width() for each in pieces) + gap * max(0, len(pieces) - 1) + 2 * padding

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the pieces in reading direction."""
        self.pos, self.size = (x, y), (width, height)
        gap, padding = self.px(self.gap), self.px(self.padding)
        pieces, inner = self.pieces, height - 2 * padding
        widths = [_closed_up(*each, inner) for each in zip(pieces, self._widths(width), strict=True)]
        taken = sum(widths) + gap * max(0, len(widths) - 1)
        spare = max(0, width - 2 * padding - taken)
        at = padding + {"start": 0, "centre": spare // 2, "end": spare}[self.crowd]
        for each, wide in zip(pieces, widths, strict=True):
            tall = inner if self.gravity == "fill" else min(inner, each.height_at(wide))
            below = inner - tall if self.gravity == "top" else (inner - tall) // 2
            left = x + width - at - wide if self.theme.is_mirrored else x + at
            each.place(left, y + padding + below, wide, tall)
            at += wide + gap


def _closed_up(piece: Piece, width: int, height: int) -> int:
    """Give a snug piece no more of its width than its lines take, if they have room as they are."""
    has_room = piece.is_snug and piece.height_at(width) <= height
    return piece.snug_width(width) if has_room else width


class Middle(Piece):
    """One piece in the middle, no wider than a size of the theme.

    Attributes:
        widest: name of that size.
    """

    widest = StringProperty("column")

    def _inner(self, width: int) -> int:
        return min(width, self.px(self.widest))

    def height_at(self, width: int) -> int:
        """Be as tall as what is inside."""
        return super().height_at(self._inner(width))

    def low_height_at(self, width: int) -> int:
        """Be as tall as what is touched inside."""
        return max((each.low_height_at(self._inner(width)) for each in self.pieces), default=0)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand what is inside in the middle."""
        inner = self._inner(width)
        super().place(x + (width - inner) // 2, y, inner, height)
        self.pos, self.size = (x, y), (width, height)
