"""Bringing back what offices say of the cases they were given, by mySociety's update extension.

Responsible for: asking each office now and then, and writing each update down once.
Not responsible for: what a status is (`kiosk.central.status`).
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from sqlalchemy import Connection

from kiosk.central.bridge import decode
from kiosk.central.bridge.carrier import LONGEST_CALL_S
from kiosk.central.bridge.profile import profiles
from kiosk.central.ground import Ground
from kiosk.central.outside_line import NobodyKnows, NothingSent, call
from kiosk.central.settings_outward import Office
from kiosk.central.status import NewStatus, set_status
from kiosk.central.tables import handovers, statuses
from kiosk.errors import StoreError, UsageError

LOG = logging.getLogger("kiosk.central.bridge")
LOOK_EVERY_S = 20.0
EVERY = timedelta(minutes=5)
OVERLAP = timedelta(minutes=10)
"""Asked for again each time: an office writes an update down a while after its own date."""
LONGEST_WINDOW = timedelta(days=89)


async def run(ground: Ground) -> None:
    """Read the updates of every office for ever; ends when it is cancelled."""
    outward = ground.settings.outward
    private = outward.allow_private_addresses
    offices = outward.back_offices.items()
    readers = [UpdateReader(ground, name, office, allow_private=private) for name, office in offices]
    while readers:
        for reader in readers:
            try:
                await reader.step()
            except StoreError as error:
                LOG.warning("updates-stumbled code=%s", error.code)
        await asyncio.sleep(LOOK_EVERY_S)


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Read one office's updates."""

    ground: Ground
    name: str
    office: Office
    allow_private: bool = False

    async def step(self) -> int:
        """Ask once, if it is time; returns how many updates were new."""
        database, now = self.ground.database, self.ground.now()
        since = await database.write(lambda c: handovers.begin_updates(c, self.name, now, EVERY))
        if since is None or not profiles()[self.office.profile].updates:
            return 0
        start = max(since - OVERLAP, now - LONGEST_WINDOW)
        found = await asyncio.to_thread(self._asked, start, now)
        if found is None:
            return 0
        return await database.write(lambda c: self._keep(c, found, now))

    def _asked(self, start: datetime, end: datetime) -> tuple[decode.Update, ...] | None:
        window = {"start_date": _w3c(start), "end_date": _w3c(end)}
        more = {"jurisdiction_id": self.office.jurisdiction} if self.office.jurisdiction else {}
        format_ = profiles()[self.office.profile].format
        path = f"{self.office.endpoint.rstrip('/')}/servicerequestupdates.{format_}"
        try:
            answer = call(
                "GET",
                f"{path}?{urlencode({**window, **more})}",
                timeout_s=LONGEST_CALL_S,
                allow_private=self.allow_private,
            )
        except (NothingSent, NobodyKnows, UsageError) as error:
            LOG.warning("updates-not-read office=%s why=%s", self.name, type(error).__name__)
            return None
        read = decode.Answer(answer.status, answer.content)
        return decode.updates(read) if answer.status in decode.OK and decode.rows(read) is not None else None

    def _keep(self, connection: Connection, found: tuple[decode.Update, ...], now: datetime) -> int:
        handovers.updates_read(connection, self.name, now)
        new = [
            each
            for each in sorted(found, key=lambda each: each.updated_at)
            if handovers.first_time(connection, self.name, each.update_id)
        ]
        return sum(self._write_down(connection, each) for each in new)

    def _write_down(self, connection: Connection, update: decode.Update) -> bool:
        case_id = handovers.case_of(connection, self.name, update.request_id)
        status = update.status.lower()
        if case_id is None or status not in (*statuses.OPEN, *statuses.CLOSED):
            return False
        told = NewStatus(status, update.description[:250], f"back office {self.name}")
        return set_status(connection, self.ground, case_id, told)


def _w3c(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
