"""What a back office answered, read as what is known by it. Pure.

Responsible for: XML and JSON, wrapped or bare, and telling a refusal from a loss.
Not responsible for: what is done next (`decide`).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

OK = (200, 201)
CALLERS_FAULTS = range(400, 500)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The office has the request, under this identifier."""

    request_id: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The office has the request, and tells its identifier later, for this token."""

    token: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The office has not taken the request, and says why."""

    status: int
    why: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Nothing reached the office."""

    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Nobody can say whether the office has the request."""

    why: str


@dataclass(frozen=True, slots=True)
class NotThere:
    """The office was asked for the request and does not have it."""


Told = Confirmed | Taken | Refused | NotSent | Lost
Found = Confirmed | NotThere | Lost


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer."""

    status: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Update:
    """What an office says of a request since; mySociety's extension."""

    update_id: str
    request_id: str
    status: str
    description: str
    updated_at: datetime


def told(answer: Answer) -> Told:
    """Read the answer to a request that was handed over.

    Only an answer that is understood counts: a network's sign-in page also answers 200.
    """
    if answer.status in CALLERS_FAULTS:
        return Refused(answer.status, _reason(answer))
    found = rows(answer) if answer.status in OK else None
    if found is None or len(found) != 1:
        return Lost(f"answered {answer.status} with something that is no answer")
    made, token = _word(found[0].get("service_request_id")), _word(found[0].get("token"))
    if made:
        return Confirmed(made)
    return Taken(token) if token else Lost("the answer names neither an identifier nor a token")


def identifier(answer: Answer) -> Found:
    """Read the answer to a question for a token."""
    found = rows(answer) if answer.status in OK else None
    made = _word(found[0].get("service_request_id")) if found else ""
    return Confirmed(made) if made else Lost("the token has no identifier yet")


def with_mark(answer: Answer, mark: str) -> Found:
    """Find the one request among a list whose description holds our mark."""
    found = rows(answer) if answer.status in OK else None
    if found is None:
        return Lost(f"the list of requests was answered with {answer.status}")
    ours = [each for each in found if mark in _word(each.get("description"))]
    return Confirmed(_word(ours[0].get("service_request_id"))) if ours else NotThere()


def first(answer: Answer) -> Found:
    """Read the list of requests that have our own identifier."""
    found = rows(answer) if answer.status in OK else None
    if found is None:
        return Lost(f"the list of requests was answered with {answer.status}")
    return Confirmed(_word(found[0].get("service_request_id"))) if found else NotThere()


def updates(answer: Answer) -> tuple[Update, ...]:
    """Read updates; what is none is passed over."""
    found = rows(answer) or []
    return tuple(read for each in found if (read := _update(each)) is not None)


def _update(row: Mapping[str, Any]) -> Update | None:
    names = ("update_id", "service_request_id", "status", "description")
    texts = [_word(row.get(name)) for name in names]
    try:
        at = datetime.fromisoformat(_word(row.get("updated_datetime")))
    except ValueError:
        return None
    if at.tzinfo is None or not all(texts[:3]):
        return None
    update_id, request_id, status, description = texts
    return Update(update_id, request_id, status, description, at)


def rows(answer: Answer) -> list[dict[str, Any]] | None:
    """Return the rows of a list in either format; None when it is neither."""
    text = answer.content.lstrip()
    return _json_rows(text) if text[:1] in {b"[", b"{"} else _xml_rows(text)


def _json_rows(text: bytes) -> list[dict[str, Any]] | None:
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if isinstance(found, dict) and len(found) == 1:
        found = next(iter(found.values()))
    return found if isinstance(found, list) and all(isinstance(each, dict) for each in found) else None


def _xml_rows(text: bytes) -> list[dict[str, Any]] | None:
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    if _local(root.tag) not in {"service_requests", "service_request_updates", "errors", "request_updates"}:
        return None
    return [{_local(inner.tag): (inner.text or "").strip() for inner in each} for each in root]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _word(value: Any) -> str:
    return str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _reason(answer: Answer) -> str:
    found = rows(answer) or []
    reasons = [_word(each.get("description")) for each in found]
    return "; ".join(filter(None, reasons))[:200] or f"answered {answer.status}"
