"""Something takes a moment: it is being kept, printed or scanned.

Responsible for: saying so, without anything that moves. Not responsible for: how long it takes.
"""

from kiosk.core import views
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class Working(FramedScreen):
    """One line, in the middle; a way to stop it, where there is one."""

    def fill(self, body: views.Working) -> None:
        """Show what is going on."""
        self.ids.heading.text, self.ids.text.text = body.heading, body.text
        self.ids.text.is_absent = not body.text
        self.ids.stop.show(body.stop, self.send)
        self.ids.stop_place.is_absent = body.stop is None


load_kv(__file__)
