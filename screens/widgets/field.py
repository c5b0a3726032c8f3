"""A place to type into: our own, with no clipboard, no undo and no hardware keys.

Responsible for: the text and where the next character goes, drawing both, telling each change.
Not responsible for: keys (`screens.widgets.keyboard`), label and hint (`screens.widgets.answer`).
"""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from kivy.properties import BooleanProperty, ListProperty, NumericProperty, ObjectProperty, StringProperty

from kiosk.core import views
from kiosk.core.glass_lines import Told
from kiosk.core.touches import Typed
from kiosk.typeset import Caret, Direction, Picture, TextStyle
from screens.theme import Type
from screens.touch import KEY_REPEAT_S, Discipline, Touchable
from screens.widgets.control import Send
from screens.widgets.label import texture_of
from screens.widgets.piece import Piece, load_kv

_ALWAYS_LTR: Final = frozenset(views.Keyboard) - {views.Keyboard.LETTERS}
_RING_MM: Final = 0.8
_MARGIN_MM: Final = 3.2
_MOST_OUTSTANDING: Final = 64


class Field(Touchable, Piece):
    """One field of a view.

    Call `serve` before it is typed into. Touching it asks for the keys (`on_asks`), touching it again moves
    the caret.

    Args:
        field: what it is.
        problem: what is wrong with it, or empty; draws the border of a problem.
    """

    text = StringProperty("")
    is_wrong = BooleanProperty(False)  # noqa: FBT003 - Kivy declares properties by their default
    box = ListProperty([0, 0, 0, 0])
    inside = ListProperty([0, 0, 0, 0])
    edge_rgba = ListProperty([0, 0, 0, 0])
    edge_px = NumericProperty(0)
    ring_rgba = ListProperty([0, 0, 0, 0])
    ring_px = NumericProperty(0)
    texture = ObjectProperty(None, allownone=True)
    words = ListProperty([0, 0, 0, 0])
    prefix_texture = ObjectProperty(None, allownone=True)
    prefix_box = ListProperty([0, 0, 0, 0])
    caret_box = ListProperty([0, 0, 0, 0])

    def __init__(self, field: views.Field, problem: str = "") -> None:
        self.field = field
        self.problem = problem
        self.at = len(field.text)
        self._step = ""
        self._sends: Send | None = None
        self._asks: Callable[[Field], None] | None = None
        self._sent: deque[str] = deque(maxlen=_MOST_OUTSTANDING)
        self._touched_at: tuple[float, float] | None = None
        self._scrolled_px = 0
        super().__init__(text=field.text, is_wrong=bool(problem), repeat_s=KEY_REPEAT_S, lingers=False)
        self.target_role, self.target_name = "field", field.label or field.name

    def serve(self, step: str, sends: Send, asks: Callable[["Field"], None]) -> None:
        """Say whose step this is, who takes each change, and who brings the keys when it is touched."""
        self._step, self._sends, self._asks = step, sends, asks

    def told(self) -> Told:
        """Say what it holds and where the caret stands, whether it must be filled, and what is wrong."""
        return replace(
            super().told(),
            value=self.text,
            at=self.at,
            detail=self.problem or self.field.hint,
            required=self.field.required,
            wrong=self.is_wrong,
        )

    # --- typing

    def put(self, text: str) -> None:
        """Type at the caret; what is longer than the field allows is not taken."""
        if len(self.text) + len(text) <= self.field.longest:
            self._change(self.text[: self.at] + text + self.text[self.at :], self.at + len(text))

    def delete(self) -> None:
        """Take away the letter before the caret, with all its marks."""
        stops = self.theme.typesetter.caret_stops(self.text, self._style())
        before = max((stop for stop in stops if stop < self.at), default=0)
        if self.at:
            self._change(self.text[:before] + self.text[self.at :], before)

    def accept(self, text: str) -> None:
        """Take the service's text, unless this field is ahead of it."""
        if text in self._sent:
            while self._sent and self._sent.popleft() != text:
                pass
        elif not self._sent and text != self.text:
            self.text, self.at = text, len(text)
            self.draw()

    def carry_on(self, last: "Field") -> None:
        """Go on where the same field of an earlier view was, if the service is not ahead of it."""
        last.accept(self.field.text)
        self.text, self.at, self._sent = last.text, last.at, last._sent  # noqa: SLF001 - the same class

    def _change(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.draw()
        self._sent.append(text)
        if self._sends is not None:
            self._sends(Typed(self._step, self.field.name, text))

    def focus(self, focused: bool) -> None:  # noqa: FBT001 - one thing, on or off
        """Be the one that is typed into, or not."""
        self.target_selected = focused
        self.draw()

    def on_touch_up(self, touch: Any) -> bool:
        """Remember where it was touched, for the caret."""
        self._touched_at = touch.pos
        return super().on_touch_up(touch)

    def press(self, discipline: Discipline) -> bool:
        """Ask for the keys: the keypad touches no place in the text."""
        self._touched_at = None
        return super().press(discipline)

    def on_act(self) -> None:
        """Ask for the keys, or move the caret."""
        if self.target_selected and self._touched_at is not None:
            x, y = self._touched_at
            from_left, from_top = x - self.words[0] + self._scrolled_px, self.words[1] + self.words[3] - y
            style = self._style()
            self.at = self.theme.typesetter.index_at(self.text, (from_left, from_top), style, self._wrap())
            self.draw()
        elif self._asks is not None:
            self._asks(self)

    # --- size and drawing

    def _style(self) -> TextStyle:
        style: TextStyle = self.theme.style(Type.TITLE)
        ltr = self.field.keyboard in _ALWAYS_LTR
        return replace(style, bold=False, direction=Direction.LTR if ltr else Direction.BY_TEXT)

    def _pitch(self) -> int:
        return int(self.theme.typesetter.typeset("H", self._style()).line_pitch_px)

    def _margin(self) -> int:
        """Between the border, with its ring, and the text."""
        return int(max(self.theme.padding, self.theme.mm(_MARGIN_MM)))

    def _prefix_width(self) -> int:
        if not self.field.prefix:
            return 0
        width = self.theme.typesetter.measure(self.field.prefix, self._style()).width_px
        return int(width + self.theme.close_gap)

    def _wrap(self) -> int | None:
        return int(self.inside[2]) if self.field.lines > 1 else None

    def height_at(self, width: int) -> int:
        """Be as tall as a target, or as the lines."""
        del width
        lines = self._pitch() * self.field.lines + 2 * self.theme.padding
        return int(max(self.theme.target, lines))

    def natural_width(self) -> int:
        """Be as wide as so many digits."""
        digit = self.theme.typesetter.measure("0", self._style()).width_px
        room = digit * self.field.chars + self._prefix_width() + 2 * self._margin()
        return int(max(self.theme.target, room))

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand where lines begin, no wider than needed."""
        wide = min(width, self.natural_width()) if self.field.lines == 1 else width
        self.pos, self.size = (x + width - wide if self.theme.is_mirrored else x, y), (wide, height)
        self.box = [int(self.x), int(self.y), int(wide), int(height)]
        pad, prefix = self._margin(), self._prefix_width()
        left = int(self.x) + pad + (0 if self.theme.is_mirrored else prefix)
        self.inside = [left, int(self.y), max(1, int(wide) - 2 * pad - prefix), int(height)]

    def draw(self) -> None:
        """Draw border, text and caret; only what the field shows of a text longer than itself."""
        if self.theme is None or self.inside[2] <= 0:
            return
        self._draw_border()
        typesetter, style = self.theme.typesetter, self._style()
        picture = typesetter.typeset(self.text, style, self._wrap())
        caret = typesetter.caret_at(self.text, self.at, style, self._wrap())
        x, top = self._scroll(picture.width_px, picture.height_px, caret)
        wide, tall = min(picture.width_px, self.inside[2]), min(picture.height_px, self._room())
        self.texture = texture_of(_cut(picture, x, top, wide, tall)) if self.text else None
        spare = self.height - tall
        above = min(spare, self.theme.padding) if self.field.lines > 1 else spare // 2
        upper = self.y + self.height - above
        left = self.inside[0]
        if self.theme.is_mirrored and self._wrap() is None:
            left += self.inside[2] - wide
        self.words = [int(left), int(upper - tall), int(wide), int(tall)]
        self._scrolled_px = x
        self._draw_caret(caret, int(left) - x, int(upper) + top)
        self._draw_prefix(style)

    def _draw_border(self) -> None:
        """Say by the border what is wrong and what is typed into; by two where both are so."""
        theme, palette = self.theme, self.theme.palette
        plain = palette.focus if self.target_selected else palette.line
        self.edge_rgba = palette.bad if self.is_wrong else plain
        self.edge_px = theme.bold_stroke if self.is_wrong or self.target_selected else theme.stroke
        self.ring_rgba = palette.focus
        self.ring_px = theme.mm(_RING_MM) if self.is_wrong and self.target_selected else 0

    def _room(self) -> int:
        edge = self.theme.padding if self.field.lines > 1 else self.theme.bold_stroke
        return int(self.height) - 2 * int(edge)

    def _scroll(self, width: int, height: int, caret: Caret) -> tuple[int, int]:
        x = max(0, min(caret.x_px - self.inside[2] // 2, width - self.inside[2]))
        y = max(0, min(caret.top_px + caret.height_px - self._room(), height - self._room()))
        return int(x), int(y)

    def _draw_caret(self, caret: Caret, left: int, upper: int) -> None:
        wide = max(3, self.theme.mm(0.8)) if self.target_selected else 0
        self.caret_box = [left + caret.x_px, upper - caret.top_px - caret.height_px, wide, caret.height_px]

    def _draw_prefix(self, style: TextStyle) -> None:
        if not self.field.prefix:
            return
        picture = self.theme.typesetter.typeset(self.field.prefix, style)
        self.prefix_texture = texture_of(picture)
        left = self.box[0] + self._margin()
        if self.theme.is_mirrored:
            left = self.box[0] + self.box[2] - self._margin() - picture.width_px
        below = int(self.y + (self.height - picture.height_px) // 2)
        self.prefix_box = [int(left), below, picture.width_px, picture.height_px]


def _cut(picture: Picture, left: int, top: int, width: int, height: int) -> Picture:
    """Give the part of a picture that a field shows."""
    if (width, height) == (picture.width_px, picture.height_px):
        return picture
    starts = range(top * picture.width_px + left, (top + height) * picture.width_px, picture.width_px)
    coverage = b"".join(picture.coverage[start : start + width] for start in starts[:height])
    return replace(picture, width_px=width, height_px=height, coverage=coverage)


load_kv(__file__)
