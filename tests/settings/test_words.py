"""Every sentence the terminal says can be translated, and is translated into every language it speaks."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.words import has_words
from kiosk.settings import extraction
from kiosk.settings.catalogue import Catalogue, read_catalogue
from kiosk.settings.frame_words import LIST, frame_sentences, listed
from kiosk.settings.problems import Notes
from kiosk.settings.tongues import Tongue
from kiosk.settings.translations import check_catalogue, frame_languages

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in frame_languages() if language != "en"]


def frame(language: str) -> Catalogue:
    return read_catalogue(ROOT / f"kiosk/words/{language}.po", Notes(f"{language}.po"))


def said_in(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "say":
            for part in ast.walk(call.args[0]) if call.args else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def test_the_list_for_translators_is_current() -> None:
    assert LIST.read_text("utf-8") == listed(frame_sentences()), "run make words"


def test_every_text_that_is_said_anywhere_is_in_the_list() -> None:
    sources = [p for room in ("kiosk", "screens", "devices") for p in (ROOT / room).rglob("*.py")]
    said = {text for path in sources for text in said_in(ast.parse(path.read_text("utf-8")))}
    keys = {"postcode"}  # looked up in a table, whose sentences are in the list
    assert {text for text in said if re.search(r"[a-z]", text)} - keys <= frame_sentences().keys()
    assert len(said) > 60


def test_sentences_in_tables_and_defaults_are_found_too() -> None:
    found = frame_sentences()
    for text in (
        "Choose yes or no",
        "clear the cutter",
        "Send",
        "Enter a number",
        "The paper jammed before your ticket was finished",
    ):
        assert text in found
    assert not [text for text in found if "docs/" in text or text.startswith("Return ")]


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_of_the_terminal_is_translated_with_its_places(language: str) -> None:
    notes = Notes(f"{language}.po")
    catalogue = frame(language)
    lacking = [text for text in frame_sentences() if text not in catalogue.texts and has_words(text)]
    assert lacking == [], f"run make words, then write them into kiosk/words/{language}.po"
    check_catalogue(catalogue, frame_sentences(), notes)
    assert [str(problem) for problem in notes.found] == []


@pytest.mark.parametrize("language", OTHERS)
def test_what_was_not_read_by_a_reader_of_the_language_says_so(language: str) -> None:
    assert all(entry.unreviewed for entry in frame(language).entries.values())


def test_languages_know_their_own_name_and_direction() -> None:
    told = [
        (words.name, words.direction.value)
        for words in (Tongue(code, ()).words() for code in ("cy", "ur", "pa", "pl"))
    ]
    assert told == [("Cymraeg", "ltr"), ("اردو", "rtl"), ("ਪੰਜਾਬੀ", "ltr"), ("Polski", "ltr")]


def test_a_list_that_lacks_tables_would_be_found_out() -> None:
    calls_only = {
        t for p in (ROOT / "kiosk/core").rglob("*.py") for t in said_in(ast.parse(p.read_text("utf-8")))
    }
    assert frame_sentences().keys() - calls_only, "the tables are what a search for calls misses"
    assert extraction.NOT_SAID.isdisjoint(calls_only)
