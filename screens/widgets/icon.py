"""A small drawing, tinted by a colour of the theme.

Responsible for: finding a drawing by its name. Not responsible for: making it (`screens.assets.draw_icons`),
or meaning: an icon never stands without words, and is no target.
"""

from functools import cache
from pathlib import Path
from typing import Any, Final

from kivy.core.image import Image
from kivy.graphics.texture import Texture
from kivy.properties import BooleanProperty, ListProperty, ObjectProperty, StringProperty

from kiosk.core.companion import parts
from screens.theme import Theme, Type
from screens.widgets.piece import Piece, load_kv

FOLDER: Final = Path(__file__).parents[1] / "assets" / "icons"
SMALLER_PX: Final = (64, 128)
"""Sides of the smaller copies of each drawing, in folders of that name."""

UNKNOWN: Final = "generic"
_TURNED: Final = frozenset({"back", "forward", "leave"})
"""Drawings that point somewhere; they are mirrored with the layout."""


class Icon(Piece):
    """A drawing in the middle of its place.

    Attributes:
        icon: name of the drawing; empty draws nothing; an unknown name draws the general one.
        side: name of its size in the theme.
        ink: name of a colour of the palette.
        always: it says something by itself, as the tick in a box does; shown where no pictures are wanted.
    """

    icon = StringProperty("")
    side = StringProperty("icon")
    ink = StringProperty("ink")
    always = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    texture = ObjectProperty(None, allownone=True)
    drawn_pos = ListProperty([0, 0])
    drawn_size = ListProperty([0, 0])
    turned = ListProperty([0, 0, 1, 0, 1, 1, 0, 1])

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        self.is_absent = not self.icon

    def on_icon(self, _piece: Piece, icon: str) -> None:
        """Take no room without a drawing."""
        self.is_absent = not icon

    def dress(self, theme: Theme) -> None:
        """Take a theme; where no pictures are wanted, none takes room."""
        super().dress(theme)
        self.is_absent = not self.icon or not (theme.look.pictures or self.always)

    def _side(self) -> int:
        return getattr(self.theme, self.side)  # type: ignore[no-any-return]

    def height_at(self, width: int) -> int:
        """Be as tall as it is wide."""
        return min(width, self._side())

    def natural_width(self) -> int:
        """Be as wide as the theme says."""
        return self._side()

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand in the middle of a place."""
        super().place(x, y, width, height)
        side = min(width, height, self._side())
        self.drawn_size = [side, side]
        self.drawn_pos = [x + (width - side) // 2, y + (height - side) // 2]
        flipped = self.theme.is_mirrored and self.icon in _TURNED
        self.turned = [1, 1, 0, 1, 0, 0, 1, 0] if flipped else [0, 1, 1, 1, 1, 0, 0, 0]

    def draw(self) -> None:
        """Find the drawing, only now that it is wanted: reading one takes as long as a frame."""
        icon = self.icon if self.icon in names() else UNKNOWN
        self.texture = _drawing(icon, self.drawn_size[0]) if self.icon else None


class Bullet(Icon):
    """A drawing before a text, as tall as its first line: that depends on the script.

    Attributes:
        text: what it stands before.
    """

    text = StringProperty("")

    def height_at(self, width: int) -> int:
        """Be as tall as a line."""
        del width
        first = parts(self.text)[0]
        return int(self.theme.typesetter.measure(first, self.theme.style(Type.BODY)).height_px)


@cache
def names() -> frozenset[str]:
    """List the drawings there are."""
    return frozenset(path.stem for path in FOLDER.glob("*.png"))


def _drawing(icon: str, side_px: int) -> Texture:
    """Give the smallest drawing that need not be stretched."""
    folder = next((FOLDER / str(side) for side in SMALLER_PX if side >= side_px), FOLDER)
    return _texture(folder / f"{icon}.png")


@cache
def _texture(path: Path) -> Texture:
    texture = Image(str(path)).texture
    texture.min_filter, texture.mag_filter = "linear", "linear"
    return texture


load_kv(__file__)
