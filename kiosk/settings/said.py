"""Every text of a document that visitors read, with its place and how long it may be.

Responsible for: finding such texts by the mark `Said` of the shapes, and the council's rules of style.
Not responsible for: translations (`kiosk.settings.translations`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from kiosk.settings.documents.document import Said
from kiosk.settings.fit import Fitted, Loc
from kiosk.settings.problems import Notes, quoted
from kiosk.settings.tree import Place

INSTEAD = {
    "please": "Leave it out.",
    "sorry": "Say what happened and what to do.",
    "oops": "Say what happened and what to do.",
    "whoops": "Say what happened and what to do.",
    "valid": "Say what is needed, such as 'Enter a full postcode'.",
    "invalid": "Say what is needed, such as 'Enter a full postcode'.",
    "forbidden": "Say what is possible instead.",
    "illegal": "Say what is possible instead.",
    "click": "Write 'choose' or 'touch'.",
    "e.g.": "Write 'for example' or 'such as'.",
    "i.e.": "Say it in other words.",
    "etc": "Write 'such as' and two examples.",
}
"""Words that GOV.UK style keeps away from visitors (error messages, style guide)."""

FORBIDDEN = re.compile(
    r"(?<![\w.])(" + "|".join(re.escape(word) for word in INSTEAD) + r")(?![\w-])", re.IGNORECASE
)
_THING = "button|key|screen|picture|icon|symbol|box|field|list|line"
_SEEN = (
    "left|right|above|below|top|bottom|upper|lower|corner|beside|next to"
    "|red|green|blue|yellow|orange|grey|black|white|brown|purple|round|square|large|big|small"
)
SENSED = re.compile(
    rf"\b(?:{_SEEN})\b(?:\W+\w+){{0,3}}?\W+(?:{_THING})(?:es|s)?\b|\b(?:{_THING})(?:es|s)?\b(?:\W+\w+){{0,3}}?\W+(?:{_SEEN})\b",
    re.IGNORECASE,
)
"""A thing of the glass that is named by where it stands or how it looks (WCAG 1.3.3)."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text that visitors read."""

    text: str
    file: str
    place: Place
    longest: int


def sentences(fitted: Fitted[Any], file: str) -> Iterator[Sentence]:
    """Give every text of a document that visitors read."""
    for text, loc, longest in _walk(fitted.document, ()):
        if text:
            yield Sentence(text, file, fitted.place(loc), longest)


def _walk(document: BaseModel, loc: Loc) -> Iterator[tuple[str, Loc, int]]:
    for name, field in type(document).model_fields.items():
        if name not in document.__dict__:
            continue  # it does not fit: a document in part has only what does
        at = (*loc, field.alias or name)
        value = getattr(document, name)
        said = next((mark for mark in field.metadata if isinstance(mark, Said)), None)
        if said is not None:
            yield from _said(value, at, said.longest)
        else:
            yield from _inside(value, at)


def _said(value: Any, loc: Loc, longest: int) -> Iterator[tuple[str, Loc, int]]:
    if isinstance(value, str):
        yield value, loc, longest
    elif isinstance(value, dict):
        yield from ((text, (*loc, key), longest) for key, text in value.items())
    else:
        yield from ((text, (*loc, place), longest) for place, text in enumerate(value))


def _inside(value: Any, loc: Loc) -> Iterator[tuple[str, Loc, int]]:
    if isinstance(value, BaseModel):
        yield from _walk(value, loc)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _inside(inner, (*loc, str(key)))
    elif isinstance(value, tuple):
        for place, inner in enumerate(value):
            yield from _inside(inner, (*loc, place))


def check_style(sentence: Sentence, notes: Notes) -> None:
    """Note words that the style keeps out, and texts that do not fit on the glass."""
    for word in FORBIDDEN.finditer(sentence.text):
        notes.problem(
            "SET-601",
            sentence.place,
            f"The word '{word[1]}' does not help visitors.",
            INSTEAD[word[1].casefold()],
        )
    for pointed in SENSED.finditer(sentence.text):
        notes.remark(
            "SET-603",
            sentence.place,
            f"Not everybody sees {quoted(pointed[0])}.",
            "Call it by what it says, such as 'Continue' or 'your number'.",
        )
    if len(sentence.text) > sentence.longest:
        notes.problem(
            "SET-602",
            sentence.place,
            f"{quoted(sentence.text)} has {len(sentence.text)} characters; {sentence.longest} fit.",
            "Shorten it, or ask in two steps.",
        )
