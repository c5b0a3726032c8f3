"""One gettext file as entries by English sentence.

Responsible for: reading it, and what each entry is marked as.
Not responsible for: which sentences there must be, or whether they fit (`kiosk.settings.translations`).

The form that `kiosk check --fill` and `make words` write is read here with one expression, because a terminal
in sixteen languages reads thirty files before it starts; whatever has another form is left to Babel's reader.
"""

import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Message
from babel.messages.pofile import PoFileError, read_po

from kiosk.settings.problems import Notes
from kiosk.settings.tree import TOP, Place
from kiosk.settings.yaml_text import decode

UNREVIEWED = "unreviewed"
_ONLY_UNREVIEWED = f"# {UNREVIEWED}\n"
LONGEST_CATALOGUE = 4 * 1024 * 1024
FROM_THE_DESK = "as the desk enters"
"""In a comment: the English comes from central, such as a kind of appointment, so no file here holds it."""

_TEXT = r'(?:"(?:[^"\\\n]|\\.)*+"\n)++'
_BLOCK = re.compile(
    rf"\n*+(?P<remarks>(?:#(?!~)[^\n]*\n)*+)msgid (?P<one>{_TEXT})(?:msgid_plural (?P<many>{_TEXT}))?+"
    rf"(?P<forms>(?:msgstr(?:\[[0-9]\])?+ {_TEXT})++)"
)
_FORM = re.compile(rf"msgstr(?:\[[0-9]\])?+ ({_TEXT})")
_ESCAPED = re.compile(r"\\(.)")
_MEANT = {"n": "\n", "t": "\t", "r": "\r"}
_PLURAL_RULE = re.compile(r"nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+)")
_ENGLISH_RULE = (2, "n != 1")
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
    """One translation and the line of its English sentence.

    Attributes:
        many: the English sentence for more than one, where it turns on a number; else empty.
        forms: the translation, or one for each of the language's forms.
    """

    forms: tuple[str, ...]
    line: int
    many: str = ""
    unsure: bool = False
    unreviewed: bool = False
    from_the_desk: bool = False

    @property
    def text(self) -> str:
        """Return the translation; of one that turns on a number, its first form."""
        return self.forms[0]


@dataclass(frozen=True)
class Catalogue:
    """One gettext file: its entries by English sentence; what is empty is not in it.

    Attributes:
        plural_rule: number of forms, and the C expression that chooses one (gettext manual, section 11.2.6).
    """

    entries: Mapping[str, Entry]
    plural_rule: tuple[int, str] = _ENGLISH_RULE

    @property
    def texts(self) -> Mapping[str, str]:
        """Return the translations that may be shown: those that nobody marked as a guess."""
        return {english: entry.text for english, entry in self.entries.items() if not entry.unsure}

    @property
    def plural_rule_is_told(self) -> bool:
        """Say whether the file has a rule of its own."""
        return self.plural_rule != _ENGLISH_RULE

    def form_of(self) -> Callable[[int], int]:
        """Return which form a number takes."""
        rule: Callable[[int], int] = gettext.c2py(self.plural_rule[1])
        return rule


NOTHING = Catalogue({})


def read_catalogue(path: Path, notes: Notes) -> Catalogue:
    """Return a catalogue; what cannot be read is noted."""
    try:
        text = decode(path.read_bytes(), notes, LONGEST_CATALOGUE)
    except FileNotFoundError:
        notes.problem(
            "SET-401",
            TOP,
            "This file of translations is missing.",
            "Let 'kiosk check --fill' make it, or take the language out of kiosk.yaml.",
        )
        return NOTHING
    except OSError as fault:
        why = fault.strerror or "unknown reason"
        notes.problem("SET-101", TOP, f"This file cannot be read ({why}).", "Mend its rights.")
        return NOTHING
    return _parsed(text, notes) if text is not None else NOTHING


def _parsed(text: str, notes: Notes) -> Catalogue:
    plain = read_plain(text)
    return plain if plain is not None else _by_babel(text, notes)


def listed_in(text: str) -> Mapping[str, str]:
    """Return the English sentences of a list for translators, each with the one for many, or nothing."""
    blocks = _BLOCK.finditer(text.rstrip("\n") + "\n")
    return {one: _unquoted(b["many"] or "") for b in blocks if (one := _unquoted(b["one"]))}


def read_plain(text: str) -> Catalogue | None:
    """Read a catalogue in the form that we write; None where anything in it has another form."""
    entries: dict[str, Entry] = {}
    header = ""
    end, line, counted = 0, 1, 0
    whole = text.rstrip("\n") + "\n"
    while end < len(whole):
        block = _BLOCK.match(whole, end)
        if block is None:
            return None
        line += whole.count("\n", counted, block.start("one"))
        end, counted = block.end(), block.start("one")
        english = _unquoted(block["one"])
        forms = tuple(_unquoted(found[1]) for found in _FORM.finditer(block["forms"]))
        if not english:
            header = forms[0]
        elif all(forms) and bool(block["many"]) is ("msgstr[" in block["forms"]):
            entries[english] = _plain_entry(forms, line, _unquoted(block["many"] or ""), block["remarks"])
        elif all(forms):
            return None
    return _of(entries, header)


def _unquoted(quoted: str) -> str:
    text = quoted[1:-2].replace('"\n"', "")
    return _ESCAPED.sub(lambda found: _MEANT.get(found[1], found[1]), text) if "\\" in text else text


def _plain_entry(forms: tuple[str, ...], line: int, many: str, remarks: str) -> Entry:
    if remarks == _ONLY_UNREVIEWED:
        return Entry(forms, line, many, unreviewed=True)
    said = " ".join(remark[1:] for remark in remarks.splitlines() if remark[1:2] not in (",", ":", ".", "|"))
    flags = [remark for remark in remarks.splitlines() if remark.startswith("#,")]
    return Entry(
        forms, line, many, any("fuzzy" in flag for flag in flags), UNREVIEWED in said, FROM_THE_DESK in said
    )


def _of(entries: Mapping[str, Entry], header: str) -> Catalogue:
    rule = _PLURAL_RULE.search(header)
    if rule is None:
        return Catalogue(entries)
    try:
        gettext.c2py(rule[2])
    except ValueError:
        return Catalogue(entries)
    return Catalogue(entries, (int(rule[1]), rule[2].strip()))


def _by_babel(text: str, notes: Notes) -> Catalogue:
    try:
        read = read_po(io.StringIO(text), abort_invalid=True)
        header = "".join(f"{name}: {value}\n" for name, value in read.mime_headers)
        return _of(dict(_babel_entries(read)), header)
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


def _babel_entries(messages: object) -> Iterator[tuple[str, Entry]]:
    for message in messages:  # type: ignore[attr-defined]
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and all(isinstance(form, str) and form for form in forms):
            one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
            yield str(one), _babel_entry(message, tuple(map(str, forms)), str(many))


def _babel_entry(message: Message, forms: tuple[str, ...], many: str) -> Entry:
    remarks = " ".join(message.user_comments)
    return Entry(
        forms=forms,
        line=message.lineno or 1,
        many=many,
        unsure=message.fuzzy,
        unreviewed=UNREVIEWED in remarks,
        from_the_desk=FROM_THE_DESK in remarks,
    )
