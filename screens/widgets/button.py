"""A button: a label, perhaps an icon.

Responsible for: showing a button of a view. Not responsible for: its looks and its event
(`screens.widgets.control`).
"""

from kivy.properties import BooleanProperty

from kiosk.core import views
from screens.widgets import icon, label  # noqa: F401 - named in the .kv file
from screens.widgets.control import Control, Send
from screens.widgets.piece import load_kv


class PushButton(Control):
    """Something to touch, with words in the middle.

    Attributes:
        is_large: words as large as a title.
    """

    is_large = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    def show(self, button: views.Button | None, sends: Send) -> None:
        """Show a button of a view, or nothing where it is absent: then no earlier word takes room."""
        self.is_absent = button is None
        if button is None:
            self.label = ""
        else:
            self.label, self.language = button.label, button.language
            self.event, self.sends = button.event, sends
            self.target_said = button.said
            self.target_selected = button.selected


load_kv(__file__)
