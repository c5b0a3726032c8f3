"""The keyboards of the glass: files of rows of keys, checked before anybody types.

Responsible for: reading the terminal's own keyboards and a facility's instead of them, and every problem.
Not responsible for: what keys do (`kiosk.core.keyboards`), or drawing them.
"""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kiosk.core.entries import Keyboard
from kiosk.core.keyboards import (
    Act,
    Page,
    Rows,
    WrittenKeyboard,
    WrittenPage,
    after,
    first,
    pages_of,
    read_row,
)
from kiosk.settings.documents.keyboard import KeyboardDocument
from kiosk.settings.fit import Fitted, fit
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.reading import Reading
from kiosk.settings.tree import TOP, Place

OWN: Final = Path(__file__).resolve().parent.parent / "keyboards"
WIDEST: Final = 10.0
TURNS: Final = (Act.CAPITALS, Act.LETTERS, Act.ACCENTS, Act.SYMBOLS)
NEEDED: Final = {
    Keyboard.LETTERS: "abcdefghijklmnopqrstuvwxyz0123456789'-. ",
    Keyboard.EMAIL: "abcdefghijklmnopqrstuvwxyz0123456789@.-_",
    Keyboard.CODE: "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    Keyboard.DIGITS: "0123456789",
    Keyboard.DECIMAL: "0123456789.",
    Keyboard.PHONE: "0123456789+",
}
NAMES: Final = {
    "cy": "áâàäéêèëíîìïóôòöúûùüŵŷ",
    "pl": "ąćęłńóśźż",
    "ro": "ăâîșț",
    "pt": "ãõáâàçéêíóôú",
    "es": "áéíñóúü",
    "it": "àèéìòù",
    "tr": "çğışöü",
}
"""Letters of names in the languages that are written with Latin ones; Somali and English need no more."""


@dataclass(frozen=True, slots=True)
class TypingKeys:
    """The keyboards for the glass, and what is spoken for signs on them."""

    keyboards: tuple[WrittenKeyboard, ...]
    spoken: Mapping[str, str]


def read_typing_keys(reading: Reading, languages: tuple[str, ...]) -> TypingKeys:
    """Read every keyboard: the facility's own where it has one, else the terminal's."""
    keyboards: list[WrittenKeyboard] = []
    spoken: dict[str, str] = {}
    for kind in Keyboard:
        fitted, path = _read(reading, kind)
        if fitted is None:
            continue
        written = _written(kind, fitted.document)
        notes = reading.notes_of(path)
        if _rows_are_readable(fitted, notes):
            _check(written, fitted.place(("pages",)), languages, notes)
            keyboards.append(written)
            spoken.update(fitted.document.spoken)
    _check_names(reading)
    return TypingKeys(tuple(keyboards), spoken)


def _read(reading: Reading, kind: Keyboard) -> tuple[Fitted[KeyboardDocument] | None, Path]:
    own = reading.folder / "keyboards" / f"{kind.value}.yaml"
    path = own if own.is_file() else OWN / f"{kind.value}.yaml"
    table = reading.table(path)
    fitted = fit(KeyboardDocument, table, reading.notes_of(path)) if table else None
    if fitted is not None and path == own:
        reading.hear(fitted, path)
    return fitted, path


def _check_names(reading: Reading) -> None:
    known = [kind.value for kind in Keyboard]
    for path in sorted((reading.folder / "keyboards").glob("*.y*ml")):
        if path.suffix != ".yaml" or path.stem not in known:
            what = f"There is no keyboard {quoted(path.stem)}."
            reading.notes_of(path).problem("SET-331", TOP, what, did_you_mean(path.stem, known))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _written(kind: Keyboard, document: KeyboardDocument) -> WrittenKeyboard:
    pages = tuple(WrittenPage(Page(name), _lines(text)) for name, text in document.pages.items())
    return WrittenKeyboard(kind, pages, document.last_row_of_lines)


def _rows_are_readable(fitted: Fitted[KeyboardDocument], notes: Notes) -> bool:
    wrong = False
    for name, text in (*fitted.document.pages.items(), ("", fitted.document.last_row_of_lines)):
        place = fitted.place(("pages", name) if name else ("last-row-of-lines",))
        for number, line in enumerate(_lines(text), 1):
            wrong |= _note_row(line, number, place, notes)
    return not wrong


def _note_row(line: str, number: int, place: Place, notes: Notes) -> bool:
    try:
        row = read_row(line)
    except ValueError:
        what = f"In row {number} the width of a key is no number."
        notes.problem("SET-332", place, what, "Write it like DELETE=1.5.")
        return True
    unknown = next((k.types for k in row if len(k.types) > 1 and k.types.isupper()), "")
    if unknown:
        what = f"In row {number} no key is called {quoted(unknown)}."
        near = difflib.get_close_matches(unknown, Act.__members__, 1)
        known = f"Did you mean '{near[0]}'?" if near else f"Write one of: {', '.join(Act.__members__)}."
        notes.problem("SET-332", place, what, known)
    if any(key.width < 1 for key in row):
        what = f"In row {number} a key is narrower than a finger."
        notes.problem("SET-333", place, what, "Make no key narrower than 1.")
    wide = sum(key.width for key in row)
    if wide > WIDEST:
        what = f"Row {number} is {wide:g} keys wide; {WIDEST:g} fit on the glass."
        notes.problem("SET-333", place, what, "Take a key away, or make one narrower.")
    return bool(unknown)


def _check(written: WrittenKeyboard, place: Place, languages: tuple[str, ...], notes: Notes) -> None:
    for of_lines in (False, True):
        pages = pages_of(written, of_lines=of_lines)
        reached = _reached(written.keyboard, pages)
        told = [*_dead_ends(pages, reached), *_lacking(written.keyboard, pages, reached, languages)]
        for what, do in told:
            notes.problem("SET-334", place, what, do)
        if told:
            return


def _reached(kind: Keyboard, pages: Mapping[Page, Rows]) -> set[Page]:
    """Follow every key that turns a page, from the page that is up at first."""
    found: set[Page] = set()
    ahead = [page if page in pages else Page.LETTERS for page in (first(kind, ""), first(kind, "a"))]
    while ahead:
        page = ahead.pop()
        if page in found or page not in pages:
            continue
        found.add(page)
        ahead += [after(key.act, page) for row in pages[page] for key in row if key.act and key.act in TURNS]
    return found


def _dead_ends(pages: Mapping[Page, Rows], reached: set[Page]) -> Iterator[tuple[str, str]]:
    if Page.LETTERS not in pages:
        yield "There is no page 'letters'.", "Add one: it is up first."
        return
    for page, rows in pages.items():
        keys = [key for row in rows for key in row]
        if page not in reached:
            yield (
                f"No key leads to the page '{page}'.",
                "Add a key such as ACCENTS to another.",
            )
        if not any(key.act is Act.DELETE for key in keys):
            yield f"On the page '{page}' nothing can be deleted.", "Add the key DELETE."
        types = [key.types for key in keys if key.types]
        twice = next((each for each in types if types.count(each) > 1), "")
        if twice:
            yield f"On the page '{page}' the key {quoted(twice)} stands twice.", "Take one of them away."
        there = {key.act for key in keys}
        for act in TURNS:
            if act in there and after(act, page) not in pages:
                yield f"On the page '{page}' the key {act} leads nowhere.", "Add the page, or take it away."


def _lacking(
    kind: Keyboard, pages: Mapping[Page, Rows], reached: set[Page], languages: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    keys = [key for page in reached for row in pages[page] for key in row]
    typed = {key.types for key in keys} | ({" "} if any(k.act is Act.SPACE for k in keys) else set())
    needed = NEEDED[kind]
    if kind is Keyboard.LETTERS:
        needed += "".join(NAMES.get(language, "") for language in languages)
    lacking = "".join(dict.fromkeys(each for each in needed if each not in typed))
    if lacking:
        what = f"These characters cannot be typed: {' '.join(lacking)}"
        yield f"{what}.", "Add a key for each, or a page that has them."
