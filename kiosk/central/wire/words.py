"""The sorts of text that documents are made of.

Responsible for: patterns and lengths, so that nothing reaches a table that does not fit it.
Not responsible for: whole documents.
"""

import json
import math
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$")]
"""Of a terminal or a service: part of an address."""
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,199}$")]
"""An idempotency key."""
CaseId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{8,64}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Reference = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]{0,39}$")]
Queue = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]{0,8}$")]
QueueNumber = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,16}$")]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=20)]
AppointmentId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9-]{0,36}$")]

DEEPEST = 8
CONTROLS = dict.fromkeys(range(32), " ")


def _without_controls(text: str) -> str:
    return " ".join(text.translate(CONTROLS).split())


def _words(text: str) -> str:
    found = _without_controls(text)
    if not found:
        message = "must have words in it"
        raise ValueError(message)
    return found


Line = Annotated[str, StringConstraints(max_length=120), AfterValidator(_without_controls)]
"""One line of text for people; may be empty."""
Words = Annotated[str, StringConstraints(max_length=120), AfterValidator(_words)]
"""One line of text for people; says something."""


def _plain(value: object, depth: int = 0) -> None:
    """Refuse what JSON cannot say again, or what is a maze rather than a fact."""
    if depth > DEEPEST:
        message = "must not be nested so deep"
        raise ValueError(message)
    match value:
        case float() if not math.isfinite(value):
            message = "must hold finite numbers only"
            raise ValueError(message)
        case dict():
            for name, inner in value.items():
                _plain(name, depth + 1)
                _plain(inner, depth + 1)
        case list():
            for inner in value:
                _plain(inner, depth + 1)
        case str():
            value.encode("utf-8")


def _facts(facts: dict[str, Any]) -> dict[str, Any]:
    _plain(facts)
    if len(json.dumps(facts)) > 32_768:  # noqa: PLR2004
        message = "must be at most 32 KiB"
        raise ValueError(message)
    return facts


Facts = Annotated[dict[str, Any], AfterValidator(_facts)]
"""How a terminal is; no personal data."""


class Heard(BaseModel):
    """A document from a terminal: what we do not know is left for a newer central."""

    model_config = ConfigDict(extra="ignore", frozen=True, ser_json_inf_nan="null")


class Asked(BaseModel):
    """A document from the desk: what we do not know is a mistake, and is said to be one."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Answered(BaseModel):
    """A document from central."""

    model_config = ConfigDict(frozen=True)
