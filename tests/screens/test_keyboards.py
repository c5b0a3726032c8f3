"""The keyboards as data: every character somebody may need, on pages that lead to one another."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.keyboards import RAISED, Act, Page, after, after_letter, first
from kiosk.core.views import Keyboard
from screens.widgets.keyboards import Keyboards
from tests.screens.shipped import shipped_keyboards

pages = Keyboards(shipped_keyboards()).pages

NAMES: Final = {
    "English": "abcdefghijklmnopqrstuvwxyz'-. ",
    "Welsh": "ŵŷâêîôûäëïöü",
    "Polish": "ąćęłńóśźż",
    "Romanian": "ăâîșț",
    "Turkish": "çğıöşü",
    "Spanish": "áéíóúñü",
    "Portuguese": "ãõçáéíóúâêôà",
    "Italian": "àèéìòù",
    "French": "àâçéèêëîïôùûü",
    "German": "äöüß",
}
SIGNS: Final = ".,'-/&()!?:;\"@#+=%*_£[]"
TEN_KEYS: Final = 10.0
TURNS: Final = (Act.CAPITALS, Act.LETTERS, Act.ACCENTS, Act.SYMBOLS)


def reachable(kind: Keyboard, *, of_lines: bool = False) -> dict[Page, str]:
    """Follow every key that turns a page, from the page that is up at first; give what each page types."""
    rows, found, ahead = (
        pages(kind, of_lines=of_lines),
        dict[Page, str](),
        [first(kind, ""), first(kind, "a")],
    )
    while ahead:
        page = ahead.pop()
        if page in found:
            continue
        keys = [key for row in rows[page] for key in row]
        found[page] = "".join(" " if key.act is Act.SPACE else key.types for key in keys)
        ahead += [after(key.act, page) for key in keys if key.act in TURNS]
    return found


@pytest.mark.parametrize("language", NAMES)
@pytest.mark.parametrize("of_lines", [False, True])
def test_every_letter_of_a_language_can_be_typed_large_and_small(language: str, of_lines: bool) -> None:
    typed = "".join(reachable(Keyboard.LETTERS, of_lines=of_lines).values())
    large = NAMES[language].replace("ı", "").upper().replace("SS", "ẞ")
    assert set(NAMES[language] + large + "İ"[: language == "Turkish"]) <= set(typed)


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (Keyboard.LETTERS, SIGNS + "0123456789"),
        (Keyboard.EMAIL, "abcdefghijklmnopqrstuvwxyz0123456789@.-_+'"),
        (Keyboard.DIGITS, "0123456789"),
        (Keyboard.DECIMAL, "0123456789."),
        (Keyboard.PHONE, "0123456789+() "),
        (Keyboard.CODE, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/"),
    ],
)
def test_each_keyboard_has_what_its_answers_need(kind: Keyboard, needed: str) -> None:
    assert set(needed) <= set("".join(reachable(kind).values()))


def test_names_need_no_other_page_for_digits_apostrophe_and_hyphen() -> None:
    for of_lines in (False, True):
        for page in (Page.LETTERS, Page.CAPITALS):
            assert set("0123456789'- ") <= set(reachable(Keyboard.LETTERS, of_lines=of_lines)[page])


@pytest.mark.parametrize("of_lines", [False, True])
@pytest.mark.parametrize("kind", Keyboard)
def test_every_page_can_be_left_deletes_and_is_no_wider_than_ten_keys(kind: Keyboard, of_lines: bool) -> None:
    rows = pages(kind, of_lines=of_lines)
    assert set(reachable(kind, of_lines=of_lines)) == set(rows)
    for page, written in rows.items():
        keys = [key for row in written for key in row]
        assert [key.act for key in keys].count(Act.DELETE) == 1
        assert all(sum(key.width for key in row) <= TEN_KEYS for row in written), page
        assert all(key.width >= 1 for key in keys)
        typed = [key.types for key in keys if key.types]
        assert len(typed) == len(set(typed))


def test_only_an_answer_of_several_lines_has_a_key_for_the_next_line() -> None:
    for kind in Keyboard:
        for of_lines in (False, True):
            rows = pages(kind, of_lines=of_lines)[Page.LETTERS]
            has = any(key.act is Act.NEXT_LINE for row in rows for key in row)
            assert has == (of_lines and kind is Keyboard.LETTERS)


def test_capitals_hold_for_one_letter_and_are_taken_back_by_the_same_key() -> None:
    for small, large in ((Page.LETTERS, Page.CAPITALS), (Page.ACCENTS, Page.ACCENT_CAPITALS)):
        assert after(Act.CAPITALS, small) is large
        assert after(Act.CAPITALS, large) is small
        assert after_letter(large) is small


def test_a_name_begins_with_a_capital_and_a_code_has_no_other_page() -> None:
    assert first(Keyboard.LETTERS, "") in RAISED
    assert first(Keyboard.LETTERS, "Ŵ") is Page.LETTERS
    assert first(Keyboard.EMAIL, "") is Page.LETTERS
    assert set(pages(Keyboard.CODE, of_lines=False)) == {Page.LETTERS}


@given(st.sampled_from(Keyboard), st.booleans(), st.lists(st.sampled_from(Act)))
def test_no_row_of_turns_leads_to_a_page_that_is_not_there(
    kind: Keyboard, of_lines: bool, turns: list[Act]
) -> None:
    rows, page = pages(kind, of_lines=of_lines), first(kind, "")
    for act in turns:
        if any(key.act is act for row in rows[page] for key in row):
            page = after(act, page)
        assert page in rows
        assert after_letter(page) in rows
