"""One access setting and what it can be set to.

Responsible for: options, and steps where there are some. Not responsible for: what a setting changes; the
next view shows it.
"""

from dataclasses import dataclass
from functools import partial
from typing import Final

from kiosk.core import views
from screens.reach import least_share
from screens.theme import Theme
from screens.widgets import ends  # noqa: F401 - named in the .kv file
from screens.widgets.control import Send
from screens.widgets.entry import OptionEntry
from screens.widgets.frame import FramedScreen
from screens.widgets.layout import Column
from screens.widgets.piece import load_kv


@dataclass(frozen=True, slots=True)
class Standing:
    """One way to stand everything.

    Attributes:
        labelled: steps say above what they change.
        aside: the question stands beside, where nobody need reach.
        columns: of options.
        step_columns: of steps.
        stacked: what steps are at stands above their buttons.
    """

    labelled: bool = False
    aside: bool = False
    columns: int = 1
    step_columns: int = 1
    stacked: bool = False


_USUAL: Final = (Standing(labelled=True), Standing())
_WIDE: Final = (_USUAL[0], Standing(labelled=True, columns=2), Standing(columns=2))
_ON_A_WIDE_SIDE: Final = (*_USUAL, Standing(aside=True), Standing(aside=True, columns=2, step_columns=2))
_UPRIGHT: Final = (*_USUAL, Standing(columns=2), Standing(columns=2, stacked=True))


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

        On a wide panel options stand in two columns before that; at one side of it the question then stands
        beside, where nobody need reach, and then options and steps stand in two columns. On an upright one
        the first of three options share a line; then the words on steps have half of one each.
        """
        least = 1.0 if self.is_wide and not self._is_reached_low else least_share(theme.look)
        ways = [partial(self._stand, standing) for standing in self._standings()]
        self._place_best((theme, bottom, width, height), ways, least)

    def _standings(self) -> tuple[Standing, ...]:
        if self.is_wide:
            return _ON_A_WIDE_SIDE if self._is_narrow else _WIDE
        return _UPRIGHT if self.ids.steppers.children else _USUAL

    def _stand(self, standing: Standing) -> None:
        parts, options = self.ids, self.ids.options.children[0]
        parts.body.is_wide, parts.body.is_aside = self.is_wide and not standing.aside, standing.aside
        options.columns, options.is_even = standing.columns, not self.is_wide or standing.columns == 1
        options.last_is_long = not self.is_wide and standing.columns > 1
        parts.steppers.columns = standing.step_columns
        for stepper in parts.steppers.children:
            stepper.ids.label.is_absent = not standing.labelled
            stepper.ids.ends.is_stacked = standing.stacked


class Stepper(Column):
    """What something is at, between one step less and one step more."""

    def show_steps(self, stepper: views.Stepper, sends: Send) -> None:
        """Show it; less and more keep their places when one of them is absent."""
        parts = self.ids
        parts.label.text, parts.where.text = stepper.label, stepper.text
        parts.less.show(stepper.less, sends)
        parts.more.show(stepper.more, sends)


load_kv(__file__)
