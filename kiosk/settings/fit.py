"""Fit what stands in a file into the shape it should have, and say everything that does not fit.

Responsible for: turning a tree into plain values with their places, and pydantic's findings into problems.
Not responsible for: the shapes (`kiosk.settings.documents`), or anything that needs a second file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from pydantic import ValidationError, create_model
from pydantic_core import ErrorDetails

from kiosk.settings.documents.document import Document
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.tree import Listing, Node, Place, Table, Text

Loc = tuple[str | int, ...]
KEY = "[key]"
D = TypeVar("D", bound=Document)


@dataclass(frozen=True, slots=True)
class Fitted(Generic[D]):
    """A document, and where each of its values stands.

    Attributes:
        in_part: something does not fit; the document holds what fits all the same.
        faulty: keys of its first level of which nothing is known then.
    """

    document: D
    places: Mapping[Loc, Place]
    in_part: bool = False
    faulty: frozenset[str] = frozenset()

    def knows(self, *keys: str) -> bool:
        """Say whether these keys of the first level can be relied on."""
        return self.faulty.isdisjoint(keys)

    def place(self, loc: Loc) -> Place:
        """Return where a value stands, or the nearest thing around it."""
        return nearest(self.places, loc)


def nearest(places: Mapping[Loc, Place], loc: Loc) -> Place:
    """Return the place of a value, or of the nearest thing around it."""
    while loc and loc not in places:
        loc = loc[:-1]
    return places[loc]


def fit(shape: type[D], table: Table, notes: Notes) -> Fitted[D] | None:
    """Return the document, or None with everything noted that does not fit."""
    places: dict[Loc, Place] = {(): table.place}
    empty: set[Loc] = set()
    plain = _plain(table, (), places, empty)
    for loc in sorted(empty, key=str):
        _note_empty(loc, places, notes)
    try:
        document = shape.model_validate(plain)
    except ValidationError as fault:
        for error in fault.errors(include_url=False):
            if not _follows_from_empty(error["loc"], empty):
                _note(error, shape, places, notes)
        return None
    return None if empty else Fitted(document, places)


def fit_in_part(shape: type[D], table: Table, notes: Notes) -> Fitted[D]:
    """Return the document, or with everything noted that does not fit, what stands under its other keys.

    A key that is not known may be any of those that are not there, written wrongly: so none of them is known.
    """
    whole = fit(shape, table, notes)
    if whole is not None:
        return whole
    keys = {name: field.alias or name for name, field in shape.model_fields.items()}
    there = {key.text for key, _ in table.entries}
    is_guessed = not there <= set(keys.values())
    fitting = {
        name: getattr(alone.document, name)
        for name, key in keys.items()
        if (key in there or not is_guessed) and (alone := _fit_alone(shape, name, key, table)) is not None
    }
    places: dict[Loc, Place] = {(): table.place}
    _plain(table, (), places, set())
    faulty = frozenset(key for name, key in keys.items() if name not in fitting)
    return Fitted(cast("D", shape.model_construct(**fitting)), places, in_part=True, faulty=faulty)


def unread(shape: type[D], place: Place) -> Fitted[D]:
    """Return a document of which nothing is known, because its file cannot be read."""
    keys = frozenset(field.alias or name for name, field in shape.model_fields.items())
    return Fitted(cast("D", shape.model_construct()), {(): place}, in_part=True, faulty=keys)


def _fit_alone(shape: type[Document], name: str, key: str, table: Table) -> Fitted[Document] | None:
    """Fit what stands under one key of the first level; what is wrong there was noted before."""
    field = shape.model_fields[name]
    definition: dict[str, Any] = {name: (field.annotation, field)}
    one: type[Document] = create_model(shape.__name__, __base__=Document, **definition)
    entries = tuple(entry for entry in table.entries if entry[0].text == key)
    return fit(one, Table(entries, table.place), Notes(""))


def _plain(node: Node, loc: Loc, places: dict[Loc, Place], empty: set[Loc]) -> Any:
    places.setdefault(loc, node.place)
    match node:
        case Text(text):
            return text
        case Listing(items):
            return [_plain(item, (*loc, place), places, empty) for place, item in enumerate(items)]
        case Table(entries):
            for key, value in entries:
                places[(*loc, key.text, KEY)] = key.place
                if isinstance(value, Text) and value.is_nothing:
                    places[(*loc, key.text)] = key.place
                    empty.add((*loc, key.text))
            return {
                key.text: _plain(value, (*loc, key.text), places, empty)
                for key, value in entries
                if (*loc, key.text) not in empty
            }


def _note_empty(loc: Loc, places: Mapping[Loc, Place], notes: Notes) -> None:
    notes.problem(
        "SET-106",
        places[loc],
        f"Nothing stands after {quoted(str(loc[-1]))}.",
        "Write something after the colon, or delete the line. A text with a comma in { } needs quotes.",
    )


def _follows_from_empty(loc: Loc, empty: set[Loc]) -> bool:
    return any(loc[: len(each)] == each for each in empty)


def _note(error: ErrorDetails, shape: type[Document], places: Mapping[Loc, Place], notes: Notes) -> None:
    loc, kind, ctx = error["loc"], error["type"], error.get("ctx", {})
    place = nearest(places, loc)
    key = next((str(part) for part in reversed(loc) if isinstance(part, str) and part != KEY), "")
    if kind == "kiosk":
        notes.problem(str(ctx["code"]), place, str(ctx["what"]), str(ctx["do"]))
    elif kind == "extra_forbidden":
        place = places.get((*loc, KEY), place)
        known = known_keys(shape, loc[:-1])
        notes.problem("SET-201", place, f"The key {quoted(key)} is not known here.", did_you_mean(key, known))
    elif kind == "missing":
        notes.problem(
            "SET-203",
            nearest(places, loc[:-1]),
            f"The key '{key}' is missing here.",
            f"Add a line '{key}: …'.",
        )
    else:
        if KEY in loc:
            place = places.get(loc, place)
        code, what, do = _explained(kind, ctx, key, error["input"])
        notes.problem(code, place, what, do)


def known_keys(shape: type[Document], loc: Loc) -> tuple[str, ...]:
    """Return the keys that a table at a place of a shape may have."""
    for part in loc:
        inner = _shape_at(shape, str(part))
        shape = inner if inner is not None else shape
    return tuple(field.alias or name for name, field in shape.model_fields.items())


def _shape_at(shape: type[Document], alias: str) -> type[Document] | None:
    for name, field in shape.model_fields.items():
        if (field.alias or name) == alias:
            return next(_documents_in(field.annotation), None)
    return None


def _documents_in(annotation: Any) -> Iterator[type[Document]]:
    if isinstance(annotation, type) and issubclass(annotation, Document):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _documents_in(inner)
    origin = getattr(annotation, "__origin__", None)
    if isinstance(origin, type) and issubclass(origin, Document):
        yield origin


_SORTS = {
    "string_type": "a text",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "int_parsing_size": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "finite_number": "a number",
    "bool_parsing": "yes or no",
    "bool_type": "yes or no",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
    "model_attributes_type": "a table of keys and values",
}


def _explained(kind: str, ctx: Mapping[str, Any], key: str, given: Any) -> tuple[str, str, str]:
    if kind in _SORTS:
        what = f"After '{key}' {_SORTS[kind]} is expected, but here stands {_seen(given)}."
        return "SET-204", what, f"Write {_SORTS[kind]}."
    if kind in ("literal_error", "enum"):
        known = [word.strip(" '") for word in str(ctx["expected"]).replace(" or ", ", ").split(",")]
        return "SET-205", f"{_seen(given)} is not known here.", did_you_mean(str(given), known)
    if kind == "string_pattern_mismatch":
        return "SET-206", f"{_seen(given)} cannot stand here.", _form(str(ctx["pattern"]))
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        bound = next(iter(ctx.values()))
        word = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}[next(iter(ctx))]
        return "SET-207", f"'{key}' is {given}, which is out of bounds.", f"Write {word} {bound}."
    if kind in ("too_long", "too_short"):
        return _counted(kind, ctx, key)
    if kind == "string_too_short":
        return "SET-106", f"Nothing stands after '{key}'.", "Write something between the quotation marks."
    return "SET-204", f"What stands after '{key}' does not fit: {_seen(given)}.", "Look at a file that works."


def _counted(kind: str, ctx: Mapping[str, Any], key: str) -> tuple[str, str, str]:
    if kind == "too_long":
        what = f"'{key}' has {ctx['actual_length']} entries; at most {ctx['max_length']} fit on the screen."
        return "SET-208", what, "Ask two questions, or put several entries into one."
    return "SET-208", f"'{key}' needs at least {ctx['min_length']}.", "Add what is missing."


def _form(pattern: str) -> str:
    if pattern == "^[A-Z]?$":
        return "Write one capital letter."
    return "Write small letters a to z, digits and hyphens, such as which-bin; at most 40."


def _seen(given: Any) -> str:
    if isinstance(given, dict):
        return "a table"
    return "a list" if isinstance(given, list | tuple) else quoted(str(given))
