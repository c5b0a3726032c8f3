"""Every sentence the terminal says can be translated, and is translated into Welsh."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings import frame_words
from kiosk.settings.frame_words import LIST, frame_sentences, listed
from kiosk.settings.problems import Notes
from kiosk.settings.translations import check_catalogue, read_catalogue, words_of

ROOT = Path(__file__).parents[2]
WELSH = ROOT / "kiosk/words/cy.po"


def said_in(tree: ast.AST) -> Iterator[str]:
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "say":
            for part in ast.walk(call.args[0]) if call.args else ():
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
                    yield part.value


def test_the_list_for_translators_is_current() -> None:
    assert LIST.read_text("utf-8") == listed(frame_sentences()), "run python -m kiosk.settings.frame_words"


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
        "August",
        "Send",
        "Enter a number",
        "The paper jammed before your ticket was finished",
    ):
        assert text in found
    assert not [text for text in found if "docs/" in text or text.startswith("Return ")]


def test_every_sentence_is_translated_into_welsh_with_its_places() -> None:
    notes = Notes("cy.po")
    catalogue = read_catalogue(WELSH, notes)
    lacking = [
        t
        for t in frame_sentences()
        if t not in catalogue.texts and re.search(r"[a-z]", re.sub(r"\{\w+\}", "", t))
    ]
    assert lacking == []
    check_catalogue(catalogue, frame_sentences(), notes)
    assert {problem.code for problem in notes.found} <= {"SET-404"}


def test_what_was_not_read_by_a_reader_of_the_language_says_so() -> None:
    assert all(entry.unreviewed for entry in read_catalogue(WELSH, Notes("cy.po")).entries.values())


def test_languages_know_their_own_name_and_direction() -> None:
    told = [
        (words_of(code, {}).name, words_of(code, {}).direction.value) for code in ("cy", "ur", "pa", "pl")
    ]
    assert told == [("Cymraeg", "ltr"), ("اردو", "rtl"), ("ਪੰਜਾਬੀ", "ltr"), ("Polski", "ltr")]


def test_a_list_that_lacks_tables_would_be_found_out() -> None:
    calls_only = {
        t for p in (ROOT / "kiosk/core").rglob("*.py") for t in said_in(ast.parse(p.read_text("utf-8")))
    }
    assert frame_sentences().keys() - calls_only, "the tables are what a search for calls misses"
    assert frame_words.NOT_SAID.isdisjoint(calls_only)
