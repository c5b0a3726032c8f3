"""A visitor's page on the glass: where to lay it, and how it came out.

Responsible for: showing the whole page, upright, as large as there is room, on white whatever the theme.
Not responsible for: reading pages, or what can be done with one (`screens.question`).
"""

import base64
from functools import lru_cache
from io import BytesIO
from typing import Final

from kivy.core.image import Image
from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.core import views
from screens.widgets.icon import Icon
from screens.widgets.label import Lettering
from screens.widgets.layout import Column
from screens.widgets.piece import Piece, load_kv
from screens.widgets.plate import Plate

_LEAST: Final = 2
_LEAST_ALONE: Final = 3
"""Heights of an emblem: a page that is shown lower can be told from another, and no more; to be looked at, it
needs more, and nothing but buttons stands beside it."""


class PageEntry(Column):
    """The page, or where to lay it, with what is to be said of it."""

    def __init__(self, entry: views.PageSlot) -> None:
        super().__init__(gap="gap", grows=bool(entry.picture))
        if entry.picture:
            self.add_widget(Page(entry, _LEAST if entry.text else _LEAST_ALONE))
            self._say(entry.text, kind="title", align="centre")
            self._say(entry.more, ink="quiet", align="centre")
        else:
            self.add_widget(_Place(entry))
        self._say(entry.code, kind="small", ink="quiet", align="centre")

    def _say(self, text: str, **looks: str) -> None:
        if text:
            self.add_widget(Lettering(text=text, **looks))


class _Place(Plate):
    """Where to lay a page."""

    def __init__(self, entry: views.PageSlot) -> None:
        super().__init__(padding="margin", gap="wide_gap")
        self.add_widget(Icon(icon="scanner", side="emblem", ink="primary"))
        self.add_widget(Lettering(text=entry.text, kind="title", align="centre"))


class Page(Piece):
    """The picture of a page in the middle of its place.

    Attributes:
        ratio: its height, as a multiple of its width.
    """

    ratio = NumericProperty(1)
    picture = StringProperty("")
    texture = ObjectProperty(None, allownone=True)
    drawn_pos = ListProperty([0, 0])
    drawn_size = ListProperty([0, 0])
    line = ListProperty([0, 0, 0, 0])

    def __init__(self, entry: views.PageSlot, least: int) -> None:
        super().__init__(grows=True, target_role="picture", target_name=entry.picture_name)
        self.picture, self._least = entry.picture, least
        self.ratio = entry.height_px / max(1, entry.width_px)

    def height_at(self, width: int) -> int:
        """Be content with little: texts and buttons come first."""
        return min(self._least * self.px("emblem"), self.roomy_height_at(width))

    def roomy_height_at(self, width: int) -> int:
        """Be as tall as the page is at this width."""
        return int(width * self.ratio)

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Show all of the page, in the middle."""
        super().place(x, y, width, height)
        wide = max(1, min(width, int(height / max(self.ratio, 0.01))))
        tall = max(1, min(height, int(wide * self.ratio)))
        left, low, half = x + (width - wide) // 2, y + (height - tall) // 2, self.px("stroke") / 2
        self.drawn_pos, self.drawn_size = [left, low], [wide, tall]
        self.line = [left + half, low + half, wide - 2 * half, tall - 2 * half]

    def draw(self) -> None:
        """Read the picture, only now that it is wanted."""
        self.texture = _texture(self.picture)


@lru_cache(maxsize=1)
def _texture(picture: str) -> Texture:
    """Read a picture; the last one only, for a glass is thrown away with its visitor."""
    texture = Image(BytesIO(base64.b64decode(picture)), ext="jpg", nocache=True).texture
    texture.min_filter = texture.mag_filter = "linear"
    return texture


load_kv(__file__)
