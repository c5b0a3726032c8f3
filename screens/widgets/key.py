"""One key of the glass's own keyboard.

Responsible for: drawing a key, and keeping drawn ones for the next page that needs them.
Not responsible for: where it stands and what follows from it (`screens.widgets.keyboard`).
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, ObjectProperty

from kiosk.core import views
from kiosk.core.glass_lines import Told
from kiosk.core.keyboards import RAISED, Act, KeySpec, Page
from kiosk.typeset import Align, TextStyle, Typesetter
from screens.theme import Type
from screens.touch import KEY_REPEAT_S, Touchable
from screens.widgets.keyboards import Keyboards
from screens.widgets.label import texture_of
from screens.widgets.piece import Piece, load_kv

_MARGIN_MM: Final = 3.0
_SMALLER: Final = (1.0, 0.85, 0.7, 0.6, 0.5, 0.4)


class Key(Touchable, Piece):
    """One key.

    Args:
        spec: what it types or does.
        word: what stands on it.
        is_on: it is in force, as capitals are: drawn so until it is pressed again.

    Attributes:
        shrunk: by how much its word is to be smaller, so that all letters are of one size; 0: as fits it.
    """

    texture = ObjectProperty(None, allownone=True)
    texture_box = ListProperty([0, 0, 0, 0])
    ground_rgba = ListProperty([0, 0, 0, 0])
    ink_rgba = ListProperty([0, 0, 0, 0])

    def __init__(self, spec: KeySpec, word: str, *, is_on: bool = False) -> None:
        self.spec = spec
        self.word = word
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

    def draw(self) -> None:
        """Draw what stands on it, as large as fits it and those of its kind."""
        self._colour()
        style = self._style(self.shrunk or self.fitting())
        self.texture = _texture(self.theme.typesetter, self.word, style)
        width, height = self.texture.size
        x, y = int(self.x + (self.width - width) // 2), int(self.y + (self.height - height) // 2)
        self.texture_box = [x, y, width, height]

    def fitting(self) -> float:
        """Say by how much what stands on it must be smaller than usual, to fit."""
        room = self.width - 2 * self.theme.stroke - self.theme.mm(_MARGIN_MM)
        widths = (
            (each, self.theme.typesetter.measure(self.word, self._style(each)).width_px) for each in _SMALLER
        )
        return next((each for each, width in widths if width <= room), _SMALLER[-1])

    def _style(self, shrunk: float) -> TextStyle:
        kind = Type.STRONG if self.spec.act else Type.TITLE
        style: TextStyle = self.theme.style(kind, align=Align.START, shrunk=shrunk)
        return style


_TEXTURES: Final[dict[tuple[str, TextStyle], Texture]] = {}
"""Pictures of keys, kept for the life of the process: the same for everybody, never what is typed."""


def _texture(typesetter: Typesetter, word: str, style: TextStyle) -> Texture:
    key = (word, style)
    if key not in _TEXTURES:
        _TEXTURES[key] = texture_of(typesetter.typeset(word, style))
    return _TEXTURES[key]


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
