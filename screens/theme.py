"""How large everything is: millimetres of the real panel turned into pixels, and the scale of type.

Responsible for: every size on the glass; no other file holds a number of pixels or millimetres.
Not responsible for: colours (`screens.palette`), or what stands where (`screens.widgets.layout`).

A theme is a value. It is made anew when the look, the language or the density changes, and handed to every
piece of a screen by `Piece.dress`; a `.kv` file reads it as ``self.theme``.
"""

import math
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Final

from kiosk.core.access import CAP_MM, Reach, TextSize
from kiosk.core.glass_lines import Panel
from kiosk.core.views import Direction, Frame, Look
from kiosk.typeset import Align, TextStyle, Typesetter
from kiosk.typeset import Direction as Base
from kiosk.typeset.style import is_right_to_left
from screens.palette import PALETTES, Palette
from screens.reach import (
    ARM_MM,
    NARROWEST_SIDE_MM,
    crowded,
    evenly,
    frame_words_mm,
    longest_word_mm,
    side,
)
from screens.scale import BOLD, DISPLAY, LADDER, PLAIN, SCALE, Density, Type
from screens.strokes import Strokes

__all__ = ["LADDER", "PLAIN", "Density", "Theme", "Type"]

TARGET_MM: Final = 20.0
SMALLEST_TARGET_MM: Final = 12.7
SMALLEST_GAP_MM: Final = 2.54
USUAL_CAP_MM: Final = 4.8
FRAME_CAP_MM: Final = 7.3
"""Around screens letters grow no higher: 0.7 degrees from 600 mm away (EN 301 549, 5.1.4)."""
LOW_PANEL_MM: Final = 230.0
TALL_PANEL_MM: Final = 380.0
SMALL_PANEL_MM: Final = 240.0


@dataclass(frozen=True)
class Theme(Strokes):
    """Sizes in whole pixels, colours and styles of text for one panel, look, language and density.

    Args:
        typesetter: the engine that sets every text; one for the process.
        panel: the glass's real size.
        look: theme by name and the height of capitals.
        language: of every text that names no other.
        is_mirrored: the script runs from right to left, and so does the layout.
        density: how much room things take.
    """

    typesetter: Typesetter = field(compare=False, repr=False)
    panel: Panel = field(default_factory=Panel)
    look: Look = field(default_factory=Look)
    language: str = "en"
    is_mirrored: bool = False
    density: Density = PLAIN
    _styles: dict[tuple[Type, str, Align, float], TextStyle] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )

    def framed(self, frame: Frame) -> "Theme":
        """Give the theme for a view's frame."""
        return replace(
            self,
            look=frame.look,
            language=frame.language,
            is_mirrored=frame.direction is Direction.RTL,
            density=PLAIN,
        )

    @cached_property
    def around(self) -> "Theme":
        """The theme of the frame: the same on every screen, whatever its density."""
        cap_mm = min(self.look.cap_height_mm, FRAME_CAP_MM)
        shows = self.look.pictures and not crowded(self.look, self.panel)
        return replace(self, look=replace(self.look, cap_height_mm=cap_mm, pictures=shows), density=PLAIN)

    def at(self, density: Density) -> "Theme":
        """Give the same theme with more or less room."""
        return self if density == self.density else replace(self, density=density)

    @property
    def palette(self) -> Palette:
        """The colours; an unknown name of a theme gives the light one."""
        return PALETTES.get(self.look.theme, PALETTES["light"])

    # --- millimetres

    @property
    def px_per_mm(self) -> float:
        """Pixels in a millimetre; the finer direction counts, so that nothing is smaller than it says."""
        panel = self.panel
        return max(panel.width_px / panel.width_mm, panel.height_px / panel.height_mm)

    def mm(self, millimetres: float) -> int:
        """Turn millimetres into whole pixels, rounded up."""
        return math.ceil(millimetres * self.px_per_mm - 1e-6)

    @property
    def is_low(self) -> bool:
        """The panel is so low that the band at the top also holds Back."""
        return self.panel.height_mm < LOW_PANEL_MM

    # --- reach

    @cached_property
    def reach_line(self) -> int:
        """Nothing that is touched stands higher, in px from the lower edge of the glass."""
        if self.look.reach is Reach.WHOLE:
            return self.panel.height_px
        half = self.panel.height_px // 2
        return max(half, min(self.panel.height_px, self.mm(ARM_MM)))

    @property
    def is_reached_low(self) -> bool:
        """Whoever touches does not reach high."""
        return self.look.reach is not Reach.WHOLE

    def side(self, width: int) -> tuple[int, int]:
        """Give begin and width of what one arm reaches, of a width on the glass."""
        return side(self.look.reach, width, self.mm(NARROWEST_SIDE_MM))

    # --- what is touched

    @cached_property
    def target(self) -> int:
        """Height of what is touched: 20 mm where there is room, never under 12.7."""
        return max(self.mm(SMALLEST_TARGET_MM), self.mm(TARGET_MM * self.density.target))

    @cached_property
    def tall_target(self) -> int:
        """Height of the few large things on a screen that has nothing else."""
        return max(self.target, self.mm(28 * min(1.2, self.density.space)))

    @cached_property
    def smallest_target(self) -> int:
        """No side of a target is shorter."""
        return self.mm(SMALLEST_TARGET_MM)

    @cached_property
    def tallest_tile(self) -> int:
        """A tile with room to spare grows no taller."""
        return self.mm(72)

    @cached_property
    def tallest_option(self) -> int:
        """An option with room to spare grows no taller."""
        return self.mm(31)

    # --- room

    @cached_property
    def gap(self) -> int:
        """Between things to touch, and between a text and the next."""
        return max(self.mm(SMALLEST_GAP_MM), self._room(4.5))

    @cached_property
    def wide_gap(self) -> int:
        """Between one part of a screen and the next."""
        return max(self.mm(3), self._room(9))

    @cached_property
    def close_gap(self) -> int:
        """Between texts that belong together; never between things to touch."""
        return self._room(2)

    @cached_property
    def no_gap(self) -> int:
        """Nothing in between."""
        return 0

    @cached_property
    def margin(self) -> int:
        """At the edges of a screen."""
        return max(self.mm(4), self._room(12))

    @cached_property
    def padding(self) -> int:
        """Inside of what has a border."""
        return max(self.mm(2), self._room(5))

    @cached_property
    def button_padding(self) -> int:
        """Inside of a button, around its words."""
        return max(self.mm(1.2), self._room(3))

    @cached_property
    def button_sides(self) -> int:
        """Inside of a button, besides, at its left and right."""
        return self._room(2.4)

    @cached_property
    def option_padding(self) -> int:
        """Inside of an option."""
        return max(self.mm(1.6), self._room(4))

    @cached_property
    def frame_padding(self) -> int:
        """Inside of the frame's own buttons: two lines of words fit."""
        return self.mm(1)

    @property
    def _larger(self) -> float:
        """How much larger letters were asked for than is usual."""
        return min(1.6, max(0.8, self.look.cap_height_mm / USUAL_CAP_MM))

    def _room(self, millimetres: float) -> int:
        return self.mm(millimetres * self.density.space)

    @cached_property
    def column(self) -> int:
        """The widest column of text that is good to read."""
        return self.mm(300)

    @cached_property
    def narrow_column(self) -> int:
        """The widest row of a few large things."""
        return self.mm(230)

    @cached_property
    def pad(self) -> int:
        """Width of a pad of digits, with a word on one of them."""
        return self.mm(max(160, 28 * self.look.cap_height_mm))

    # --- the frame around every screen: the same on every one, whatever its density

    @cached_property
    def band(self) -> int:
        """Height of the band with the council's name."""
        return self.mm(22 if self.is_low else 26 if self.panel.height_mm < TALL_PANEL_MM else 31)

    @cached_property
    def trim(self) -> int:
        """Height of the thin line under the band."""
        return self.mm(1.2)

    @cached_property
    def edge(self) -> int:
        """Margin of the frame at the sides."""
        return self.mm(6 if self.is_low or self.panel.width_mm < SMALL_PANEL_MM else 12)

    @cached_property
    def inset(self) -> int:
        """Margin of the frame above and below its buttons."""
        is_large = self.look.cap_height_mm > CAP_MM[TextSize.USUAL] and self.panel.height_mm >= TALL_PANEL_MM
        is_full = is_large and self.is_reached_low
        return self.mm(2 if is_full else 2.6 if self.is_low else 5)

    @cached_property
    def notice_sides(self) -> int:
        """Besides the inset, so that a notice begins where the frame's buttons do."""
        return max(0, self.edge - self.inset)

    @cached_property
    def frame_target(self) -> int:
        """Height of the frame's own buttons: their words fit."""
        style = self.style(Type.STRONG)
        letter = _ONE_WITH_A_TAIL if is_right_to_left("", style) else "H"
        line_mm = self.typesetter.typeset(letter, style).line_pitch_px / self.px_per_mm
        words = self.mm(frame_words_mm(self.look.cap_height_mm, line_mm, phrase=self.look.companion))
        return max(self.mm(18 if self.is_low else TARGET_MM), words + 2 * self.frame_padding)

    def ways_out_columns(self, width: int, count: int) -> int:
        """Say how many of the frame's buttons stand in a line, their words unbroken, lines equally full."""
        edges = 2 * (self.frame_padding + self.button_sides)
        # counted also without pictures: nothing moves
        signs = edges if crowded(self.look, self.panel) else edges + self.frame_icon + self.padding
        words = self.mm(longest_word_mm(self.look.cap_height_mm, phrase=self.look.companion))
        return evenly(width, count, words + signs, self.frame_gap)

    @cached_property
    def frame_gap(self) -> int:
        """Between the frame's own buttons."""
        return self.mm(5)

    @cached_property
    def close_frame_gap(self) -> int:
        """Between lines of the frame's own buttons."""
        return self.mm(3)

    @cached_property
    def crest(self) -> int:
        """Side of the mark beside the council's name."""
        return self.mm(15)

    # --- signs

    @cached_property
    def marker(self) -> int:
        """Width of the ring or box beside an option."""
        return self.mm((11 if self.density.target >= 1 else 8) * self._larger)

    @cached_property
    def icon(self) -> int:
        """Side of an icon beside words."""
        return self.mm(11 * min(1.2, max(0.6, self.density.text)) * self._larger)

    @cached_property
    def frame_icon(self) -> int:
        """Side of an icon in the frame's own buttons: it leaves the room to their words."""
        return self.mm(11)

    @cached_property
    def bullet(self) -> int:
        """Side of the dot before a line of a list."""
        return self.mm(4 * self._larger)

    @cached_property
    def tile_icon(self) -> int:
        """Side of an icon in a tile."""
        return self.mm(21 * min(1.15, max(0.6, self.density.space)))

    @cached_property
    def emblem(self) -> int:
        """Side of the icon that says what a whole screen is about."""
        return self.mm(38 * min(1.2, max(0.4, self.density.space)))

    @cached_property
    def code_module(self) -> int:
        """Side of one square of a QR code."""
        return max(2, int(1.3 * min(1.1, max(0.7, self.density.space)) * self.px_per_mm))

    # --- type

    def cap_mm(self, kind: Type) -> float:
        """Give the height of capitals of a kind of text."""
        display = self.density.display if kind in DISPLAY else 1.0
        return self.look.cap_height_mm * max(1.0, SCALE[kind] * display) * self.density.text

    def style(
        self, kind: Type, language: str = "", align: Align = Align.START, shrunk: float = 1.0
    ) -> TextStyle:
        """Give the style of a kind of text, aligned by the layout's direction.

        Args:
            kind: what the text is.
            language: of the text, where it is not the frame's.
            align: start is where lines of the frame's language begin, also for a text of another direction.
            shrunk: multiple of the size, for a text that must fit where it stands.
        """
        wanted = (kind, language, align, shrunk)
        if wanted not in self._styles:
            self._styles[wanted] = self._style(*wanted)
        return self._styles[wanted]

    def _style(self, kind: Type, language: str, align: Align, shrunk: float) -> TextStyle:
        bold = kind in BOLD
        size_px = self.cap_mm(kind) * self.px_per_mm / _cap_em(self.typesetter, bold=bold) * shrunk
        style = TextStyle(
            size_px=size_px,
            bold=bold,
            line_height=1.2 if kind in DISPLAY else 1.32,
            language=language or self.language,
            direction=Base.BY_LANGUAGE,
        )
        runs_against = is_right_to_left("", style) is not self.is_mirrored
        return replace(style, align=_OPPOSITE[align] if runs_against else align)


_ONE_WITH_A_TAIL: Final = "\u0649"
"""A letter of Arabic and Urdu, whose lines are higher than Latin ones."""


@cache
def _cap_em(typesetter: Typesetter, *, bold: bool) -> float:
    return typesetter.cap_height_em(bold=bold)


_OPPOSITE: Final = {Align.START: Align.END, Align.END: Align.START, Align.CENTRE: Align.CENTRE}
