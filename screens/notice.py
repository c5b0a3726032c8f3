"""A whole screen that tells one thing: closed, out of order, help is coming, something went wrong.

Responsible for: telling it by icon, colour and words. Not responsible for: what went wrong.
"""

from kiosk.core import views
from screens.theme import Theme
from screens.widgets.button import PushButton
from screens.widgets.frame import FramedScreen
from screens.widgets.label import Lettering
from screens.widgets.piece import load_kv


class Notice(FramedScreen):
    """An icon, a heading, what it means, and what can be done."""

    def fill(self, body: views.Notice) -> None:
        """Show the notice; the first button is the way on."""
        parts, tone = self.ids, body.tone.value
        parts.sign.icon, parts.sign.ink = tone, tone
        parts.heading.text, parts.heading.ink = body.heading, tone
        parts.card.stripe, parts.card.ground = tone, f"{tone}_tint"
        parts.paragraphs.clear_widgets()
        for paragraph in body.paragraphs:
            parts.paragraphs.add_widget(Lettering(text=paragraph, kind="title_text"))
        parts.code.text = body.code
        parts.code.is_absent = not body.code
        parts.card.gap, parts.card.padding = "wide_gap", "margin"
        self._fill_buttons(body.buttons)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Draw the words together, before letters become lower than asked for."""
        super()._place_body(theme, bottom, width, height)
        if self.is_tight():
            self.ids.card.gap, self.ids.card.padding = "close_gap", "padding"
            for button in self.ids.buttons.children:
                button.is_large = False
            super()._place_body(theme, bottom, width, height)

    def _fill_buttons(self, buttons: tuple[views.Button, ...]) -> None:
        place = self.ids.buttons
        place.clear_widgets()
        place.is_absent = not buttons
        for at, button in enumerate(buttons):
            drawn = PushButton(is_large=True, kind="plain" if at else "primary")
            drawn.show(button, self.send)
            place.add_widget(drawn)


load_kv(__file__)
