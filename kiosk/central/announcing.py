"""Telling an event to whoever is to know: one effect for each webhook, back office and message.

Responsible for: who is to know, from the table of webhooks and the settings.
Not responsible for: carrying (`webhooks`, `notify`, `bridge`).

An event is announced once, however often that is tried.
"""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from kiosk.central import notify
from kiosk.central import webhooks as webhook_carrier
from kiosk.central.bridge.carrier import kind_of
from kiosk.central.effects import Carried, End
from kiosk.central.ground import Ground
from kiosk.central.settings_outward import Message, OutwardSettings
from kiosk.central.tables import cases, effects, events, journal, webhooks
from kiosk.central.tables.effects import Effect

NAMES = uuid.UUID("5f1f6d0e-0f6e-4a3b-9a58-5a8f8d5b3a11")


def of_webhooks(labels: list[str], event: events.Event) -> list[tuple[str, dict[str, str]]]:
    """Return the kinds and payloads of what these endpoints are told of an event. Pure."""
    return [(webhook_carrier.KIND, {"label": label, "event_id": event.event_id}) for label in labels]


def of_case(settings: OutwardSettings, event: events.Event, service: str) -> list[tuple[str, dict[str, str]]]:
    """Return the kinds and payloads of what the settings want told of an event. Pure."""
    found = []
    if event.kind == events.CREATED:
        offices = [name for name, office in settings.back_offices.items() if service in office.services]
        found += [(kind_of(name), {"case_id": event.case_id}) for name in offices]
    messages = settings.notify.messages if settings.notify else ()
    wanted = [each for each in messages if _is_meant(each, event, service)]
    return [
        *found,
        *(
            (notify.KIND, {"event_id": event.event_id, "template": m.template, "kind": m.kind})
            for m in wanted
        ),
    ]


def _is_meant(message: Message, event: events.Event, service: str) -> bool:
    return (
        message.on == event.kind
        and (not message.services or service in message.services)
        and (not message.statuses or event.kind != events.STATUS or event.status in message.statuses)
    )


@dataclass(frozen=True, slots=True)
class Announcer:
    """Carry an event to those who carry it on."""

    ground: Ground
    settings: OutwardSettings

    async def carry(self, effect: Effect) -> End:
        """Put one effect for each who is to know of these events, all or none of them."""
        event_ids = json.loads(effect.payload)["event_ids"]
        await self.ground.database.write(partial(self._announce, event_ids=event_ids))
        return Carried()

    def _announce(self, connection: Connection, event_ids: list[str]) -> None:
        labels = [each.label for each in webhooks.every(connection)]
        if not labels and not self.settings.told:
            return
        happened = events.named(connection, event_ids)
        services = cases.services_of(connection, {each.case_id for each in happened})
        now = self.ground.now()
        effects.put_once(
            connection,
            [
                _effect(event, kind, json.dumps(payload, sort_keys=True), now)
                for event in happened
                if event.case_id in services
                for kind, payload in [
                    *of_webhooks(labels, event),
                    *of_case(self.settings, event, services[event.case_id]),
                ]
            ],
        )


def _effect(event: events.Event, kind: str, payload: str, now: datetime) -> Effect:
    """Make an effect whose name follows from what it says, so that the same is never put twice."""
    effect_id = str(uuid.uuid5(NAMES, f"{event.event_id} {kind} {payload}"))
    return Effect(effect_id, kind, journal.case_subject(event.case_id), payload, 0, now)
