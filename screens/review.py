"""Check the answers before they are sent.

Responsible for: one row for each answer, with Change beside it. Not responsible for: what the answers are.
"""

from kivy.properties import BooleanProperty

from kiosk.core import views
from screens.widgets import layout, pager  # noqa: F401 - named in the .kv file
from screens.widgets.control import Send
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv
from screens.widgets.plate import Plate


class Review(FramedScreen):
    """Every answer once more, and the button that names the act."""

    def fill(self, body: views.Review) -> None:
        """Show the rows."""
        parts = self.ids
        wide = self.is_wide and not self._is_narrow
        parts.body.is_wide = wide
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.text.is_absent = not body.text
        parts.rows.clear_widgets()
        for row in body.rows:
            drawn = ReviewRow(is_wide=wide)
            drawn.show_row(row, self.send)
            parts.rows.add_widget(drawn)
        self.show_pager(body.pager)
        parts.forward.show(body.send, self.send)


class ReviewRow(Plate):
    """A question, its answer, and Change.

    Attributes:
        is_wide: question and answer stand beside one another.
    """

    is_wide = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    def show_row(self, row: views.Row, sends: Send) -> None:
        """Show one row."""
        self.ids.asked.text, self.ids.answer.text = row.label, row.answer
        self.ids.change.show(row.change, sends)


load_kv(__file__)
