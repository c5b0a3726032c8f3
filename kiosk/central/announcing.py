"""Telling an event to whoever is to know: one effect for each webhook, back office and message.

Responsible for: who is to know, from the table of webhooks and the settings.
Not responsible for: carrying (`webhooks`, `notify`, `bridge`).

An event is announced once, however often that is tried.
"""

import json
import uuid
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, select

from kiosk.central import notify
from kiosk.central import webhooks as webhook_carrier
from kiosk.central.bridge.carrier import kind_of
from kiosk.central.effects import Carried, End
from kiosk.central.ground import Ground
from kiosk.central.schema_upkeep import effects as effects_table
from kiosk.central.settings_outward import Message, OutwardSettings
from kiosk.central.tables import cases, effects, events, journal, webhooks
from kiosk.central.tables.effects import Effect

NAMES = uuid.UUID("5f1f6d0e-0f6e-4a3b-9a58-5a8f8d5b3a11")


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
        """Put one effect for each who is to know of an event, all or none of them."""
        for event_id in json.loads(effect.payload)["event_ids"]:
            await self.ground.database.write(partial(self._announce, event_id=event_id))
        return Carried()

    def _announce(self, connection: Connection, event_id: str) -> None:
        event = events.one(connection, event_id)
        case = None if event is None else cases.one(connection, event.case_id)
        if event is None or case is None:
            return
        labels = [each.label for each in webhooks.every(connection)]
        hooks = [(webhook_carrier.KIND, {"label": each, "event_id": event_id}) for each in labels]
        for kind, payload in [*hooks, *of_case(self.settings, event, case.service)]:
            self._put(connection, event, kind, json.dumps(payload, sort_keys=True))

    def _put(self, connection: Connection, event: events.Event, kind: str, payload: str) -> None:
        effect_id = str(uuid.uuid5(NAMES, f"{event.event_id} {kind} {payload}"))
        known = select(effects_table.c.effect_id).where(effects_table.c.effect_id == effect_id)
        if connection.execute(known).first() is None:
            subject = journal.case_subject(event.case_id)
            effects.put(connection, Effect(effect_id, kind, subject, payload, 0, self.ground.now()))
