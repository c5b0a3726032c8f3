"""What everything on the glass has: a theme, a height that follows from its width, and a place.

Responsible for: the agreement between a piece and whoever places it, and loading a piece's .kv file.
Not responsible for: where pieces stand (`screens.widgets.layout`), or what is drawn.

Placing is plain arithmetic, done in one pass when a view is shown: first every piece is asked how tall it
would be, then each is given its place, then texts are drawn. No clock, no second frame, nothing that moves.
"""

from pathlib import Path
from typing import Any

from kivy.lang import Builder
from kivy.properties import BooleanProperty, NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from screens.target import Targeted
from screens.theme import Theme


def load_kv(module: str) -> None:
    """Load the .kv file beside a module, once in a process.

    Args:
        module: the module's ``__file__``.
    """
    path = str(Path(module).with_suffix(".kv"))
    if path not in Builder.files:
        Builder.load_file(path)


class Piece(Targeted, Widget):
    """Something with a theme and a place.

    Attributes:
        theme: sizes, colours and type; set before anything is measured.
        is_absent: takes no room, is not drawn and not touched.
        grows: takes room to spare in a column.
        is_snug: in a row, is only as wide as it needs. share: of what the snug leave, as a weight.
    """

    theme = ObjectProperty(None, allownone=True, rebind=False)
    is_absent = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    grows = BooleanProperty(False)  # noqa: FBT003 - as above
    is_snug = BooleanProperty(False)  # noqa: FBT003 - as above
    share = NumericProperty(1)
    sides_itself = False
    """It stands what is touched at one side by itself, where that is wanted."""

    def __init__(self, **properties: Any) -> None:
        super().__init__(size_hint=(None, None), **properties)

    def on_is_absent(self, _piece: Widget, is_absent: bool) -> None:  # noqa: FBT001 - Kivy calls it
        """Hide, so that neither a finger nor the list of targets finds it."""
        self.opacity = 0 if is_absent else 1
        self.disabled = is_absent

    def on_touch_down(self, touch: Any) -> bool:
        """Let a touch through to what stands where an absent piece stood; Kivy would keep it."""
        return not self.is_absent and bool(super().on_touch_down(touch))

    def px(self, name: str) -> int:
        """Give a size of the theme by its name."""
        return int(getattr(self.theme, name))

    @property
    def pieces(self) -> list["Piece"]:
        """The pieces inside that are present, in reading order."""
        return [each for each in reversed(self.children) if isinstance(each, Piece) and not each.is_absent]

    def dress(self, theme: Theme) -> None:
        """Take a theme, and hand it on to the pieces inside."""
        if self.theme is not theme and self.theme != theme:  # nearly always the same: much cheaper to tell
            self.theme = theme
        for child in self.children:
            if isinstance(child, Piece):
                child.dress(theme)

    def height_at(self, width: int) -> int:
        """Say how tall this is at a width, in px."""
        return max((each.height_at(width) for each in self.pieces), default=0)

    def roomy_height_at(self, width: int) -> int:
        """Say how tall this would grow where there is room to spare."""
        return max(
            self.height_at(width), max((each.roomy_height_at(width) for each in self.pieces), default=0)
        )

    def low_height_at(self, width: int) -> int:
        """Say how tall the part is that must stand low, because it is touched, at a width."""
        return self.height_at(width) if self.is_touched() else 0

    def is_touched(self) -> bool:
        """Say whether anything in it can be touched."""
        return self.target_touchable or any(each.is_touched() for each in self.pieces)

    def natural_width(self) -> int:
        """Say how wide this would be with nothing broken into lines, in px."""
        return max((each.natural_width() for each in self.pieces), default=0)

    def snug_width(self, width: int) -> int:
        """Say how much of a width this takes where it is snug and would like to be wider, in px."""
        return width

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand at a place: px from the left and the bottom of the window."""
        self.pos = (x, y)
        self.size = (width, height)
        for each in self.pieces:
            each.place(x, y, width, height)

    def is_strained(self) -> bool:
        """Say whether, where it stands, a text inside had to be made smaller or break a word."""
        return any(each.is_strained() for each in self.pieces)

    def draw(self) -> None:
        """Draw the texts inside; called once everything has its place."""
        for each in self.pieces:
            each.draw()
