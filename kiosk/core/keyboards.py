"""The keyboards of the glass, as values: which key stands where on which page.

Responsible for: reading written rows of keys, and the pages that follow from them.
Not responsible for: files (`kiosk.settings.typing_keys`), drawing or pressing (`screens.widgets.keyboard`).

A row is keys with spaces between. A key is what it types, or one of the words in `Act`; ``=2`` behind makes
it so many times as wide as a plain key.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kiosk.core.entries import Keyboard


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


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """One page as it is written: rows of keys from the top."""

    page: Page
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenKeyboard:
    """One keyboard as it is written; pages of capitals follow from those of small letters.

    Attributes:
        last_row_of_lines: instead of the last row of the letters, in a field of several lines; or empty.
    """

    keyboard: Keyboard
    pages: tuple[WrittenPage, ...]
    last_row_of_lines: str = ""


_UPPER: Final = {"ß": "ẞ", "ı": "İ"}
"""Where Python writes two letters or loses the dot."""
_RAISED: Final = {Page.LETTERS: Page.CAPITALS, Page.ACCENTS: Page.ACCENT_CAPITALS}


def read_key(written: str) -> KeySpec:
    """Read one key.

    Raises:
        ValueError: its width is no number.
    """
    name, _, width = written.partition("=") if len(written) > 1 else (written, "", "")
    act = Act(name) if name in Act.__members__ else None
    return KeySpec("" if act else name, act, float(width or 1))


def read_row(written: str) -> tuple[KeySpec, ...]:
    """Read one row of keys; raises as `read_key`."""
    return tuple(read_key(key) for key in written.split())


def pages_of(written: WrittenKeyboard, *, of_lines: bool) -> dict[Page, Rows]:
    """Give every page of a keyboard; a field of several lines may have another last row of letters."""
    pages: dict[Page, Rows] = {}
    for each in written.pages:
        lines = each.rows
        if of_lines and each.page is Page.LETTERS and written.last_row_of_lines:
            lines = (*lines[:-1], written.last_row_of_lines)
        rows = tuple(read_row(line) for line in lines)
        pages[each.page] = rows
        raised = _RAISED.get(each.page)
        if raised and any(key.act is Act.CAPITALS for row in rows for key in row):
            pages[raised] = tuple(tuple(_raise(key) for key in row) for row in rows)
    return pages


def _raise(key: KeySpec) -> KeySpec:
    return KeySpec(_UPPER.get(key.types, key.types.upper()), key.act, key.width)


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
