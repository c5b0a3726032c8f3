"""One access setting and what it can be set to.

Responsible for: options, and steps where there are some. Not responsible for: what a setting changes; the
next view shows it.
"""

from typing import Final

from kiosk.core import views
from screens.theme import Theme
from screens.widgets.control import Send
from screens.widgets.entry import OptionEntry
from screens.widgets.frame import FramedScreen
from screens.widgets.layout import Column
from screens.widgets.piece import load_kv

_LEAST_TEXT: Final = 0.68
"""Of the letters asked for; where steps still have room, each keeps its label."""


class AccessChoice(FramedScreen):
    """Choose one; touch on, and the way back."""

    def fill(self, body: views.AccessChoice) -> None:
        """Show the options, and the steps below them."""
        parts = self.ids
        parts.body.is_wide = self.is_wide
        parts.heading.text, parts.text.text = body.heading, body.text
        parts.text.is_absent = not body.text
        parts.options.clear_widgets()
        parts.options.add_widget(OptionEntry(body.options, self.send, wide=self.is_wide))
        parts.steppers.clear_widgets()
        parts.steppers.is_absent = not body.steppers
        for stepper in body.steppers:
            drawn = Stepper()
            drawn.show_steps(stepper, self.send)
            parts.steppers.add_widget(drawn)
        parts.close.show(body.close, self.send)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Leave to the words on the steps what they change, before letters become too low."""
        body = self.ids.body
        for labelled in (True, False):
            for stepper in self.ids.steppers.children:
                stepper.ids.label.is_absent = not labelled
            super()._place_body(theme, bottom, width, height)
            if body.theme.density.text >= _LEAST_TEXT and not body.is_strained():
                return


class Stepper(Column):
    """What something is at, between one step less and one step more."""

    def show_steps(self, stepper: views.Stepper, sends: Send) -> None:
        """Show it; less and more keep their places when one of them is absent."""
        parts = self.ids
        parts.label.text, parts.where.text = stepper.label, stepper.text
        parts.less.show(stepper.less, sends)
        parts.more.show(stepper.more, sends)


load_kv(__file__)
