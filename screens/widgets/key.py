"""One key of the glass's own keyboard.

Responsible for: drawing a key, and keeping drawn ones for the next page that needs them.
Not responsible for: where it stands and what follows from it (`screens.widgets.keyboard`).

A word that has no room in letters as high as asked for is drawn as a sign; it is still spoken as the word.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, ObjectProperty

from kiosk.core import views
from kiosk.core.access import CAP_MM, Reach, TextSize
from kiosk.core.glass_lines import Lettered, Told
from kiosk.core.keyboards import RAISED, Act, KeySpec, Page
from kiosk.typeset import Align, Picture, TextStyle
from screens.reach import LEAST_SHARE
from screens.theme import Theme, Type
from screens.touch import KEY_REPEAT_S, Touchable
from screens.widgets.keyboards import Keyboards
from screens.widgets.label import texture_of
from screens.widgets.piece import Piece, load_kv

_MARGIN_MM: Final = 2.0
_STEPS: Final = 100
"""Of the size of letters, so that keys of one kind share their pictures."""
_AS_TYPED: Final = "en"
"""What a key types and signs stand alike in every language: from right to left ".com" would be "com."."""
_SIGNS: Final = {
    Act.SPACE: "___",
    Act.CAPITALS: "Aa",
    Act.LETTERS: "abc",
    Act.ACCENTS: "áéö",
    Act.SYMBOLS: "?!&",
    Act.DELETE: "\u232b",
    Act.NEXT_LINE: "\u23ce",
}
"""What stands on a key whose word has no room: symbols, which need not be in its name (WCAG 2.5.3)."""


class Key(Touchable, Piece):
    """One key.

    Args:
        spec: what it types or does.
        word: what stands on it.
        is_on: it is in force, as capitals are: drawn so until it is pressed again.

    Attributes:
        shrunk: by how much its word is to be smaller, so that all of a kind are of one size; 0: as fits it.
        shown: what is drawn on it: its word, or the sign for that.
    """

    texture = ObjectProperty(None, allownone=True)
    texture_box = ListProperty([0, 0, 0, 0])
    ground_rgba = ListProperty([0, 0, 0, 0])
    ink_rgba = ListProperty([0, 0, 0, 0])

    def __init__(self, spec: KeySpec, word: str, *, is_on: bool = False) -> None:
        self.spec = spec
        self.word = self.shown = word
        self.presses: Callable[[Key], None] = _nobody
        self.shrunk = 0.0
        super().__init__(repeat_s=KEY_REPEAT_S, lingers=False)
        self.target_role, self.target_name, self.target_selected = "key", word, is_on

    def told(self) -> Told:
        """Leave it at its name: what a key types is no more than its word."""
        return replace(super().told(), detail="")

    def on_act(self) -> None:
        """Tell the keyboard it stands on."""
        self.presses(self)

    def on_is_down(self, _key: Any, _is_down: bool) -> None:  # noqa: FBT001 - Kivy calls it
        """Show that a finger is on it."""
        if self.theme is not None:
            self._colour()

    def _colour(self) -> None:
        palette = self.theme.palette
        plain = palette.key_word if self.spec.act else palette.key
        ground = palette.primary if self.target_selected else plain
        self.ground_rgba = palette.down if self.is_down else ground
        is_light_on_dark = self.target_selected and not self.is_down
        self.ink_rgba = palette.on_primary if is_light_on_dark else palette.ink

    def choose(self) -> None:
        """Show the word, or the sign for it where the word would be lower than letters may be."""
        self.shown = self.word
        if self.spec.act and self.fitting() * self._cap_mm() < self._least_mm():
            self.shown = _SIGNS.get(self.spec.act, self.word)

    def fitting(self) -> float:
        """Say by how much what stands on it must be smaller than usual, to fit."""
        drawn = _drawn(self.theme, self.shown, self._style(1.0))
        wide = self.width - 2 * self.theme.stroke - self.theme.mm(_MARGIN_MM)
        tall = self.height - 2 * self.theme.stroke
        fits = min(1.0, wide / drawn.texture.width, tall / (drawn.low - drawn.top))
        return float(max(1, math.floor(fits * _STEPS)) / _STEPS)

    def draw(self) -> None:
        """Draw what stands on it, as large as fits it and those of its kind; all ink stays on the key."""
        self._colour()
        drawn = _drawn(self.theme, self.shown, self._style(self.shrunk or self.fitting()))
        self.texture, (width, height) = drawn.texture, drawn.texture.size
        x, y = int(self.x + (self.width - width) // 2), int(self.y + (self.height - height) // 2)
        edge = self.theme.stroke
        lowest, highest = edge - (height - drawn.low), self.height - edge - (height - drawn.top)
        y = int(self.y + max(lowest, min(y - self.y, highest)))
        self.texture_box = [x, y, width, height]

    def lettered(self, height_px: float) -> Lettered:
        """Say how what stands on it is drawn; pixels from the top left, of its ink."""
        style = self._style(self.shrunk or self.fitting())
        drawn, (x, y, width, height) = _drawn(self.theme, self.shown, style), self.texture_box
        ink = float(drawn.low - drawn.top)
        return Lettered(
            text=self.shown,
            x=float(x),
            y=float(height_px - y - height + drawn.top),
            width=float(width),
            height=ink,
            cap_mm=round(self._cap_mm() * (self.shrunk or self.fitting()), 2),
            language=style.language,
            line_em=round(drawn.pitch_px / style.size_px, 3),
            is_cut=bool(width > self.width or ink > self.height),
        )

    def _cap_mm(self) -> float:
        return float(self.theme.cap_mm(self._kind()))

    def _least_mm(self) -> float:
        look = self.theme.look
        if look.reach is not Reach.WHOLE:
            return float(look.cap_height_mm * LEAST_SHARE)
        return float(min(look.cap_height_mm, CAP_MM[TextSize.LARGE]))

    def _kind(self) -> Type:
        return Type.STRONG if self.spec.act else Type.TITLE

    def _style(self, shrunk: float) -> TextStyle:
        language = "" if self.shown == self.word and self.spec.act else _AS_TYPED
        style: TextStyle = self.theme.style(self._kind(), language, Align.CENTRE, shrunk)
        return style


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What stands on a key: its picture, the rows between which there is ink, and from line to line."""

    texture: Texture
    top: int
    low: int
    pitch_px: int


_DRAWN: Final[dict[tuple[str, TextStyle], _Drawn]] = {}
"""Pictures of keys, kept for the life of the process: the same for everybody, never what is typed."""


def _drawn(theme: Theme, word: str, style: TextStyle) -> _Drawn:
    key = (word, style)
    if key not in _DRAWN:
        picture = theme.typesetter.typeset(word, style)
        _DRAWN[key] = _Drawn(texture_of(picture), *_inked(picture), picture.line_pitch_px)
    return _DRAWN[key]


def _inked(picture: Picture) -> tuple[int, int]:
    """Give the first row with ink, and the first below the last."""
    rows, wide = picture.coverage, max(1, picture.width_px)
    top = (len(rows) - len(rows.lstrip(b"\0"))) // wide
    return top, max(top + 1, -(-len(rows.rstrip(b"\0")) // wide))


def _nobody(_key: Key) -> None:
    """Tell nobody: the key stands on no keyboard."""


class Keyring:
    """The keys of pages that were up, for one screen.

    Making forty keys takes longer than a person should wait for a page to turn.

    Args:
        keyboards: which keys there are.
    """

    def __init__(self, keyboards: Keyboards) -> None:
        self.keyboards = keyboards
        self._kept: dict[tuple[views.Keyboard, bool, Page], list[list[Key]]] = {}
        self._words: views.KeyWords | None = None

    def rows(
        self, kind: views.Keyboard, page: Page, words: views.KeyWords, *, of_lines: bool
    ) -> list[list[Key]]:
        """Give the keys of a page; made once, and again when the language of the words changes."""
        if words != self._words:
            self._kept.clear()
            self._words = words
        wanted = (kind, of_lines, page)
        if wanted not in self._kept:
            rows = self.keyboards.pages(kind, of_lines=of_lines)[page]
            self._kept[wanted] = [[_key(spec, page, words) for spec in row] for row in rows]
        return self._kept[wanted]


def _key(spec: KeySpec, page: Page, words: views.KeyWords) -> Key:
    is_on = spec.act is Act.CAPITALS and page in RAISED
    key = Key(spec, _word(spec, words), is_on=is_on)
    if page not in RAISED:
        key.target_said = spec.types.lower()  # no small letter is to be told from it
    return key


def _word(spec: KeySpec, words: views.KeyWords) -> str:
    match spec.act:
        case None:
            return spec.types
        case Act.SPACE:
            return words.space
        case Act.DELETE:
            return words.delete
        case Act.CAPITALS:
            return words.capitals
        case Act.LETTERS:
            return words.letters
        case Act.ACCENTS:
            return words.accents
        case Act.SYMBOLS:
            return words.symbols
        case Act.NEXT_LINE:
            return words.next_line
        case Act.GAP:
            return ""


load_kv(__file__)
