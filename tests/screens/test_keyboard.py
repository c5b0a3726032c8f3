"""The keyboards as data: every letter people here need, no key too small, nothing but keys."""

import pytest

from kiosk.core.views import Keyboard
from screens.widgets.keyboards import Act, Page, after, after_letter, pages

KEYBOARDS = [(kind, lines) for kind in Keyboard for lines in (False, True)]
UNITS = 10.0


def typed(kind: Keyboard) -> set[str]:
    return {key.types for rows in pages(kind, of_lines=False).values() for row in rows for key in row}


@pytest.mark.parametrize(
    ("language", "letters"),
    [
        ("Welsh", "ŵŷâêîôûäëïöü"),
        ("Polish", "ąćęłńóśźż"),
        ("Romanian", "ăâîșț"),
        ("Turkish", "çğışöü"),
        ("Spanish", "áéíñóúü"),
        ("Portuguese", "ãõáâàçéêíóôú"),
        ("Italian", "àèéìòù"),
        ("French", "àâçéèêëîïôùûü"),
        ("German", "äöüß"),
    ],
)
def test_names_of_a_language_can_be_typed_in_both_cases(language: str, letters: str) -> None:
    keys = typed(Keyboard.LETTERS)
    capitals = {"ß": "ẞ", "ı": "I"}
    missing = [each for letter in letters for each in (letter, capitals.get(letter, letter.upper()))]
    assert [each for each in missing if each not in keys] == [], language


def test_the_dotted_capital_of_turkish_is_there() -> None:
    assert "İ" in typed(Keyboard.LETTERS)


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (Keyboard.EMAIL, "@.-_+0189az"),
        (Keyboard.PHONE, "+0123456789"),
        (Keyboard.DECIMAL, ".0123456789"),
        (Keyboard.DIGITS, "0123456789"),
        (Keyboard.CODE, "ABCXYZ0189-"),
    ],
)
def test_a_keyboard_has_the_characters_of_its_fields(kind: Keyboard, needed: str) -> None:
    assert set(needed) <= typed(kind)


@pytest.mark.parametrize(("kind", "lines"), KEYBOARDS)
def test_no_row_is_wider_than_ten_keys_and_no_page_is_a_dead_end(kind: Keyboard, lines: bool) -> None:
    sides = pages(kind, of_lines=lines)
    for page, rows in sides.items():
        assert all(sum(key.width for key in row) <= UNITS for row in rows)
        assert all(key.width >= 1 for row in rows for key in row)
        turning = {after(key.act, page) for row in rows for key in row if key.act}
        assert turning <= sides.keys()
        assert any(key.act is Act.DELETE for row in rows for key in row)


def test_capitals_hold_for_one_letter() -> None:
    assert after(Act.CAPITALS, Page.LETTERS) is Page.CAPITALS
    assert after_letter(Page.CAPITALS) is Page.LETTERS
    assert after(Act.CAPITALS, Page.ACCENTS) is Page.ACCENT_CAPITALS
    assert after_letter(Page.SYMBOLS) is Page.SYMBOLS
