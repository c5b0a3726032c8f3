"""Where one is in a list longer than the screen: earlier, which page, more.

Responsible for: two buttons and a text between. Not responsible for: what a page holds (`kiosk.core.pages`).
"""

from kiosk.core import views
from screens.widgets import button  # noqa: F401 - named in the .kv file
from screens.widgets.control import Send
from screens.widgets.layout import Row
from screens.widgets.piece import load_kv


class Pager(Row):
    """Next and previous always stand at the same side, whether the other is there or not."""

    def show(self, pager: views.Pager | None, sends: Send) -> None:
        """Show a pager of a view, or nothing."""
        self.is_absent = pager is None
        if pager is not None:
            self.ids.where.text = pager.text
            self.ids.previous.show(pager.previous, sends)
            self.ids.next.show(pager.next, sends)


load_kv(__file__)
