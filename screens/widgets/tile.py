"""A large thing to touch in a menu: icon, label and a hint.

Responsible for: how a tile looks. Not responsible for: how many there are and where (`screens.menu`).
"""

from kivy.properties import BooleanProperty

from kiosk.core import views
from screens.widgets import icon, label  # noqa: F401 - named in the .kv file
from screens.widgets.control import Control, Send
from screens.widgets.piece import load_kv


class Tile(Control):
    """One group, service or setting.

    Attributes:
        is_plain: its label is no larger than other words.
    """

    is_plain = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    def show_tile(self, tile: views.Tile, sends: Send) -> None:
        """Show a tile of a view."""
        self.label, self.icon = tile.label, tile.icon
        self.event, self.sends, self.is_plain = tile.event, sends, False
        self.ids.hint.text = self.ids.hint_beside.text = tile.hint
        self.stand_hint(beside=False)

    def stand_hint(self, *, beside: bool) -> None:
        """Let what more it says stand under its label, or beside."""
        hint, hint_beside = self.ids.hint, self.ids.hint_beside
        hint.is_absent, hint_beside.is_absent = beside or not hint.text, not beside or not hint.text

    def leave_to_name(self, *, keeps_icon: bool) -> None:
        """Leave out the hint, and where there is still less room, the icon."""
        self.ids.hint.is_absent = True
        self.icon = self.icon if keeps_icon else ""


load_kv(__file__)
