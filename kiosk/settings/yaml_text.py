"""Bytes of a YAML file into a tree, or into problems; no bytes whatever raise.

Responsible for: decoding, size and depth, duplicate keys, and saying YAML's complaints in plain words.
Not responsible for: what the keys mean (`kiosk.settings.fit`).

Events are read instead of finished values: aliases, tags and second documents can be refused before anything
is built from them, so a file cannot grow in memory, and every text keeps its place.
"""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from kiosk.settings.problems import Notes, quoted
from kiosk.settings.tree import TOP, Listing, Node, Place, Table, Text

LONGEST_FILE = 256 * 1024
DEEPEST = 12
_OUTER = (StreamStartEvent, StreamEndEvent, DocumentStartEvent, DocumentEndEvent)
_READER_FAULTS = (
    YAMLError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    NotImplementedError,
    RecursionError,
)
"""What the YAML reader is known to raise on text that is not YAML; several are slips of its own."""


class _Refused(Exception):
    def __init__(self, code: str, place: Place, what: str, do: str) -> None:
        super().__init__(what)
        self.code, self.place, self.what, self.do = code, place, what, do


def decode(raw: bytes, notes: Notes, longest: int = LONGEST_FILE) -> str | None:
    """Return the text of a file, or None with the problem noted."""
    if len(raw) > longest:
        notes.problem(
            "SET-102",
            TOP,
            f"This file is larger than {longest // 1024} KB.",
            "Check that it is the right file; settings are far shorter.",
        )
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = raw[: fault.start].decode("utf-8", "replace")
        notes.problem(
            "SET-102",
            _end_of(before),
            "This is not text in UTF-8.",
            "Save the file as plain text with the encoding UTF-8.",
        )
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _end_of(text: str) -> Place:
    return Place(text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)


def read_yaml(raw: bytes, notes: Notes) -> Table | None:
    """Return the table that a file holds, or None with the problem noted."""
    text = decode(raw, notes)
    if text is None:
        return None
    try:
        tree = _whole(text, notes)
    except _Refused as refused:
        notes.problem(refused.code, refused.place, refused.what, refused.do)
        return None
    if isinstance(tree, Table):
        return tree
    if tree is None or (isinstance(tree, Text) and tree.is_nothing):
        notes.problem("SET-106", TOP, "This file is empty.", "Copy a file that works and change it.")
    else:
        notes.problem(
            "SET-204",
            tree.place,
            "This file does not begin with a key and a colon.",
            "Write lines such as 'name: Report a pothole'.",
        )
    return None


def _whole(text: str, notes: Notes) -> Node | None:
    events = _events(text)
    tree: Node | None = None
    for event in events:
        if isinstance(event, _OUTER):
            continue
        if tree is not None:
            raise _Refused(
                "SET-105",
                _place(event),
                "A second document begins here, after a line with '---'.",
                "Write one file for each.",
            )
        tree = _node(event, events, notes, 0)
    return tree


def _events(text: str) -> Iterator[Event]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as fault:
        raise _explained(fault, text) from fault
    except _READER_FAULTS as fault:
        place = (
            _end_of(text[:position]) if isinstance(position := getattr(fault, "position", None), int) else TOP
        )
        raise _Refused(
            "SET-103",
            place,
            "This file holds characters that do not belong into a text.",
            "Open it in an editor, delete what you cannot read and save it as UTF-8.",
        ) from fault


def _place(event: Event) -> Place:
    mark: Any = event.start_mark
    return Place(mark.line + 1, mark.column + 1)


def _node(event: Event, events: Iterator[Event], notes: Notes, depth: int) -> Node:
    place = _place(event)
    if depth > DEEPEST:
        raise _Refused(
            "SET-102",
            place,
            f"Tables and lists stand more than {DEEPEST} deep in one another.",
            "Check brackets and indentation here.",
        )
    if isinstance(event, AliasEvent) or getattr(event, "anchor", None) or _has_tag(event):
        raise _Refused(
            "SET-105",
            place,
            "Anchors (&), aliases (*) and tags (!) are not used in settings.",
            "Write the text itself, in quotes if it begins with one of these signs.",
        )
    if isinstance(event, ScalarEvent):
        return Text(event.value, place, quoted=event.style is not None)
    if isinstance(event, SequenceStartEvent):
        return Listing(tuple(_items(events, notes, depth)), place)
    return _table(place, events, notes, depth)


def _has_tag(event: Event) -> bool:
    tag = getattr(event, "ctag", None)
    return tag is not None and str(tag) not in ("", "None", "!")


def _items(events: Iterator[Event], notes: Notes, depth: int) -> Iterator[Node]:
    for event in events:
        if isinstance(event, SequenceEndEvent):
            return
        yield _node(event, events, notes, depth + 1)


def _table(place: Place, events: Iterator[Event], notes: Notes, depth: int) -> Table:
    entries: dict[str, tuple[Text, Node]] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        key = _node(event, events, notes, depth + 1)
        value = _node(next(events), events, notes, depth + 1)
        if not isinstance(key, Text):
            raise _Refused(
                "SET-103",
                key.place,
                "A list or table stands where a key should be.",
                "Write a word and a colon.",
            )
        if key.text in entries:
            first = entries[key.text][0].place.line
            notes.problem(
                "SET-104",
                key.place,
                f"The key {quoted(key.text)} stands here a second time; the first is in line {first}.",
                "Delete one of them.",
            )
            continue
        entries[key.text] = (key, value)
    return Table(tuple(entries.values()), place)


_EXPLAINED = (
    (
        "cannot start any token",
        "This line cannot be read; a tab, or a sign such as @, `, %, stands where a text begins.",
        "Use spaces instead of tabs, and put quotes around a text that begins with a sign.",
    ),
    (
        "mapping values are not allowed",
        "There is a second colon in this line, or the line stands too far to the right.",
        "Put quotes around a text that holds a colon, or move the line under the one above.",
    ),
    (
        "could not find expected ':'",
        "A colon is missing after a key near here.",
        "Write the key, a colon, a space and then the text.",
    ),
    (
        "quoted scalar",
        "A text begins with a quotation mark, but its end is missing.",
        "Add the second quotation mark.",
    ),
    (
        "flow",
        "A bracket is opened here, and what follows is no list of entries that ends with the same bracket.",
        "Add the missing } or ], or a comma between two entries.",
    ),
    (
        "block",
        "This line is not indented like its neighbours, or something unexpected stands in it.",
        "Let lines that belong together begin in the same column.",
    ),
)

_OPENED = ("quoted scalar", "flow")
"""What is told where it was opened: YAML notices only further down, often at the end of the file."""


def _marked(mark: Any, text: str) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else _end_of(text)


def _explained(fault: MarkedYAMLError, text: str) -> _Refused:
    told = f"{fault.problem} {fault.context}"
    for sign, what, do in _EXPLAINED:
        if sign in told:
            opened = fault.context_mark if sign in _OPENED else None
            return _Refused("SET-103", _marked(opened or fault.problem_mark, text), what, do)
    return _Refused(
        "SET-103",
        _marked(fault.problem_mark or fault.context_mark, text),
        "From here on the file cannot be read.",
        "Check colons, quotation marks, brackets and indentation in this line and the one above.",
    )
