"""Keyboards are files: the terminal's own have no problem, each mistake in another is told with its place."""

from pathlib import Path

import pytest

from kiosk.core.entries import Keyboard
from kiosk.core.keyboards import pages_of
from kiosk.settings.catalogue import read_catalogue
from kiosk.settings.problems import Notes
from kiosk.settings.reading import Reading
from kiosk.settings.translations import FRAME, frame_languages
from kiosk.settings.typing_keys import NAMES, OWN, TypingKeys, read_typing_keys
from tests.settings.facility_files import load_changed, told

ALL = ("en", "so", *NAMES)
DIGITS = "pages:\n  letters: |\n    1 2 3\n    4 5 6\n    7 8 9\n    GAP 0 DELETE\n"
LETTERS = (OWN / "letters.yaml").read_text("utf-8")


def shipped() -> TypingKeys:
    reading = Reading(Path("no-folder"))
    keys = read_typing_keys(reading, ALL)
    assert [problem for notes in reading.notes.values() for problem in notes.found] == []
    return keys


def test_the_terminals_own_keyboards_have_every_letter_of_names_in_every_language_offered() -> None:
    keys = shipped()
    assert [each.keyboard for each in keys.keyboards] == list(Keyboard)


def test_every_sign_on_a_key_has_words_to_be_spoken() -> None:
    keys = shipped()
    for written in keys.keyboards:
        for of_lines in (False, True):
            rows = [row for page in pages_of(written, of_lines=of_lines).values() for row in page]
            signs = {
                key.types for row in rows for key in row if len(key.types) == 1 and not key.types.isalnum()
            }
            assert signs <= keys.spoken.keys(), written.keyboard


def test_every_sign_is_named_in_every_language_that_ships() -> None:
    signs = set(shipped().spoken.values())
    for language in frame_languages():
        if language != "en":
            catalogue = read_catalogue(FRAME / f"{language}.po", Notes(language))
            assert signs <= catalogue.texts.keys(), language


def test_what_a_facility_has_spoken_for_its_own_signs_is_a_sentence_of_its_own(tmp_path: Path) -> None:
    own = LETTERS.replace("Full stop", "Dot at the end")
    loaded = load_changed(tmp_path, {"keyboards/letters.yaml": own})
    assert loaded.problems == ()
    reading = Reading(tmp_path)
    read_typing_keys(reading, ("en",))
    assert "Dot at the end" in {sentence.text for sentence in reading.said}


def test_a_facilitys_own_keyboard_stands_in_place_of_the_terminals(tmp_path: Path) -> None:
    own = DIGITS.replace("1 2 3", "7 8 9", 1).replace("7 8 9\n    GAP", "1 2 3\n    GAP")
    loaded = load_changed(tmp_path, {"keyboards/digits.yaml": own})
    assert loaded.problems == ()
    digits = next(k for k in loaded.terminal.outfit.keyboards if k.keyboard is Keyboard.DIGITS)
    assert digits.pages[0].rows[0] == "7 8 9"


WRONG = [
    ("keyboards/digit.yaml", DIGITS, "keyboards/digit.yaml:1:1 SET-331", "Did you mean 'digits'?"),
    (
        "keyboards/digits.yaml",
        DIGITS.replace("DELETE", "DELET"),
        "keyboards/digits.yaml:2:12 SET-332",
        "'DELETE'",
    ),
    (
        "keyboards/digits.yaml",
        DIGITS.replace("DELETE", "DELETE=x"),
        "keyboards/digits.yaml:2:12 SET-332",
        "1.5",
    ),
    (
        "keyboards/digits.yaml",
        DIGITS.replace("DELETE", "DELETE=9"),
        "keyboards/digits.yaml:2:12 SET-333",
        "narrower",
    ),
    ("keyboards/digits.yaml", DIGITS.replace("5", "6"), "keyboards/digits.yaml:2:3 SET-334", "Take one"),
    (
        "keyboards/digits.yaml",
        DIGITS.replace("7", "a"),
        "keyboards/digits.yaml:2:3 SET-334",
        "Add a key for each",
    ),
    (
        "keyboards/digits.yaml",
        DIGITS.replace("GAP", "ACCENTS"),
        "keyboards/digits.yaml:2:3 SET-334",
        "Add the page",
    ),
    ("keyboards/digits.yaml", DIGITS.replace("DELETE", "+"), "keyboards/digits.yaml:2:3 SET-334", "DELETE"),
    (
        "keyboards/letters.yaml",
        LETTERS.replace("ACCENTS=2 ", "").replace("ACCENTS=1.5 ", ""),
        "SET-334",
        "ACCENTS",
    ),
    (
        "keyboards/digits.yaml",
        "page:\n  letters: 1\n",
        "keyboards/digits.yaml:1:1 SET-201",
        "Did you mean 'pages'?",
    ),
]


@pytest.mark.parametrize(("file", "text", "line", "advice"), WRONG)
def test_a_mistake_in_a_keyboard_is_told_with_place_and_advice(
    tmp_path: Path, file: str, text: str, line: str, advice: str
) -> None:
    loaded = load_changed(tmp_path, {file: text})
    assert any(line in each for each in told(loaded, tmp_path)), told(loaded, tmp_path)
    assert any(advice in problem.do for problem in loaded.problems)


def test_a_letter_that_a_language_on_offer_needs_is_missed(tmp_path: Path) -> None:
    without = LETTERS.replace("ŵ ŷ ", "")
    loaded = load_changed(tmp_path, {"keyboards/letters.yaml": without})
    assert loaded.problems == ()  # only English is offered there
    reading = Reading(tmp_path)
    read_typing_keys(reading, ("en", "cy"))
    found = [problem.what for notes in reading.notes.values() for problem in notes.found]
    assert found == ["These characters cannot be typed: ŵ ŷ."]
