"""Events as signed webhooks (Standard Webhooks 1.0), at least once each.

Responsible for: what is sent, its signature, and what the answer means.
Not responsible for: when it is tried again (`kiosk.central.effects`), or the events themselves.

An event holds no personal data; who wants more asks the API for the case. Order is the feed's promise only.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection
from standardwebhooks import Webhook

from kiosk.central.effects import Carried, End, Held, Later, Never
from kiosk.central.ground import Ground
from kiosk.central.outside_line import NobodyKnows, NothingSent, Outside, call
from kiosk.central.tables import cases, events, webhooks
from kiosk.central.tables.effects import Effect
from kiosk.errors import UsageError

KIND = "webhook"
TIMEOUT_S = 15.0
GONE = 410
PAUSED = "Sending to this endpoint is paused."
MEANINGS = {
    401: "it does not know us, or our signature",
    403: "it does not know us, or our signature",
    404: "it has nothing at this address",
    429: "it is sent too much at once",
    3: "it sends us elsewhere, and we go nowhere else",
    4: "it does not want what we send",
    5: "it has a fault of its own",
}
"""What an answer says, by its status or the first digit of it."""
TAKEN = range(200, 300)


def make_secret(random_bytes: Callable[[int], bytes]) -> str:
    """Make a secret of 256 bits, in the form that Standard Webhooks gives it."""
    return f"whsec_{base64.b64encode(random_bytes(32)).decode('ascii')}"


def document(connection: Connection, event: events.Event) -> dict[str, Any]:
    """Return an event as it is told; without personal data."""
    case = cases.one(connection, event.case_id)
    about = {"case_id": event.case_id, "status": event.status}
    if case is not None:
        about |= {"central_id": case.central_id, "reference": case.reference, "service": case.service}
    return {"type": event.kind, "timestamp": event.at.isoformat(), "data": about}


def signed(secret: str, event_id: str, now: datetime, body: str) -> Mapping[str, str]:
    """Return the headers of one attempt; a repeat has the same `webhook-id`."""
    return {
        "Content-Type": "application/json",
        "webhook-id": event_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(event_id, now, body),
    }


@dataclass(frozen=True, slots=True)
class WebhookCarrier:
    """Carry events to endpoints. `allow_private` lets them go to this council's own networks."""

    ground: Ground
    allow_private: bool = False

    async def carry(self, effect: Effect) -> End:
        """Send one event to one endpoint."""
        asked = json.loads(effect.payload)
        found = await self.ground.database.read(lambda c: _found(c, asked["label"], asked["event_id"]))
        if found is None:
            return Carried()
        endpoint, body = found
        if endpoint.paused_at is not None:
            return Held(PAUSED)
        headers = signed(endpoint.secret, asked["event_id"], self.ground.now(), body)
        end = await asyncio.to_thread(self._sent, endpoint.url, body, headers)
        problem = "" if isinstance(end, Carried) else end.reason
        note = partial(webhooks.tried, label=endpoint.label, at=self.ground.now(), problem=problem)
        await self.ground.database.write(note)
        return end

    def _sent(self, url: str, body: str, headers: Mapping[str, str]) -> Carried | Later | Never:
        sent = body.encode()
        try:
            answer = call(
                "POST",
                url,
                body=sent,
                headers=headers,
                timeout_s=TIMEOUT_S,
                allow_private=self.allow_private,
            )
            return _meaning(answer)
        except UsageError as error:
            return Never(f"{error.what} {error.do}")
        except (NothingSent, NobodyKnows) as error:
            return Later(f"The endpoint gave no answer ({error}).")


def _found(connection: Connection, label: str, event_id: str) -> tuple[webhooks.Endpoint, str] | None:
    endpoint, event = webhooks.one(connection, label), events.one(connection, event_id)
    if endpoint is None or event is None:
        return None
    return endpoint, json.dumps(document(connection, event), separators=(",", ":"))


def _meaning(answer: Outside) -> Carried | Later | Never:
    if answer.status in TAKEN:
        return Carried()
    if answer.status == GONE:
        return Never("The endpoint wants no events any more (410): end it, or give its new address.")
    why = MEANINGS.get(answer.status, MEANINGS.get(answer.status // 100, "which is no agreed answer"))
    return Later(f"The endpoint answered {answer.status}: {why}.", _asked_wait(answer.headers))


def _asked_wait(headers: Mapping[str, str]) -> float | None:
    text = headers.get("retry-after", "")
    return float(text) if text.isascii() and text.isdigit() and len(text) < 7 else None  # noqa: PLR2004
