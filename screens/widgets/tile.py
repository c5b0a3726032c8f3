"""A large thing to touch in a menu: icon, label and a hint.

Responsible for: how a tile looks. Not responsible for: how many there are and where (`screens.menu`).
"""

from kiosk.core import views
from screens.widgets import icon, label  # noqa: F401 - named in the .kv file
from screens.widgets.control import Control, Send
from screens.widgets.piece import load_kv


class Tile(Control):
    """One group or service."""

    def show_tile(self, tile: views.Tile, sends: Send) -> None:
        """Show a tile of a view."""
        self.label, self.icon = tile.label, tile.icon
        self.event, self.sends = tile.event, sends
        self.ids.hint.text = tile.hint
        self.ids.hint.is_absent = not tile.hint


load_kv(__file__)
