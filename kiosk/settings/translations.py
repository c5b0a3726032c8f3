"""Translations: what is missing from a language, what differs in its places, and the names of languages.

Responsible for: checking catalogues against the English sentences, and naming languages.
Not responsible for: reading gettext files (`kiosk.settings.catalogue`), which sentences there are
(`kiosk.settings.said`, `kiosk.settings.frame_words`), or looking up (`kiosk.core.words`).
"""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from kiosk.core.words import ENGLISH, has_words
from kiosk.settings.catalogue import Catalogue, Entry, listed_in
from kiosk.settings.problems import NEAR, Notes, did_you_mean, quoted
from kiosk.settings.said import Sentence
from kiosk.settings.tree import TOP, Place

FRAME = Path(__file__).resolve().parent.parent / "words"
OWN_NAMES = {"zh": "简体中文"}
"""What a language calls itself where its code alone says too little: Chinese in simplified characters."""
COUNT = "{count}"
"""The place of the number in a sentence that turns on it: a form may leave it out, as in "one moment"."""

_PLACE = re.compile(r"\{[a-z_]+\}")


@cache
def frame_languages() -> tuple[str, ...]:
    """Return the languages that the terminal itself speaks."""
    return (ENGLISH, *sorted(path.stem for path in FRAME.glob("*.po") if path.stem != ENGLISH))


@cache
def frame_sentences() -> Mapping[str, str]:
    """Return every sentence that the terminal itself says, with the one for more than one, or nothing.

    They are read from the list that translators start from, whose own translations are empty.
    """
    return listed_in((FRAME / f"{ENGLISH}.po").read_text("utf-8"))


def check_catalogue(
    catalogue: Catalogue, used: Collection[str], notes: Notes, *, all_used: bool = True
) -> None:
    """Note what is wrong with the translations of one file, given the English sentences in use.

    Args:
        catalogue: what stands in the file.
        used: the sentences.
        notes: of the file.
        all_used: there are no others; else nothing is said of a translation of another one.
    """
    for english, entry in catalogue.entries.items():
        place = Place(entry.line, 1)
        if english not in used and not entry.from_the_desk:
            if all_used:
                _note_unused(english, place, notes)
            continue
        if entry.unsure:
            notes.problem(
                "SET-407",
                place,
                f"The translation of {quoted(english)} is marked as a guess.",
                "Correct it, and delete the line '#, fuzzy'.",
            )
        if not all(_has_its_places(english, entry, form) for form in entry.forms):
            notes.problem(
                "SET-403",
                place,
                f"The places in {{ }} differ between {quoted(english)} and its translation.",
                f"Use exactly these: {', '.join(_PLACE.findall(english)) or 'none'}.",
            )
        if entry.many and len(entry.forms) != catalogue.plural_rule[0]:
            notes.problem(
                "SET-421",
                place,
                f"{quoted(english)} has {len(entry.forms)} forms; it needs {catalogue.plural_rule[0]}.",
                "Write one msgstr[N] for each form that 'Plural-Forms' at the top of the file counts.",
            )


def _note_unused(english: str, place: Place, notes: Notes) -> None:
    notes.remark(
        "SET-408",
        place,
        f"{quoted(english)} is translated but used nowhere; perhaps its English was changed.",
        "Copy the English sentence from its file exactly, or delete the entry.",
    )


def _has_its_places(english: str, entry: Entry, form: str) -> bool:
    if "{" not in english and "{" not in form:
        return True
    wanted, found = sorted(_PLACE.findall(english)), sorted(_PLACE.findall(form))
    if entry.many and COUNT not in found:
        wanted = [place for place in wanted if place != COUNT]
    return wanted == found


def tell_unreviewed(here: int, of_the_frame: int, notes: Notes, *, hidden: bool) -> None:
    """Note how many translations of a language nobody has read, and what becomes of them."""
    if not here and not of_the_frame:
        return
    shown = "hidden: visitors see the English" if hidden else "shown"
    notes.remark(
        "SET-404",
        TOP,
        f"{here} translations here and {of_the_frame} of the terminal's own were not checked by a reader of "
        f"the language. They are {shown}.",
        "Have them read, and take '# unreviewed' away; 'unreviewed-words' in kiosk.yaml decides until then.",
    )


def check_frame(language: str, catalogue: Collection[str], place: Place, notes: Notes) -> tuple[str, ...]:
    """Note at the language in kiosk.yaml that it lacks sentences of the terminal itself; return them.

    They are shown in English, and that is only a remark: a terminal that learnt a new sentence overnight must
    still open in the morning.
    """
    lacking = tuple(t for t in frame_sentences() if t not in catalogue and has_words(t))
    if lacking:
        notes.remark(
            "SET-409",
            place,
            f"{language_name(language, ENGLISH)} lacks sentences of the terminal itself ({len(lacking)}), "
            f"such as {quoted(lacking[0])}. They are shown in English.",
            f"Add them to translations/{language}.po; 'kiosk check --fill' writes the empty entries.",
        )
    return lacking


def lacking_from(sentences: Iterable[Sentence], texts: Collection[str]) -> tuple[Sentence, ...]:
    """Return the sentences that a language lacks, each once, in order."""
    lacking: dict[str, Sentence] = {}
    for sentence in sentences:
        if sentence.text not in texts and has_words(sentence.text):
            lacking.setdefault(sentence.text, sentence)
    return tuple(lacking.values())


def tell_lacking(
    lacking: Iterable[Sentence], language: str, notes_for: Mapping[str, Notes], *, hidden: bool
) -> None:
    """Note every sentence that a language lacks, at the English text.

    Where the facility shows English instead of what nobody has checked (`hidden`), a translation that is
    missing is only a remark: it keeps no terminal from starting.
    """
    for sentence in lacking:
        notes = notes_for[sentence.file]
        tell = notes.remark if hidden else notes.problem
        tell(
            "SET-405",
            sentence.place,
            f"{quoted(sentence.text, 60)} has no translation into {language_name(language, ENGLISH)}.",
            f"Write it in translations/{language}.po; 'kiosk check --fill' adds an empty entry for it.",
        )


def check_language(language: str, place: Place, notes: Notes) -> bool:
    """Say whether a language is written by its shortest code; note it where it is not."""
    try:
        meant = Locale.parse(language, sep="-").language
    except (UnknownLocaleError, ValueError, TypeError):
        meant = ""
    if meant and meant == language.partition("-")[0]:
        return True
    notes.problem("SET-406", place, f"There is no language {quoted(language)}.", _meant(language, meant))
    return False


def _meant(written: str, code: str) -> str:
    """Advise what to write for a language that was written by its name or by a longer code."""
    named = {
        language_name(each, shown).casefold(): each for each in frame_languages() for shown in (ENGLISH, each)
    }
    near = difflib.get_close_matches(written.casefold()[:80], named, 1, NEAR)
    code = code or (named[near[0]] if near else "")
    return f"Did you mean '{code}'?" if code else did_you_mean(written, frame_languages())


def language_name(language: str, shown_in: str) -> str:
    """Name a language in a language."""
    if language == shown_in and language in OWN_NAMES:
        return OWN_NAMES[language]
    name = Locale.parse(language, sep="-").get_display_name(shown_in.replace("-", "_"))
    return name[:1].upper() + name[1:] if name else language
