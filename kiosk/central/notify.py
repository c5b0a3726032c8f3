"""Messages to visitors by GOV.UK Notify: SMS and email, sent by central; a terminal never holds the key.

Responsible for: Notify's token and documents, and what its answers mean.
Not responsible for: which event triggers which message (`kiosk.central.settings_outward`).

Source: docs.notifications.service.gov.uk/rest-api. The number or address is read from the case when it is
sent: it stands in no other row, in no log and in no reason. `reference` is the case's.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import jwt
from sqlalchemy import Connection

from kiosk.central.answers import raw_answers
from kiosk.central.effects import Carried, End, Later, Never
from kiosk.central.ground import Ground
from kiosk.central.outside_line import NobodyKnows, NothingSent, Outside, call
from kiosk.central.settings_outward import Message, Notify, read_secret
from kiosk.central.tables import cases, events
from kiosk.central.tables.effects import Effect
from kiosk.central.tables.services import one as service_of
from kiosk.central.tables.services import title_of
from kiosk.errors import SettingsError, UsageError

KIND = "message"
UUID = 36
TIMEOUT_S = 20.0
TAKEN, TOO_MANY = 201, 429
TO = {"sms": "phone_number", "email": "email_address"}
STATUS_WORDS = str.maketrans("_", " ")


def bearer(key: str, now: datetime) -> str:
    """Return Notify's token: the key ends in the service's identifier and the secret, 36 characters each."""
    service, secret = key[-2 * UUID - 1 : -UUID - 1], key[-UUID:]
    return jwt.encode({"iss": service, "iat": int(now.timestamp())}, secret, algorithm="HS256")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message, filled in."""

    kind: str
    document: dict[str, Any]


def filled(connection: Connection, ground: Ground, message: Message, event: events.Event) -> Wanted | None:
    """Fill a message in; None when the case is gone or says no number or address."""
    case = cases.one(connection, event.case_id)
    to = raw_answers(case.body).get(message.to) if case is not None else None
    if case is None or not isinstance(to, str) or not to:
        return None
    known = service_of(connection, case.service)
    words = {
        "reference": case.reference,
        "service": known.title if known else title_of(case.service),
        "status": event.status.translate(STATUS_WORDS),
        "facility": ground.settings.facility,
    }
    fields = {name: words[source] for name, source in message.personalisation.items()}
    document = {"template_id": message.template, "personalisation": fields, "reference": case.reference}
    return Wanted(message.kind, {TO[message.kind]: to, **document})


@dataclass(frozen=True, slots=True)
class NotifyCarrier:
    """Carry messages to Notify."""

    ground: Ground
    settings: Notify
    allow_private: bool = False

    async def carry(self, effect: Effect) -> End:
        """Send one message; one that may have been sent before is looked up first."""
        asked = json.loads(effect.payload)
        message = self._message(asked["template"], asked["kind"])
        if message is None:
            return Never("The settings of --outward have this message no more.")
        wanted = await self.ground.database.read(lambda c: self._filled(c, message, asked["event_id"]))
        if wanted is None:
            return Carried()
        look_first = effect.uncertain or effect.attempts > 1
        return await asyncio.to_thread(self._send, wanted, look_first=look_first)

    def _message(self, template: str, kind: str) -> Message | None:
        return next((m for m in self.settings.messages if (m.template, m.kind) == (template, kind)), None)

    def _filled(self, connection: Connection, message: Message, event_id: str) -> Wanted | None:
        event = events.one(connection, event_id)
        return None if event is None else filled(connection, self.ground, message, event)

    def _send(self, wanted: Wanted, *, look_first: bool) -> End:
        try:
            if look_first and self._was_sent(wanted):
                return Carried()
            path = f"/v2/notifications/{wanted.kind}"
            return _meaning(self._call("POST", path, json.dumps(wanted.document).encode()))
        except (NothingSent, NobodyKnows) as error:
            return Later(f"GOV.UK Notify gave no answer ({error}).")
        except UsageError as error:
            return Never(f"{error.what} {error.do}")
        except SettingsError as error:
            return Later(f"{error.code}: {error.what} {error.do}")

    def _was_sent(self, wanted: Wanted) -> bool:
        query = urlencode({"reference": wanted.document["reference"], "template_type": wanted.kind})
        answer = self._call("GET", f"/v2/notifications?{query}")
        try:
            sent = json.loads(answer.content)["notifications"]
            templates = [each["template"]["id"] for each in sent]
        except (ValueError, KeyError, TypeError) as error:
            message = f"the list of messages was answered with {answer.status}"
            raise NobodyKnows(message) from error
        return wanted.document["template_id"] in templates

    def _call(self, method: str, path: str, body: bytes = b"") -> Outside:
        token = bearer(read_secret(self.settings.api_key_file), self.ground.now())
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        return call(
            method,
            self.settings.address.rstrip("/") + path,
            body=body,
            headers=headers,
            timeout_s=TIMEOUT_S,
            allow_private=self.allow_private,
        )


def _meaning(answer: Outside) -> End:
    if answer.status == TAKEN:
        return Carried()
    if answer.status == TOO_MANY:
        return Later("GOV.UK Notify asks for patience (429).", _asked_wait(answer.headers))
    if 400 <= answer.status < 500:  # noqa: PLR2004
        return Never(f"GOV.UK Notify refused the message: {_errors(answer.content)} ({answer.status}).")
    return Later(f"GOV.UK Notify answered {answer.status}.")


def _asked_wait(headers: Mapping[str, str]) -> float:
    text = headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 6 else 60.0  # noqa: PLR2004


def _errors(content: bytes) -> str:
    """Name the errors by their class: their messages can repeat what was sent."""
    try:
        found = [str(each["error"]) for each in json.loads(content)["errors"]]
    except (ValueError, KeyError, TypeError):
        return "no reason"
    return ", ".join(found)[:80]
