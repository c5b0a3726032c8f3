"""The welcome: a greeting, and a language to begin with.

Responsible for: how it is drawn. Not responsible for: which languages there are.
"""

from kiosk.core import views
from screens.theme import Theme
from screens.widgets import bulletins, layout, pager  # noqa: F401 - named in the .kv file
from screens.widgets.button import PushButton
from screens.widgets.frame import FramedScreen
from screens.widgets.piece import load_kv


class Welcome(FramedScreen):
    """Nobody is here yet."""

    def fill(self, body: views.Welcome) -> None:
        """Show the greeting, and a large button for each language of the page."""
        parts = self.ids
        parts.heading.text, parts.text.text, parts.emblem.icon = body.heading, body.text, "mark"
        parts.bulletins.show(body.bulletins, wide=self.is_wide)
        parts.languages.clear_widgets()
        parts.languages.columns = columns(len(body.languages), wide=self.is_wide, low=self._is_reached_low)
        for language in body.languages:
            button = PushButton(is_large=True, least="tall_target")
            button.show(language, self.send)
            parts.languages.add_widget(button)
        self.show_pager(body.pager)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Leave out the mark, and let lines differ in height, before letters become lower than asked for."""
        self.ids.languages.is_even = True
        super()._place_body(theme, bottom, width, height)
        if self.is_tight():
            self.ids.emblem.icon = ""
            self.ids.languages.is_even = False
            super()._place_body(theme, bottom, width, height)


def columns(count: int, *, wide: bool, low: bool = False) -> int:
    """Choose how many languages stand in a line, so that the last line is not one alone.

    Args:
        count: of the languages.
        wide: the panel stands on its long side.
        low: everything touched has the lower half only, so lines must be few.
    """
    few, several, many = 3, 8, 16
    if count <= few:
        return count if wide else 1
    if count <= several:
        return 3 if wide and count != 4 else 2  # noqa: PLR2004 - four stand best as two and two
    if count <= many:
        return 4 if wide else 3 if low else 2
    return 6 if wide else 3


load_kv(__file__)
