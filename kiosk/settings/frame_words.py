"""The terminal's own words: every sentence that the core says, and the names of signs on keys.

Responsible for: collecting them with Babel, and keeping `kiosk/words/en.po`, the list that translators start
from.
Not responsible for: what counts as a sentence (`kiosk.settings.extraction`), the facility's words
(`kiosk.settings.said`), or reading translations.

``make words`` writes the list again and adds what is new, still empty, to every other language. A test holds
the list current.
"""

import sys
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract_from_dir

from kiosk.settings.catalogue import read_plain
from kiosk.settings.po_entries import entry_of, lacking_in

ROOM = Path(__file__).resolve().parent.parent
WORDS = ROOM / "words"
LIST = WORDS / "en.po"
METHODS = [
    ("core/codes.py", "ignore"),  # written into logs, never onto the glass
    ("core/formats.py", "ignore"),  # British English, which no other language is made from
    ("core/**.py", "kiosk.settings.extraction:core"),
    ("keyboards/*.yaml", "kiosk.settings.extraction:keyboard"),
]


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a sentence stands first, and the one for more than one, where it turns on a number."""

    place: str
    many: str = ""


def frame_sentences() -> dict[str, Listed]:
    """Return every sentence of the core, and every sign of the keyboards, by its English."""
    found: dict[str, Listed] = {}
    texts = extract_from_dir(ROOM, METHODS, directory_filter=lambda folder: "__pycache__" not in folder)
    for file, line, text, *_ in sorted(texts, key=lambda each: (each[0], each[1])):
        one, many = (text, "") if isinstance(text, str) else (text[0], text[1])
        found.setdefault(one, Listed(f"{Path(file).as_posix()}:{line}", many))
    return found


def listed(sentences: dict[str, Listed]) -> str:
    """Write the list that translators start from."""
    head = (
        "# The terminal's own words. Made by make words\n"
        "# Places in {braces} stay as they are. Translate into a copy, named by the language: cy.po\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    by_place = sorted((_file(found), text) for text, found in sentences.items())
    return head + "".join(entry_of(text, place, sentences[text].many) for place, text in by_place)


def _file(found: Listed) -> str:
    return f"kiosk/{found.place.partition(':')[0]}"


def main() -> int:
    """Write the list, and add what other languages lack, still empty."""
    sentences = frame_sentences()
    LIST.write_text(listed(sentences), "utf-8")
    for path in sorted(WORDS.glob("*.po")):
        if path != LIST:
            text = path.read_text("utf-8")
            plain = read_plain(text)
            forms = plain.plural_rule[0] if plain else 2
            added = "".join(
                entry_of(each, _file(sentences[each]), sentences[each].many, forms)
                for each in lacking_in(text, sentences)
            )
            path.write_text(text.rstrip("\n") + "\n" + added, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
