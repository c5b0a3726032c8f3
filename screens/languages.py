"""All languages, to change to another in the middle of a visit.

Responsible for: how they are drawn. Not responsible for: what changes with the language.
"""

from kiosk.core import views
from screens.welcome import columns
from screens.widgets import pager  # noqa: F401 - named in the .kv file
from screens.widgets.button import PushButton
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class Languages(FramedScreen):
    """Choose another language; the one in force is marked."""

    def fill(self, body: views.Languages) -> None:
        """Show every language of the page in its own name."""
        parts = self.ids
        parts.heading.text = body.heading
        parts.languages.clear_widgets()
        parts.languages.columns = columns(len(body.languages), wide=self.is_wide, low=self._is_reached_low)
        for language in body.languages:
            kind, icon = ("selected", "tick") if language.selected else ("plain", "")
            button = PushButton(is_large=True, kind=kind, icon=icon)
            button.show(language, self.send)
            parts.languages.add_widget(button)
        self.show_pager(body.pager)
        parts.close.show(body.close, self.send)


load_kv(__file__)
