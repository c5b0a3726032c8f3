"""What one process of central does for all of them, every minute: erasing what nobody needs.

Responsible for: that only one process does it, and that a clock that jumped erases nothing.
Not responsible for: what is erased (`kiosk.central.erasure`).
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from kiosk.central import erasure
from kiosk.central.ground import Ground
from kiosk.central.tables import cases, leases, nonces, uploads
from kiosk.central.uploading import LOOSE_FOR
from kiosk.errors import StoreError

LOG = logging.getLogger("kiosk.central.upkeep")
EVERY_S = 60.0
LEASE = timedelta(minutes=5)
TRUSTED_DRIFT = timedelta(hours=1)


class Upkeep:
    """Look after the database until cancelled; runs on the event loop of the service.

    Args:
        ground: the running service.
        monotonic: seconds that no clock setting changes.
    """

    def __init__(self, ground: Ground, monotonic: Callable[[], float]) -> None:
        self._ground = ground
        self._monotonic = monotonic
        self._holder = ground.chance.new_id()
        self._begun = (ground.now(), monotonic())

    async def run(self) -> None:
        """Look after it for ever; ends when it is cancelled."""
        while True:
            await asyncio.sleep(EVERY_S)
            try:
                await self.step()
            except StoreError as error:
                LOG.warning("upkeep-stumbled", extra={"ids": {"code": error.code}})

    async def step(self) -> int:
        """Do what is due, if it is ours to do; return how much was erased."""
        now = self._ground.now()
        if not clock_is_steady(self._begun, (now, self._monotonic())):
            LOG.warning("clock-jumped")
            return 0
        take = partial(leases.take, name="upkeep", holder=self._holder, now=now, until=now + LEASE)
        if not await self._ground.database.write(take):
            return 0
        await self._ground.database.write(partial(nonces.forget, now=now))
        await self._ground.database.write(cases.forget_refusals)
        total = 0
        while gone := await self._ground.database.write(partial(erasure.erase_past, now=now)):
            total += gone
        loose = partial(uploads.forget_loose, before=now - LOOSE_FOR, most=erasure.PAGE)
        while await self._ground.database.write(loose):
            pass
        return total


def clock_is_steady(begun: tuple[datetime, float], now: tuple[datetime, float]) -> bool:
    """Say whether the wall clock went as far as the other since the start, within an hour."""
    by_the_wall = now[0] - begun[0]
    return abs(by_the_wall - timedelta(seconds=now[1] - begun[1])) <= TRUSTED_DRIFT
