"""Requests that other systems hand in: each becomes a case like any other.

Responsible for: what a request must have, and that a caller's own identifier has one request, for ever.
Not responsible for: the rules of intake itself (`kiosk.central.intake`), or HTTP.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from kiosk.central import reference
from kiosk.central.bodies import Reading
from kiosk.central.ground import Ground
from kiosk.central.intake import Intake, Sender
from kiosk.central.open311 import definitions
from kiosk.central.open311.catalogue import Catalogue
from kiosk.central.open311.faults import BAD, NOT_THERE, Fault
from kiosk.central.open311.reading import LONGEST_DESCRIPTION, Parameters
from kiosk.central.tables import cases, open311
from kiosk.central.wire.terminal import SCHEMA, Item

OWN_ID = ("external_id", "fixmystreet_id")
"""Attributes in which callers send their own identifier; the header Idempotency-Key counts before them."""
LINES = (
    "address_string",
    "address_id",
    "first_name",
    "last_name",
    "email",
    "phone",
    "account_id",
    "device_id",
)
LONGEST_URL = 2000
OUR_NAMES = {"address_string": "address", "lat": "latitude", "long": "longitude"}
QUOTED = re.compile(r'"([\x20-\x7e]{1,200})"')


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose key came with a request, and the key of this attempt, if the caller sent one."""

    label: str
    idempotency_key: str = ""


def own_id(caller: Caller, asked: Parameters) -> str:
    """Return the caller's own identifier of a request, or an empty text."""
    quoted = QUOTED.fullmatch(caller.idempotency_key)
    sent = quoted[1] if quoted else caller.idempotency_key
    attributes = (asked.attributes.get(name, ("",))[-1] for name in OWN_ID)
    found = next((each for each in (sent, *attributes) if each), "")
    return hashlib.sha256(found.encode()).hexdigest() if found else ""


def answers_of(asked: Parameters) -> dict[str, Any]:
    """Return what a request says, as the answers of a case.

    Raises:
        Fault: it has no place, or something in it is not as the protocol says.
    """
    lat, long = asked.coordinate("lat", 90), asked.coordinate("long", 180)
    lines = {name: asked.text(name) for name in LINES}
    if (lat is None) is not (long is None):
        raise Fault(BAD, "lat and long go together.")
    if lat is None and not lines["address_string"] and not lines["address_id"]:
        raise Fault(BAD, "A request needs a place: lat and long, or address_string, or address_id.")
    media_url = asked.text("media_url", LONGEST_URL)
    if media_url and not re.match(r"https?://[^\s/]+", media_url):
        raise Fault(BAD, "media_url must be an address that begins with https://.")
    given: dict[str, Any] = {
        "description": asked.text("description", LONGEST_DESCRIPTION),
        "lat": lat,
        "long": long,
        **lines,
        "media_url": media_url,
    }
    kept = {OUR_NAMES.get(name, name): value for name, value in given.items() if value not in {"", None}}
    return {**kept, **_more(asked.attributes, set(kept))}


def _more(attributes: Mapping[str, tuple[str, ...]], taken: set[str]) -> dict[str, Any]:
    named = {f"attribute-{code}" if code in taken else code: values for code, values in attributes.items()}
    return {code: values[0] if len(values) == 1 else list(values) for code, values in named.items()}


def take(connection: Connection, ground: Ground, caller: Caller, asked: Parameters) -> str:
    """Take a request in and return its identifier; the same for a repeat under the caller's own.

    Raises:
        Fault: something is missing or not as agreed, or the service takes nothing now.
    """
    code = asked.text("service_code")
    if not code:
        raise Fault(BAD, "service_code was not provided.")
    answers, own = answers_of(asked), own_id(caller, asked)
    fingerprint = hashlib.sha256(json.dumps([code, answers], sort_keys=True).encode()).hexdigest()
    before = open311.known(connection, caller.label, own) if own else None
    if before is not None:
        return _again(connection, before, fingerprint)
    service = Catalogue.read(connection).one(code)
    if service is None:
        raise Fault(NOT_THERE, "service_code does not exist here.")
    definitions.check_attributes(service, asked.attributes)
    new = {"case_id": ground.chance.new_id(), "fingerprint": fingerprint}
    if not open311.claim(connection, label=caller.label, own_id=own or new["case_id"], **new):
        return take(connection, ground, caller, asked)
    return _become_case(
        connection, ground, caller.label, _body(ground, caller, code, new["case_id"], answers)
    )


def _again(connection: Connection, before: open311.Known, fingerprint: str) -> str:
    if before.fingerprint != fingerprint:
        raise Fault(BAD, "Your own identifier came before with another request.")
    case = cases.one(connection, before.case_id)
    if case is None:
        raise Fault(BAD, "This request was taken in before and is deleted now.")
    return case.central_id


def _body(ground: Ground, caller: Caller, code: str, case_id: str, answers: dict[str, Any]) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "case_id": case_id,
        "reference": reference.make(ground.chance.random_bytes, "OR"),
        "service": code,
        "language": "en",
        "created_at": ground.now().isoformat(),
        "terminal": terminal_of(caller.label),
        "answers": answers,
    }


def terminal_of(label: str) -> str:
    """Return what stands in the place of a terminal for a case that came in as a request."""
    return f"open311.{label}"


def _become_case(connection: Connection, ground: Ground, label: str, body: dict[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False)
    item = Item(
        key=f"{body['case_id']}:case.create:1",
        kind="case.create",
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        body=text,
    )
    settings, reading = ground.settings, Reading(ground.keys.opener)
    intake = Intake(ground.chance, reading, settings.known_services_only, told=settings.outward.told)
    result = intake.take(connection, Sender(terminal_of(label), ground.now()), item)
    if result.central_id is None:
        raise Fault(BAD, result.problem.detail if result.problem else "The request was not taken in.")
    return result.central_id
