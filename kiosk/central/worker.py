"""The loop that hands effects on, in every process, without two of them carrying the same one.

Responsible for: taking what is due, asking its carrier, and writing down what became of it.
Not responsible for: the decisions (`kiosk.central.effects`), or speaking to other systems (the carriers).
"""

import asyncio
import logging
from collections.abc import Mapping
from functools import partial

from kiosk.central.effects import HOLD, PATIENCE_S, Carrier, End, Later, verdict
from kiosk.central.ground import Ground
from kiosk.central.tables import effects
from kiosk.errors import StoreError

LOG = logging.getLogger("kiosk.central.worker")
AT_ONCE = 10
LOOK_EVERY_S = 2.0
AFTER_FAULT_S = 15.0


class Worker:
    """Hand on until stopped; runs on the event loop of the service."""

    def __init__(self, ground: Ground, carriers: Mapping[str, Carrier]) -> None:
        self._ground = ground
        self._carriers = dict(carriers)

    async def run(self) -> None:
        """Hand on for ever; ends when it is cancelled."""
        while True:
            try:
                busy = await self.step()
            except StoreError as error:
                LOG.warning("worker-stumbled code=%s", error.code)
                await asyncio.sleep(AFTER_FAULT_S)
                continue
            if not busy:
                await asyncio.sleep(LOOK_EVERY_S)

    async def step(self) -> int:
        """Hand on what is due now; return how many were tried."""
        if not self._carriers:
            return 0
        now = self._ground.now()
        begin = partial(effects.begin, kinds=tuple(self._carriers), now=now, until=now + HOLD, most=AT_ONCE)
        taken = await self._ground.database.write(begin)
        await asyncio.gather(*(self._carry(each) for each in taken))
        return len(taken)

    async def _carry(self, effect: effects.Effect) -> None:
        end = await self._asked(effect)
        fraction = int.from_bytes(self._ground.chance.random_bytes(4)) / 2**32
        decided = verdict(effect, end, fraction)
        now = self._ground.now()
        settle = partial(
            effects.settle,
            effect_id=effect.effect_id,
            state=decided.state,
            reason=decided.reason,
            counts=decided.counts,
            now=now,
            next_at=now + decided.wait,
        )
        await self._ground.database.write(settle)
        LOG.info("effect kind=%s state=%s attempts=%d", effect.kind, decided.state, effect.attempts)

    async def _asked(self, effect: effects.Effect) -> End:
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._carriers[effect.kind].carry(effect)
        except TimeoutError:
            return Later("The other system did not answer in time.")
        except Exception as error:  # noqa: BLE001 - a worker's border: one carrier's fault must not stop the others
            return Later(f"It could not be handed on ({type(error).__name__}).")
