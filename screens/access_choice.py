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


_TIGHTER: Final = ((True, False, 1), (False, False, 1))
_TIGHTER_ASIDE: Final = (*_TIGHTER, (False, True, 1), (False, True, 2))
"""Whether steps are labelled, whether the question stands aside, and columns of options and steps."""
_FEW_OPTIONS: Final = 3


class AccessChoice(FramedScreen):
    """Choose one; touch on, and the way back."""

    def fill(self, body: views.AccessChoice) -> None:
        """Show the options, and the steps below them."""
        parts = self.ids
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
        """Leave to the words on the steps what they change, before letters become too low.

        At one side of a wide panel the question then stands beside, where nobody need reach; then options and
        steps stand in two columns. On an upright one the first two of three options share a line.
        """
        body, options = self.ids.body, self.ids.options.children[0]
        options.last_is_long = False
        for labelled, aside, columns in _TIGHTER_ASIDE if self.is_wide and self._is_narrow else _TIGHTER:
            body.is_wide, body.is_aside = self.is_wide and not aside, aside
            options.columns = self.ids.steppers.columns = columns
            for stepper in self.ids.steppers.children:
                stepper.ids.label.is_absent = not labelled
            super()._place_body(theme, bottom, width, height)
            if body.theme.density.text >= _LEAST_TEXT and not body.is_strained():
                return
        if not self.is_wide and self.ids.steppers.children and len(options.children) == _FEW_OPTIONS:
            options.columns, options.last_is_long = 2, True
            super()._place_body(theme, bottom, width, height)


class Stepper(Column):
    """What something is at, between one step less and one step more."""

    def show_steps(self, stepper: views.Stepper, sends: Send) -> None:
        """Show it; less and more keep their places when one of them is absent."""
        parts = self.ids
        parts.label.text, parts.where.text = stepper.label, stepper.text
        parts.less.show(stepper.less, sends)
        parts.more.show(stepper.more, sends)


load_kv(__file__)
