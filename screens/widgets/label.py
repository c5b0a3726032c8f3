"""A text on the glass, in any script, set by the project's own engine.

Responsible for: the size a text takes, fitting it into its place, and its texture.
Not responsible for: shaping (`kiosk.typeset`), or what stands around it. There is no markup: every character
of a text is shown as it is.
"""

from dataclasses import replace
from typing import Any, Final

from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, NumericProperty, ObjectProperty, OptionProperty, StringProperty

from kiosk.core.companion import BOTH
from kiosk.core.glass_lines import Told
from kiosk.typeset import Align, Picture, TextStyle
from screens.theme import USUAL_CAP_MM, Type
from screens.widgets.piece import Piece, load_kv
from screens.widgets.twofold import Twofold

_SMALLER: Final = (1.0, 0.95, 0.9, 0.85, 0.8, 0.76, 0.72, 0.68, 0.64, 0.6, 0.56, 0.5)
"""Steps by which a text is made smaller when its place is too small for it."""

_BALANCED: Final = frozenset({Type.HEADING, Type.GREETING})
"""Lines of these, and of what stands in the middle, are about equally long: no word is alone on the last."""

_HALVINGS: Final = 5
"""Of the width that might be taken from a text: to a thirtieth of it."""

_SLACK_PX: Final = 3
"""Width beyond the ink, or rounding might break a line that just fits."""

_LONGEST_WORD: Final = 28
_SCRIPTS_WITHOUT_SPACES: Final = "\u2e80"


class Lettering(Piece):
    """Words, broken into lines at its width.

    Attributes:
        text, language: the words; their language where it is not the frame's.
        kind: what the text is, by the name of a `Type`.
        live: ``polite`` or ``assertive`` where its coming is news, for a program that reads screens.
        role: what it is as a target; empty where it stands on a control, whose name it is.
        ink: name of a colour of the palette.
        align: start, centre or end of the lines; start is by the direction of the layout.
        valign: where the lines stand in a place that is taller.
        texture, texture_pos, texture_size: what is drawn, and where.
        shrunk: by how much the letters had to be made smaller. is_cut: an ellipsis stands for the rest.
        line_em: from baseline to baseline, in sizes of the letters.
    """

    text = StringProperty("")
    language = StringProperty("")
    kind = StringProperty(Type.BODY.value)
    role = StringProperty("text")
    live = StringProperty("")
    ink = StringProperty("ink")
    align = OptionProperty("start", options=["start", "centre", "end"])
    valign = OptionProperty("centre", options=["top", "centre", "bottom"])
    texture = ObjectProperty(None, allownone=True)
    texture_pos = ListProperty([0, 0])
    texture_size = ListProperty([0, 0])
    shrunk = NumericProperty(1.0)

    def __init__(self, **properties: Any) -> None:
        self._drawn: tuple[str, TextStyle, int] | None = None
        self.is_cut = False
        self.line_em = 0.0
        super().__init__(**properties)

    def style(self, shrunk: float = 1.0) -> TextStyle:
        """Give the style, made smaller by a factor."""
        return self.theme.style(Type(self.kind), self.language, Align(self.align), shrunk)  # type: ignore[no-any-return]

    def told(self) -> Told:
        """Say whether it is news."""
        return replace(super().told(), live=self.live)

    def cap_mm(self) -> float:
        """Say how high capitals are as drawn, in millimetres."""
        return float(self.theme.cap_mm(Type(self.kind)) * self.shrunk)

    def height_at(self, width: int) -> int:
        """Say how tall the lines are at a width."""
        if not self.text:
            return 0
        return self._both().measure(self.text, width).height_px

    def natural_width(self) -> int:
        """Say how wide the text is on one line."""
        return self._width_of(self.text, 1.0) + _SLACK_PX if self.text else 0

    def snug_width(self, width: int) -> int:
        """Say in what width the text is no taller than in this one, and no word broken that was not."""
        return self._least_width(width, 1.0) if self.text else 0

    def _least_width(self, width: int, shrunk: float) -> int:
        both = self._both(shrunk)
        whole, least = both.measure(self.text, width), both.longest_word(self.text, _stays_whole)
        if whole.line_count <= len(self.text.split(BOTH)) or least >= width:
            return width
        for _ in range(_HALVINGS):
            tried = (least + width) // 2
            if both.measure(self.text, tried).height_px > whole.height_px:
                least = tried
            else:
                width = tried
        return width

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand at a place, in smaller letters if it is too small."""
        super().place(x, y, width, height)
        self.shrunk = next((step for step in _SMALLER if self._fits(step)), _SMALLER[-1])

    def is_strained(self) -> bool:
        """Say whether the letters had to be made smaller."""
        return bool(self.shrunk < 1)

    def draw(self) -> None:
        """Draw the text for the place it has."""
        width = int(self.width)
        if not self.text or width <= 0:
            self.texture, self._drawn = None, None
            return
        style = self.style(self.shrunk)
        if self.align == "centre" or Type(self.kind) in _BALANCED:
            width = self._least_width(width, self.shrunk)
        if self._drawn != (self.text, style, width):
            picture = self._both(self.shrunk).typeset(self.text, width, self._most_lines())
            self.texture, self.texture_size = texture_of(picture), [picture.width_px, picture.height_px]
            self._drawn, self.is_cut = (self.text, style, width), picture.is_shortened
            self.line_em = picture.line_pitch_px / style.size_px
        spare = int(self.height - self.texture_size[1])
        below = {"top": spare, "centre": spare // 2, "bottom": 0}[self.valign]
        self.texture_pos = [int(self.x) + self._before(int(self.width) - width), int(self.y) + below]

    def _before(self, spare: int) -> int:
        """Say how much of the width that lines leave free is left of them."""
        if self.align == "centre":
            return spare // 2
        return spare if (self.align == "start") is self.theme.is_mirrored else 0

    def _both(self, shrunk: float = 1.0) -> Twofold:
        """Set the text, and its English where it has one: plain, and no larger than usual, for who helps."""
        style = self.style(shrunk)
        english = style
        if BOTH in self.text:
            usual = min(1.0, USUAL_CAP_MM / self.theme.look.cap_height_mm)
            plain = self.theme.style(Type(self.kind), "en", Align(self.align), shrunk * usual)
            english = replace(plain, bold=False)
        return Twofold(self.theme.typesetter, style, english)

    def _most_lines(self) -> int | None:
        """Bound the lines only where even the smallest letters have no room: then an ellipsis tells of it."""
        measure = self._both(self.shrunk).measure(self.text, int(self.width))
        if measure.height_px <= self.height:
            return None
        return max(1, int(self.height * measure.line_count / measure.height_px))

    def _fits(self, step: float) -> bool:
        if not self.text:
            return True
        measure = self._both(step).measure(self.text, int(self.width))
        if measure.height_px > self.height:
            return False
        return bool(self._both(step).longest_word(self.text, _stays_whole) <= self.width)

    def _width_of(self, text: str, step: float) -> int:
        return self._both(step).measure(text).width_px


def _stays_whole(word: str) -> bool:
    """Say whether a word should not be broken: not what is too long to be one, nor scripts without spaces."""
    return len(word) <= _LONGEST_WORD and max(word, default="") < _SCRIPTS_WITHOUT_SPACES


def texture_of(picture: Picture) -> Texture:
    """Turn a picture of a text into a texture that a colour tints."""
    texture = Texture.create(size=(picture.width_px, picture.height_px), colorfmt="luminance_alpha")
    texture.blit_buffer(picture.luminance_alpha(), colorfmt="luminance_alpha", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


load_kv(__file__)
