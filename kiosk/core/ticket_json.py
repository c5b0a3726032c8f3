"""A ticket as JSON text, exactly: what is written is what is read back.

Responsible for: the stored form of `kiosk.core.ticket.Ticket`, with its version.
Not responsible for: where the text is kept (`kiosk.store`), or how a ticket looks on paper.
"""

import json
from collections.abc import Mapping
from typing import assert_never

from kiosk.core.ticket import Align, Code, Line, Logo, Pair, Part, Rule, Size, Space, Ticket

SCHEMA = 1


def ticket_to_json(ticket: Ticket) -> str:
    """Write a ticket as one line of ASCII text; lone surrogates survive as escapes.

    Raises:
        ValueError: a height that is not a number.
    """
    return f'{{"parts":[{",".join(map(_written, ticket.parts))}],"schema":{SCHEMA}}}'


_ENCODE = json.JSONEncoder(allow_nan=False).encode  # made once: `json.dumps` makes a new one each time


def ticket_from_json(text: str) -> Ticket:
    """Read a ticket that `ticket_to_json` wrote.

    Raises:
        ValueError: the text is not such a ticket.
    """
    try:
        document = json.loads(text)
        if document["schema"] != SCHEMA:
            raise ValueError(f"a ticket of schema {document['schema']!r} cannot be read")
        return Ticket(tuple(_read(part) for part in document["parts"]))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("this is not a stored ticket") from error


def _written(part: Part) -> str:
    """Write one part as text, its keys in order; by way of dictionaries it took twice as long."""
    match part:
        case Line():
            bold = "true" if part.bold else "false"
            return (
                f'{{"align":"{part.align.value}","bold":{bold},"language":{_ENCODE(part.language)},'
                f'"part":"line","size":"{part.size.value}","text":{_ENCODE(part.text)}}}'
            )
        case Pair():
            label, language, text = map(_ENCODE, (part.label, part.language, part.text))
            return f'{{"label":{label},"language":{language},"part":"pair","text":{text}}}'
        case Rule():
            return '{"part":"rule"}'
        case Space():
            return f'{{"height_mm":{_ENCODE(part.height_mm)},"part":"space"}}'
        case Code():
            caption, content, language = map(_ENCODE, (part.caption, part.content, part.language))
            return f'{{"caption":{caption},"content":{content},"language":{language},"part":"code"}}'
        case Logo():
            return '{"part":"logo"}'
        case _:
            assert_never(part)


def _read(part: Mapping[str, object]) -> Part:
    match part["part"]:
        case "line":
            return Line(
                _text(part["text"]),
                Size(_text(part["size"])),
                part["bold"] is True,
                Align(_text(part["align"])),
                _text(part["language"]),
            )
        case "pair":
            return Pair(_text(part["label"]), _text(part["text"]), _text(part["language"]))
        case "rule":
            return Rule()
        case "space":
            return Space(_number(part["height_mm"]))
        case "code":
            language = _text(part.get("language", "en"))  # older tickets say none
            return Code(_text(part["content"]), _text(part["caption"]), language)
        case "logo":
            return Logo()
        case other:
            raise ValueError(f"a ticket has no part {other!r}")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("text expected")
    return value


def _number(value: object) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("number expected")
    return float(value)
