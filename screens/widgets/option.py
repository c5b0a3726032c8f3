"""One answer that can be chosen: a ring or a box, a label and a hint.

Responsible for: showing what is chosen by shape as well as by colour. Not responsible for: choosing.
"""

from dataclasses import replace

from kivy.properties import BooleanProperty, ListProperty

from kiosk.core import views
from kiosk.core.glass_lines import Told
from screens.palette import INVISIBLE
from screens.widgets import icon, label  # noqa: F401 - named in the .kv file
from screens.widgets.control import Control, Send
from screens.widgets.piece import Piece, load_kv


class Option(Control):
    """One answer; touching it chooses it, or takes the choice back."""

    is_many = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default

    def show_option(self, option: views.Option, *, many: bool, sends: Send) -> None:
        """Show an option of a view."""
        self.label, self.is_many, self.target_selected = option.label, many, option.chosen
        self.event, self.sends = option.event, sends
        self.kind = "selected" if option.chosen else "plain"
        self.ids.hint.text = option.hint
        self.ids.hint.is_absent = not option.hint

    def told(self) -> Told:
        """Say whether others may be chosen beside it."""
        return replace(super().told(), many=self.is_many)


class Marker(Piece):
    """The ring of one answer, or the box of several; a dot or a tick says that it is chosen."""

    is_many = BooleanProperty(False)  # noqa: FBT003 - as above
    is_chosen = BooleanProperty(False)  # noqa: FBT003 - as above
    outer = ListProperty([0, 0, 0, 0])
    inner = ListProperty([0, 0, 0, 0])
    dot = ListProperty([0, 0, 0, 0])
    outer_radius = ListProperty([0])
    inner_radius = ListProperty([0])
    dot_radius = ListProperty([0])
    line_rgba = ListProperty(INVISIBLE)
    ground_rgba = ListProperty(INVISIBLE)
    dot_rgba = ListProperty(INVISIBLE)

    def height_at(self, width: int) -> int:
        """Be square."""
        return min(width, self.px("marker"))

    def natural_width(self) -> int:
        """Be square."""
        return int(self.theme.marker)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand in the middle of a place."""
        side = min(width, height, self.theme.marker)
        left, low, stroke = x + (width - side) // 2, y + (height - side) // 2, self.theme.stroke
        self.outer = [left, low, side, side]
        self.inner = [left + stroke, low + stroke, side - 2 * stroke, side - 2 * stroke]
        self.dot = [left + side // 4, low + side // 4, side - 2 * (side // 4), side - 2 * (side // 4)]
        round_ = self.theme.small_radius if self.is_many else side / 2
        self.outer_radius, self.inner_radius = [round_], [max(1, round_ - stroke)]
        self.dot_radius = [(side - 2 * (side // 4)) / 2]
        self._colour()
        super().place(x, y, width, height)

    def _colour(self) -> None:
        palette = self.theme.palette
        self.line_rgba = palette.primary if self.is_chosen else palette.line
        filled = self.is_chosen and self.is_many
        self.ground_rgba = palette.primary if filled else palette.surface
        self.dot_rgba = palette.primary if self.is_chosen and not self.is_many else INVISIBLE


load_kv(__file__)
