"""JSON Schemas of the configuration files, so that editors complete keys and underline slips while one types.

Responsible for: making them from the same shapes that the files are read with. A test holds `config/schema`
current; ``make schemas`` makes them again.
Not responsible for: what needs a second file or a second step (`kiosk check` says that).
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kiosk.settings.documents.bulletin import BulletinDocument
from kiosk.settings.documents.keyboard import KeyboardDocument
from kiosk.settings.documents.kiosk_yaml import ICONS, KioskDocument
from kiosk.settings.documents.service import ServiceDocument
from kiosk.settings.documents.steps import KINDS
from kiosk.settings.documents.ticket import PARTS, TicketDocument

DIALECT = "https://json-schema.org/draft/2020-12/schema"
YES_OR_NO = {"enum": ["yes", "no", True, False]}
TWO_ARGUMENTS = 2
Schema = dict[str, Any]


def schemas() -> Mapping[str, Schema]:
    """Return every schema by the name of its file."""
    return {
        "kiosk.json": _kiosk(),
        "service.json": _service(),
        "ticket.json": _ticket(),
        "keyboard.json": _of(KeyboardDocument),
        "bulletin.json": _of(BulletinDocument),
    }


def _kiosk() -> Schema:
    whole = _of(KioskDocument)
    whole["$defs"]["GroupDocument"]["properties"]["icon"]["enum"] = list(ICONS)
    return whole


def _service() -> Schema:
    whole = _of(ServiceDocument)
    whole["properties"]["icon"]["enum"] = [*ICONS, ""]
    kinds = [_named_by(kind, _of(shape), "step") for kind, shape in KINDS.items()]
    return _with_items(whole, "steps", kinds)


def _ticket() -> Schema:
    parts = [_named_by(word, _of(shape), own) for word, (shape, own) in PARTS.items()]
    return _with_items(_of(TicketDocument), "parts", [*parts, {"const": "rule"}, {"const": "space"}])


def _of(shape: type[BaseModel]) -> Schema:
    """Return a shape's schema, in the words of YAML: yes and no are written out, titles are left away."""
    plain = _in_yaml(shape.model_json_schema(by_alias=True))
    if not isinstance(plain, dict):
        raise TypeError("a shape's schema is a table")
    return plain


def _in_yaml(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_in_yaml(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "boolean":
        return {**{k: v for k, v in schema.items() if k in ("description", "default")}, **YES_OR_NO}
    named = schema.get("properties")
    plain = {
        key: _in_yaml(value)
        for key, value in schema.items()
        if key != "properties" and not (key == "title" and isinstance(value, str))
    }
    if isinstance(named, dict):
        plain["properties"] = {name: _in_yaml(value) for name, value in named.items()}
    return plain


def _named_by(word: str, schema: Schema, own: str) -> Schema:
    """Let the word that names a step or part stand for the key that it gives a value to."""
    properties = {word if key == own else key: value for key, value in schema["properties"].items()}
    if word not in properties:
        properties = {word: {}, **properties}
    required = {word, *(key for key in schema.get("required", ()) if key != own)}
    return {**schema, "properties": properties, "required": sorted(required)}


def _with_items(whole: Schema, key: str, items: list[Schema]) -> Schema:
    definitions = dict(_definitions([whole, *items]))
    whole["properties"][key]["items"] = {"anyOf": items}
    return (
        {**whole, "$schema": DIALECT, "$defs": definitions} if definitions else {**whole, "$schema": DIALECT}
    )


def _definitions(schemas_: list[Schema]) -> Iterator[tuple[str, Any]]:
    for schema in schemas_:
        yield from schema.pop("$defs", {}).items()


def main(words: list[str]) -> int:
    """Write the schemas into the folder that is named."""
    if len(words) != TWO_ARGUMENTS:
        sys.stderr.write("Name the folder to write to, such as config/schema.\n")
        return 2
    folder = Path(words[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in schemas().items():
        (folder / name).write_text(written(schema), "utf-8")
    return 0


def written(schema: Schema) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv))
