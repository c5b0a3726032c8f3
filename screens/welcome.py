"""The welcome: a greeting, and a language to begin with.

Responsible for: how it is drawn. Not responsible for: which languages there are.
"""

from kiosk.core import views
from screens.widgets import layout  # noqa: F401 - named in the .kv file
from screens.widgets.button import PushButton
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class Welcome(FramedScreen):
    """Nobody is here yet."""

    def fill(self, body: views.Welcome) -> None:
        """Show the greeting, and a large button for each language."""
        parts = self.ids
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.languages.clear_widgets()
        parts.languages.columns = columns(len(body.languages), wide=self.is_wide)
        for language in body.languages:
            button = PushButton(is_large=True, least="tall_target")
            button.show(language, self.send)
            parts.languages.add_widget(button)


def columns(count: int, *, wide: bool) -> int:
    """Choose how many languages stand in a line."""
    few, several, many = 3, 8, 15
    if count <= few:
        return count if wide else 1
    if count <= several:
        return 3 if wide and count != 4 else 2  # noqa: PLR2004 - four stand best as two and two
    return (4 if wide else 2) if count <= many else (5 if wide else 3)


load_kv(__file__)
