"""A case as the form that a back office takes. Pure.

Responsible for: which parameters are sent, under which names, and that our reference can be found again.
Not responsible for: sending them (`line`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.central.bridge.profile import Profile

LONGEST_DESCRIPTION = 4000
PERSONAL = {"first_name": "first_name", "last_name": "last_name", "email": "email", "phone": "phone"}
NOT_ATTRIBUTES = {"description", "latitude", "longitude", "address", "address_id", "media_url", *PERSONAL}


@dataclass(frozen=True, slots=True)
class Handed:
    """What of a case is handed over. `answers` are those of the case's body."""

    case_id: str
    reference: str
    service: str
    terminal: str
    answers: Mapping[str, Any]


def mark(reference: str) -> str:
    """Return the line by which a description is known as ours."""
    return f"[{reference}]"


def form(handed: Handed, service_code: str, api_key: str, profile: Profile) -> dict[str, str | list[str]]:
    """Return the form to post; every value is text or a list of texts."""
    answers = handed.answers
    sent: dict[str, Any] = {
        "api_key": api_key,
        "service_code": service_code,
        "lat": answers.get("latitude"),
        "long": answers.get("longitude"),
        "address_string": _place(answers),
        "address_id": answers.get("address_id"),
        "description": _description(handed),
        "media_url": answers.get("media_url"),
        **_about_us(handed, profile),
    }
    if profile.optional:
        sent |= {name: answers.get(ours) for name, ours in PERSONAL.items()}
    if profile.unknown_attributes:
        sent |= _attributes(answers)
    return {name: _text(value) for name, value in sent.items() if value not in (None, "")}


def _about_us(handed: Handed, profile: Profile) -> dict[str, str]:
    found = {}
    if profile.device_id:
        found[profile.device_id] = handed.terminal
    if profile.own_id:
        found[f"attribute[{profile.own_id}]"] = handed.case_id
    return found


def _place(answers: Mapping[str, Any]) -> str:
    """Return the place in words: as it was given, or the first answer that is an address."""
    given = answers.get("address")
    if isinstance(given, str):
        return given
    for answer in answers.values():
        if isinstance(answer, Mapping) and "postcode" in answer:
            return ", ".join(str(part) for part in answer.values() if part)
    return ""


def _description(handed: Handed) -> str:
    given = handed.answers.get("description")
    words = given if isinstance(given, str) and given else "\n".join(_lines(handed.answers))
    ending = f"\n{mark(handed.reference)}"
    return words[: LONGEST_DESCRIPTION - len(ending)] + ending


def _lines(answers: Mapping[str, Any]) -> list[str]:
    told = {name: _text(value) for name, value in answers.items() if name not in NOT_ATTRIBUTES}
    return [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}" for name, value in told.items()
    ]


def _attributes(answers: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for name, value in answers.items():
        if name in NOT_ATTRIBUTES or "[" in name or "]" in name or value in (None, "", [], {}):
            continue
        found[f"attribute[{name}]{'[]' if isinstance(value, list) else ''}"] = value
    return found


def _text(value: Any) -> str | list[str]:
    match value:
        case list():
            return [str(each) for each in value]
        case Mapping():
            return ", ".join(str(part) for part in value.values() if part)
        case None:
            return ""
        case _:
            return str(value)
