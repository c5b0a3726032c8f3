"""Where one is in a list longer than the screen: earlier, which page, more.

Responsible for: two buttons and a text between. Not responsible for: what a page holds (`kiosk.core.pages`).
"""

from kiosk.core import views
from screens.reach import longest_word_mm
from screens.theme import Type
from screens.widgets import button
from screens.widgets.control import Send
from screens.widgets.layout import Row
from screens.widgets.piece import Piece, load_kv


class Pager(Row):
    """Next and previous always stand at the same side, whether the other is there or not.

    Where a third of the width is too little for their words, the text between stands above them.
    """

    @property
    def pieces(self) -> list[Piece]:
        """Both buttons keep their places; the text has none where it is told elsewhere."""
        return [each for each in super().pieces if isinstance(each, button.PushButton) or not each.is_absent]

    def height_at(self, width: int) -> int:
        """Count the text above, where it stands there."""
        if not self._is_stacked(width):
            return super().height_at(width)
        half = self._half(width)
        tallest = max(each.height_at(half) for each in (self.ids.previous, self.ids.next))
        return int(self.ids.where.height_at(width) + self.px("close_gap") + tallest)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the two at the sides."""
        if not self._is_stacked(width):
            super().place(x, y, width, height)
            return
        self.pos, self.size, half = (x, y), (width, height), self._half(width)
        above = min(height, self.ids.where.height_at(width))
        self.ids.where.place(x, y + height - above, width, above)
        tall = height - above - self.px("close_gap")
        ends = (x, x + width - half)
        begin, end = reversed(ends) if self.theme.is_mirrored else ends
        self.ids.previous.place(begin, y, half, tall)
        self.ids.next.place(end, y, half, tall)

    def _is_stacked(self, width: int) -> bool:
        if self.ids.where.is_absent:
            return False
        theme, gap = self.theme, self.px(self.gap)
        words = theme.mm(longest_word_mm(theme.cap_mm(Type.STRONG), phrase=False))
        return bool((width - 2 * gap) // 3 < words + 2 * (theme.button_padding + theme.button_sides))

    def _half(self, width: int) -> int:
        return (width - self.px(self.gap)) // 2

    def show(self, pager: views.Pager | None, sends: Send, *, told: bool = True) -> None:
        """Show a pager of a view, or nothing.

        Args:
            pager: of a view.
            sends: takes the event of what is touched.
            told: say between the buttons where one is.
        """
        self.is_absent, self.ids.where.is_absent = pager is None, not told
        if pager is not None:
            self.ids.where.text = pager.text
            self.ids.previous.show(pager.previous, sends)
            self.ids.next.show(pager.next, sends)


load_kv(__file__)
