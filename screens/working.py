"""Something takes a moment: it is being kept, or printed.

Responsible for: saying so, without anything that moves. Not responsible for: how long it takes.
"""

from kiosk.core import views
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class Working(FramedScreen):
    """One line, in the middle."""

    def fill(self, body: views.Working) -> None:
        """Show what is going on."""
        self.ids.heading.text, self.ids.text.text = body.heading, body.text
        self.ids.text.is_absent = not body.text


load_kv(__file__)
