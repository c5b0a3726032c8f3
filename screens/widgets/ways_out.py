"""The frame's own buttons at the foot of every screen: each always at the same place.

Responsible for: standing them in one line or several, by how large their words are.
Not responsible for: which there are (`kiosk.core.framing`).
"""

from typing import Final

from screens.widgets.piece import Piece

_AT_THE_TOP: Final = 2
"""Buttons that stand in the band at the top unless everything is reached low: Back and English."""


class WaysOut(Piece):
    """Buttons in lines of equal length; one that is absent leaves its place free."""

    def _columns(self, width: int) -> int:
        return int(self.theme.ways_out_columns(width, max(1, len(self._places()))))

    def _places(self) -> list[Piece]:
        pieces = [each for each in reversed(self.children) if isinstance(each, Piece)]
        return pieces if self.theme.is_reached_low else pieces[_AT_THE_TOP:]

    def height_at(self, width: int) -> int:
        """Count the lines."""
        lines = -(-len(self._places()) // self._columns(width))
        return int(lines * self.theme.frame_target + (lines - 1) * self.theme.close_frame_gap)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the buttons from the top line down, Back and English among them where all is reached low."""
        self.pos, self.size = (x, y), (width, height)
        columns, gap, places = self._columns(width), self.theme.frame_gap, self._places()
        wide = (width - gap * (columns - 1)) // columns
        for at, each in enumerate(places):
            line, along = divmod(at, columns)
            left = x + along * (wide + gap)
            if self.theme.is_mirrored:
                left = x + width - along * (wide + gap) - wide
            low = y + height - (line + 1) * self.theme.frame_target - line * self.theme.close_frame_gap
            each.place(left, low, wide, self.theme.frame_target)
