"""A ground with a border and round corners: what buttons, tiles, cards and notices stand on.

Responsible for: where ground, border and stripe are, and their colours.
Not responsible for: what stands on it.
"""

from typing import Any

from kivy.properties import ListProperty, NumericProperty, StringProperty

from screens.palette import INVISIBLE
from screens.theme import Theme
from screens.widgets.layout import Column
from screens.widgets.piece import load_kv


class Plate(Column):
    """Pieces under one another on a ground of their own.

    Attributes:
        ground, edge: names of colours of the palette, of the inside and of the border.
        stroke: name of the border's width in the theme.
        stripe: name of the colour of a broad stripe where lines begin, or empty.
    """

    ground = StringProperty("surface")
    edge = StringProperty("rule")
    stroke = StringProperty("hairline")
    stripe = StringProperty("")
    outer = ListProperty([0, 0, 0, 0])
    border = ListProperty([0, 0, 0, 0, 1])
    border_half = NumericProperty(1)
    flat = ListProperty([0, 0, 0, 0])
    outer_radius = ListProperty([0])
    edge_rgba = ListProperty(INVISIBLE)
    ground_rgba = ListProperty(INVISIBLE)
    stripe_rgba = ListProperty(INVISIBLE)

    def __init__(self, **properties: Any) -> None:
        super().__init__(**properties)
        for name in ("ground", "edge", "stroke", "stripe", "theme"):
            self.fbind(name, self._paint)

    def _stripe(self) -> int:
        return self.theme.stripe if self.stripe else 0

    def height_at(self, width: int) -> int:
        """Count the stripe as width that is not there."""
        return super().height_at(width - self._stripe())

    def natural_width(self) -> int:
        """Count the stripe."""
        return super().natural_width() + self._stripe()

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Leave room for the stripe."""
        room = self._stripe()
        super().place(x if self.theme.is_mirrored else x + room, y, width - room, height)
        self.pos, self.size = (x, y), (width, height)
        self._paint()

    def _paint(self, *_changed: Any) -> None:
        theme: Theme | None = self.theme
        if theme is None:
            return
        palette, stroke = theme.palette, getattr(theme, self.stroke)
        x, y, width, height = int(self.x), int(self.y), int(self.width), int(self.height)
        self.outer = [x, y, width, height]
        # A line touches only the pixels of the border; a second filled shape would paint every tile twice.
        half = stroke / 2
        self.border = [x + half, y + half, max(0, width - stroke), max(0, height - stroke), theme.radius]
        self.border_half = half
        self.edge_rgba, self.ground_rgba = getattr(palette, self.edge), getattr(palette, self.ground)
        self.outer_radius = [theme.radius]
        self.stripe_rgba = getattr(palette, self.stripe) if self.stripe else INVISIBLE
        self.flat = self._stripe_box() if self.stripe else [0, 0, 0, 0]

    def _stripe_box(self) -> list[int]:
        x, y, width, height = self.outer
        room = self._stripe()
        return [x + width - room if self.theme.is_mirrored else x, y, room, height]


load_kv(__file__)
