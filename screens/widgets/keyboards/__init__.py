"""The keyboards of the glass, as data: which key stands where.

Responsible for: rows of keys for each kind of field. Not responsible for: drawing or pressing them
(`screens.widgets.keyboard`).

A row is keys with spaces between. A key is what it types, or one of the words in `Act`; ``=2`` behind makes
it so many times as wide as a plain key. A row that is narrower than the keyboard stands in its middle.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.core.views import Keyboard


class Act(StrEnum):
    """Keys that do not type the characters they show."""

    SPACE = "SPACE"
    DELETE = "DELETE"
    CAPITALS = "CAPITALS"
    LETTERS = "LETTERS"
    ACCENTS = "ACCENTS"
    SYMBOLS = "SYMBOLS"
    NEXT_LINE = "NEXT_LINE"
    GAP = "GAP"


class Page(StrEnum):
    """Which side of a keyboard is up."""

    LETTERS = "letters"
    CAPITALS = "capitals"
    ACCENTS = "accents"
    ACCENT_CAPITALS = "accent-capitals"
    SYMBOLS = "symbols"


@dataclass(frozen=True, slots=True)
class KeySpec:
    """One key: the text it types, or what it does instead, and how many plain keys wide it is."""

    types: str
    act: Act | None = None
    width: float = 1.0


Rows = tuple[tuple[KeySpec, ...], ...]

_DIGITS: Final = "1 2 3 4 5 6 7 8 9 0"
_UPPER: Final = {"ß": "ẞ", "ı": "İ"}
"""Where Python writes two letters or loses the dot."""

_LETTERS: Final = (
    _DIGITS,
    "q w e r t y u i o p",
    "a s d f g h j k l '",
    "CAPITALS=1.5 z x c v b n m DELETE=1.5",
    "SYMBOLS=2 ACCENTS=2 , SPACE=3 - .",
)
_LETTERS_LINES: Final = (*_LETTERS[:4], "SYMBOLS=1.5 ACCENTS=1.5 , SPACE=2 - . NEXT_LINE=2")
_ACCENTS: Final = (
    "à á â ã ä ă ą ç ć é",
    "è ê ë ę ğ ı ì í î ï",
    "ł ń ñ ó ò ô õ ö ś ș",
    "CAPITALS=1.5 ş ß ț ù ú û ü DELETE=1.5",
    "SYMBOLS=1.8 LETTERS=1.8 ŵ ŷ SPACE=2.4 ź ż",
)
_SYMBOLS: Final = (
    _DIGITS,
    "! ? & @ # £ € $ % *",
    '" ( ) / \\ + = _ : ;',
    "< > [ ] { } | ~ DELETE=2",
    "LETTERS=2 ACCENTS=2 , ' SPACE=2 - .",
)
_EMAIL: Final = (
    _DIGITS,
    "q w e r t y u i o p",
    "a s d f g h j k l",
    "+=1.5 z x c v b n m DELETE=1.5",
    "SYMBOLS=2 @ . - _ .com=2 .co.uk=2",
)
_EMAIL_SYMBOLS: Final = (
    _DIGITS,
    "! ? & # £ $ % * ^ /",
    "= + ' ` ~ | { }",
    ", ; : ( ) DELETE=2",
    "LETTERS=2 @ . - _ .com=2 .co.uk=2",
)
_CODE: Final = (_DIGITS, "Q W E R T Y U I O P", "A S D F G H J K L", "Z X C V B N M DELETE=2", "- / SPACE=6")
_NUMBER: Final = ("1 2 3", "4 5 6", "7 8 9", "GAP 0 DELETE")
_DECIMAL: Final = ("1 2 3", "4 5 6", "7 8 9", ". 0 DELETE")
_PHONE: Final = ("1 2 3", "4 5 6", "7 8 9", "+ 0 DELETE", "( ) SPACE")


def _spec(written: str) -> KeySpec:
    name, _, width = written.partition("=") if len(written) > 1 else (written, "", "")
    act = Act(name) if name in Act.__members__ else None
    return KeySpec("" if act else name, act, float(width or 1))


def _rows(written: tuple[str, ...]) -> Rows:
    return tuple(tuple(_spec(key) for key in row.split(" ")) for row in written)


def _raised(rows: Rows) -> Rows:
    return tuple(tuple(_raise(key) for key in row) for row in rows)


def _raise(key: KeySpec) -> KeySpec:
    return KeySpec(_UPPER.get(key.types, key.types.upper()), key.act, key.width)


def _lettered(written: tuple[str, ...]) -> dict[Page, Rows]:
    letters, accents = _rows(written), _rows(_ACCENTS)
    return {
        Page.LETTERS: letters,
        Page.CAPITALS: _raised(letters),
        Page.ACCENTS: accents,
        Page.ACCENT_CAPITALS: _raised(accents),
        Page.SYMBOLS: _rows(_SYMBOLS),
    }


_KEYBOARDS: Final[dict[Keyboard, dict[Page, Rows]]] = {
    Keyboard.LETTERS: _lettered(_LETTERS),
    Keyboard.EMAIL: {Page.LETTERS: _rows(_EMAIL), Page.SYMBOLS: _rows(_EMAIL_SYMBOLS)},
    Keyboard.DIGITS: {Page.LETTERS: _rows(_NUMBER)},
    Keyboard.DECIMAL: {Page.LETTERS: _rows(_DECIMAL)},
    Keyboard.PHONE: {Page.LETTERS: _rows(_PHONE)},
    Keyboard.CODE: {Page.LETTERS: _rows(_CODE)},
}
_OF_LINES: Final = _lettered(_LETTERS_LINES)


def pages(kind: Keyboard, *, of_lines: bool) -> dict[Page, Rows]:
    """Give the pages of a keyboard; a field of several lines has a key for the next one."""
    return _OF_LINES if of_lines and kind is Keyboard.LETTERS else _KEYBOARDS[kind]


_OTHER_CASE: Final = {
    Page.LETTERS: Page.CAPITALS,
    Page.CAPITALS: Page.LETTERS,
    Page.ACCENTS: Page.ACCENT_CAPITALS,
    Page.ACCENT_CAPITALS: Page.ACCENTS,
    Page.SYMBOLS: Page.SYMBOLS,
}
RAISED: Final = frozenset({Page.CAPITALS, Page.ACCENT_CAPITALS})
"""Pages on which the key for capitals is in force."""


def first(kind: Keyboard, text: str) -> Page:
    """Say which page is up when a field is touched: nothing written yet, so a capital comes first."""
    return Page.CAPITALS if kind is Keyboard.LETTERS and not text else Page.LETTERS


def after(act: Act, page: Page) -> Page:
    """Say which page is up after a key that turns pages."""
    match act, page:
        case Act.CAPITALS, _:
            return _OTHER_CASE[page]
        case Act.ACCENTS, _:
            return Page.ACCENTS
        case Act.SYMBOLS, _:
            return Page.SYMBOLS
        case Act.LETTERS, _:
            return Page.LETTERS
        case _:
            return page


def after_letter(page: Page) -> Page:
    """Say which page is up after something was typed: capitals hold for one letter."""
    return _OTHER_CASE[page] if page in RAISED else page
