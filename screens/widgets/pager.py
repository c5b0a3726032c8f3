"""Where one is in a list longer than the screen: earlier, which page, more.

Responsible for: what the buttons and the text between say. Not responsible for: where they stand
(`screens.widgets.ends`), or what a page holds (`kiosk.core.pages`).
"""

from kiosk.core import views
from screens.reach import longest_word_mm
from screens.theme import Type
from screens.widgets import button  # noqa: F401 - named in the .kv file
from screens.widgets.control import Send
from screens.widgets.ends import Ends
from screens.widgets.piece import load_kv


class Pager(Ends):
    """Next and previous always stand at the same side, whether the other is there or not."""

    def stacks(self, width: int) -> bool:
        """Stand the text above where a third of the width is too little for the words of the buttons."""
        theme, gap = self.theme, self.px(self.gap)
        words = theme.mm(longest_word_mm(theme.cap_mm(Type.STRONG), phrase=False))
        return bool((width - 2 * gap) // 3 < words + 2 * (theme.button_padding + theme.button_sides))

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
