"""The terminal's own words: every sentence that the core says, found in its source.

Responsible for: collecting them, and keeping `kiosk/words/en.po`, the list that translators start from.
Not responsible for: the facility's words (`kiosk.settings.said`), or reading translations.

Run ``python -m kiosk.settings.frame_words`` after a sentence of the core was changed: it writes the list
again and adds what is new, still empty, to every other language. A test holds the list current.

Sentences reach `Words.say` in many ways (tables, defaults of fields, conditions), so they are not searched
for at the calls: every text in `kiosk/core` that reads like words is one, unless it is raised, compared, a
pattern, or named below.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from kiosk.settings.po_entries import entry_of, lacking_in

ROOM = Path(__file__).resolve().parent.parent
WORDS = ROOM / "words"
LIST = WORDS / "en.po"
FOR_STAFF_ONLY = frozenset({"core/codes.py"})
"""Files whose sentences are written into logs and never onto the glass."""

NOT_SAID = frozenset({"Europe/London", "Visit"})
_READS_LIKE_WORDS = re.compile(r"[A-Z][a-z]+([ ,.?:{]|$)|[a-z]+ [a-z{]|^\{[a-z]+\}[ ,]|^[A-Z] [a-z]")


def frame_sentences() -> dict[str, str]:
    """Return every sentence of the core, with the file and line where it stands first."""
    found: dict[str, str] = {}
    for path in sorted((ROOM / "core").rglob("*.py")):
        place = path.relative_to(ROOM).as_posix()
        if place in FOR_STAFF_ONLY:
            continue
        for line, text in _sentences(ast.parse(path.read_text("utf-8"))):
            found.setdefault(text, f"{place}:{line}")
    return found


def _sentences(tree: ast.Module) -> Iterator[tuple[int, str]]:
    silent = {id(inner) for node in ast.walk(tree) if _is_silent(node) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            text = node.value
            if _READS_LIKE_WORDS.search(text) and text not in NOT_SAID:
                yield node.lineno, text


def _is_silent(node: ast.AST) -> bool:
    """Say whether no text in a part of the source is ever said: docstrings, patterns, what is compared."""
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Raise() | ast.JoinedStr() | ast.Compare():
            return True
        case ast.Assign(targets=[ast.Name(id="__all__")]):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="re")) | ast.Name(id="NewType")):
            return True
        case _:
            return False


def listed(sentences: dict[str, str]) -> str:
    """Write the list that translators start from."""
    head = (
        "# The terminal's own words. Made by python -m kiosk.settings.frame_words\n"
        "# Places in {braces} stay as they are. Translate into a copy, named by the language: cy.po\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    )
    by_place = sorted((place.partition(":")[0], text) for text, place in sentences.items())
    return head + "".join(entry_of(text, f"kiosk/{place}") for place, text in by_place)


def main() -> int:
    """Write the list, and add what other languages lack, still empty."""
    sentences = frame_sentences()
    LIST.write_text(listed(sentences), "utf-8")
    for path in sorted(WORDS.glob("*.po")):
        if path != LIST:
            text = path.read_text("utf-8")
            added = "".join(
                entry_of(each, f"kiosk/{sentences[each].partition(':')[0]}")
                for each in lacking_in(text, sentences)
            )
            path.write_text(text.rstrip("\n") + "\n" + added, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
