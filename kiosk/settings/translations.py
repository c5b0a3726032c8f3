"""Catalogues: the words of each language, and what is missing from them.

Responsible for: reading gettext files, what is missing or differs in its places, and making `Words`.
Not responsible for: which sentences there are (`kiosk.settings.said`), or looking up (`kiosk.core.words`).
"""

import io
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages import Message
from babel.messages.pofile import PoFileError, read_po

from kiosk.core.views import Direction
from kiosk.core.words import Words
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.said import Sentence
from kiosk.settings.tree import TOP, Place
from kiosk.settings.yaml_text import decode

ENGLISH = "en"
FRAME = Path(__file__).resolve().parent.parent / "words"
UNREVIEWED = "unreviewed"
LONGEST_CATALOGUE = 4 * 1024 * 1024
FROM_THE_DESK = "as the desk enters"
"""In a comment: the English comes from central, such as a kind of appointment, so no file here holds it."""

_PLACE = re.compile(r"\{[a-z_]+\}")
_PO_FAULTS = (
    PoFileError,
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    RecursionError,
    SyntaxError,
    AssertionError,
)
"""What the reader of gettext files is known to raise on text that is none."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One translation and the line of its English sentence."""

    text: str
    line: int
    unsure: bool = False
    unreviewed: bool = False
    from_the_desk: bool = False


@dataclass(frozen=True)
class Catalogue:
    """One gettext file: its entries by English sentence; what is empty is not in it."""

    entries: Mapping[str, Entry]

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the translations that may be shown: those that nobody marked as a guess."""
        return {english: entry.text for english, entry in self.entries.items() if not entry.unsure}


NOTHING = Catalogue({})


def frame_languages() -> tuple[str, ...]:
    """Return the languages that the terminal itself speaks."""
    return (ENGLISH, *sorted(path.stem for path in FRAME.glob("*.po") if path.stem != ENGLISH))


@cache
def frame_sentences() -> tuple[str, ...]:
    """Return every sentence that the terminal itself says, from the list that translators start from."""
    listed = read_po(io.StringIO((FRAME / f"{ENGLISH}.po").read_text("utf-8")))
    return tuple(m.id for m in listed if isinstance(m.id, str) and m.id)


def read_catalogue(path: Path, notes: Notes) -> Catalogue:
    """Return a catalogue; what cannot be read is noted."""
    try:
        text = decode(path.read_bytes(), notes, LONGEST_CATALOGUE)
    except FileNotFoundError:
        notes.problem(
            "SET-401", TOP, "This file of translations is missing.", "Make it, or take the language out."
        )
        return NOTHING
    except OSError as fault:
        why = fault.strerror or "unknown reason"
        notes.problem("SET-101", TOP, f"This file cannot be read ({why}).", "Mend its rights.")
        return NOTHING
    return _parsed(text, notes) if text is not None else NOTHING


def _parsed(text: str, notes: Notes) -> Catalogue:
    try:
        catalogue = read_po(io.StringIO(text), abort_invalid=True)
        return Catalogue({str(m.id): _entry(m) for m in catalogue if m.id and _is_whole(m)})
    except _PO_FAULTS as fault:
        line = getattr(fault, "lineno", None)
        place = Place(line + 1 if isinstance(line, int) else 1, 1)
        notes.problem(
            "SET-402",
            place,
            "From here on this is not a gettext file.",
            'Write two lines for each, msgid "English" and msgstr "translation". Look one line above too.',
        )
        return NOTHING


def _is_whole(message: Message) -> bool:
    return isinstance(message.id, str) and isinstance(message.string, str) and message.string != ""


def _entry(message: Message) -> Entry:
    remarks = " ".join(message.user_comments)
    return Entry(
        text=str(message.string),
        line=message.lineno or 1,
        unsure=message.fuzzy,
        unreviewed=UNREVIEWED in remarks,
        from_the_desk=FROM_THE_DESK in remarks,
    )


def check_catalogue(catalogue: Catalogue, used: Collection[str], notes: Notes) -> None:
    """Note what is wrong with the translations of one file, given every English sentence in use."""
    for english, entry in catalogue.entries.items():
        place = Place(entry.line, 1)
        if english not in used and not entry.from_the_desk:
            notes.remark(
                "SET-408",
                place,
                f"{quoted(english)} is translated but used nowhere; perhaps its English was changed.",
                "Copy the English sentence from its file exactly, or delete the entry.",
            )
            continue
        if entry.unsure:
            notes.problem(
                "SET-407",
                place,
                f"The translation of {quoted(english)} is marked as a guess.",
                "Correct it, and delete the line '#, fuzzy'.",
            )
        if sorted(_PLACE.findall(english)) != sorted(_PLACE.findall(entry.text)):
            notes.problem(
                "SET-403",
                place,
                f"The places in {{ }} differ between {quoted(english)} and its translation.",
                f"Use exactly these: {', '.join(_PLACE.findall(english)) or 'none'}.",
            )
    unreviewed = sum(entry.unreviewed for entry in catalogue.entries.values())
    if unreviewed:
        notes.remark(
            "SET-404",
            TOP,
            f"{unreviewed} translations were not checked by a reader of the language.",
            "Have them read, and take '# unreviewed' away.",
        )


def check_frame(language: str, catalogue: Mapping[str, str], place: Place, notes: Notes) -> tuple[str, ...]:
    """Note at the language in kiosk.yaml that it lacks sentences of the terminal itself; return them."""
    lacking = tuple(text for text in frame_sentences() if text not in catalogue and _needs_words(text))
    if lacking:
        notes.problem(
            "SET-409",
            place,
            f"{language_name(language, ENGLISH)} lacks sentences of the terminal itself ({len(lacking)}), "
            f"such as {quoted(lacking[0])}.",
            f"Add them to translations/{language}.po; 'kiosk check --fill' writes the empty entries.",
        )
    return lacking


def check_complete(
    sentences: Iterable[Sentence], language: str, texts: Mapping[str, str], notes_for: Mapping[str, Notes]
) -> tuple[str, ...]:
    """Note every sentence that a language lacks, at the English text; return them, each once, in order."""
    lacking: dict[str, None] = {}
    for sentence in sentences:
        if sentence.text in texts or sentence.text in lacking or not _needs_words(sentence.text):
            continue
        lacking[sentence.text] = None
        notes_for[sentence.file].problem(
            "SET-405",
            sentence.place,
            f"{quoted(sentence.text, 60)} has no translation into {language_name(language, ENGLISH)}.",
            f"Add it to translations/{language}.po; 'kiosk check --fill' writes the empty entry.",
        )
    return tuple(lacking)


def _needs_words(text: str) -> bool:
    return any(character.isalpha() for character in _PLACE.sub("", text))


def check_language(language: str, place: Place, notes: Notes) -> bool:
    """Say whether there is such a language; note it where there is none."""
    try:
        Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        notes.problem(
            "SET-406",
            place,
            f"There is no language {quoted(language)}.",
            did_you_mean(language, frame_languages()),
        )
        return False
    return True


def words_of(language: str, catalogue: Mapping[str, str]) -> Words:
    """Return a language as the core needs it: what it calls itself, and which way it runs."""
    direction = Direction(Locale.parse(language, sep="-").text_direction)
    return Words(language, language_name(language, language), direction, catalogue)


def language_name(language: str, shown_in: str) -> str:
    """Name a language in a language."""
    name = Locale.parse(language, sep="-").get_display_name(shown_in.replace("-", "_"))
    return name[:1].upper() + name[1:] if name else language
