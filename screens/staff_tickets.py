"""Today's tickets, for staff who signed in at the terminal.

Responsible for: one row for each ticket, with Print beside it. Not responsible for: what was printed.
"""

from kiosk.core import views
from screens.widgets import pager  # noqa: F401 - named in the .kv file
from screens.widgets.control import Send
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv
from screens.widgets.plate import Plate


class StaffTickets(FramedScreen):
    """A list that is read at a glance."""

    def fill(self, body: views.StaffTickets) -> None:
        """Show the rows."""
        parts = self.ids
        parts.body.is_aside = self.is_wide and self._is_narrow
        parts.body.is_wide = self.is_wide and not self._is_narrow
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.notices.text = "\n".join(body.notices)
        parts.rows.clear_widgets()
        for row in body.rows:
            drawn = TicketRow()
            drawn.show_row(row, self.send, below=self._is_narrow and not self.is_wide)
            parts.rows.add_widget(drawn)
        self.show_pager(body.pager)
        parts.finish.show(body.finish, self.send)


class TicketRow(Plate):
    """Time, number, service, the truth about its paper, and what can be done."""

    def show_row(self, row: views.StaffRow, sends: Send, *, below: bool) -> None:
        """Show one row, with its button beside or below the words."""
        parts = self.ids
        parts.time.text, parts.number.text = row.time, row.number
        parts.service.text, parts.status.text = row.service, row.status
        parts.act.show(None if below else row.act, sends)
        parts.act_below.show(row.act if below else None, sends)


load_kv(__file__)
