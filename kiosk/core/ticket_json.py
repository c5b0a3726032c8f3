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
    document = {"parts": [_written(part) for part in ticket.parts], "schema": SCHEMA}
    return _ENCODE(document)


# Made once, and given its keys in order: a visitor waits while a ticket is written.
_ENCODE = json.JSONEncoder(separators=(",", ":"), allow_nan=False, check_circular=False).encode


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


def _written(part: Part) -> dict[str, object]:
    match part:
        case Line():
            return {
                "align": part.align.value,
                "bold": part.bold,
                "language": part.language,
                "part": "line",
                "size": part.size.value,
                "text": part.text,
            }
        case Pair():
            return {"label": part.label, "language": part.language, "part": "pair", "text": part.text}
        case Rule():
            return {"part": "rule"}
        case Space():
            return {"height_mm": part.height_mm, "part": "space"}
        case Code():
            return {
                "caption": part.caption,
                "content": part.content,
                "language": part.language,
                "part": "code",
            }
        case Logo():
            return {"part": "logo"}
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
