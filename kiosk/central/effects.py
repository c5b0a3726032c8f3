"""Handing things on to other systems: who carries which kind, and what becomes of it.

Responsible for: the seam for those who carry, and the decisions about trying again, as pure functions.
Not responsible for: rows (`kiosk.central.tables.effects`), or the loop (`kiosk.central.worker`).

To hand on something new: call `tables.effects.put` in the transaction of what is told, with a kind of your
own; write a `Carrier` for that kind; name both in `kiosk.central.service.carriers_of`, or give them to
`create_app(carriers={kind: carrier})`.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol, TypeAlias

from kiosk.central.tables.effects import Effect, State

BASE = timedelta(seconds=5)
LONGEST = timedelta(hours=1)
MOST_ATTEMPTS = 30
HELD_FOR = timedelta(minutes=5)
"""How long until what is held is looked at again; going on does not wait for it."""
HOLD = timedelta(minutes=2)
"""How long a process has an effect to itself: longer than any carrier may take."""
PATIENCE_S = 60.0
"""How long a carrier may take, in seconds."""
_LARGEST_POWER = 16


@dataclass(frozen=True, slots=True)
class Carried:
    """The other system has it."""


@dataclass(frozen=True, slots=True)
class Later:
    """It may work later. `reason` is one plain sentence; `after_s` is what the other system asked for."""

    reason: str
    after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Never:
    """Trying again will not help: staff are to look at it. `reason` is one plain sentence."""

    reason: str


@dataclass(frozen=True, slots=True)
class Held:
    """It was not tried, because somebody here does not want it now; this does not count as an attempt."""

    reason: str


End: TypeAlias = Carried | Later | Never | Held


class Carrier(Protocol):
    """Tell one kind of effect to another system, on the event loop.

    It may be asked to carry the same effect more than once: the other system must know it again by its
    `effect_id`, or `uncertain` says that the carrier has to look before it sends. What it raises counts as
    `Later`, with the name of the exception and nothing of its text.
    """

    async def carry(self, effect: Effect) -> End:
        """Carry one effect, within `PATIENCE_S`."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written down. `wait` is until the next attempt; `counts` is False where there was none."""

    state: State
    reason: str
    wait: timedelta = timedelta(0)
    counts: bool = True


def verdict(effect: Effect, end: End, chance: float) -> Verdict:
    """Decide what becomes of an effect; `chance` is a number in [0, 1) for full jitter."""
    match end:
        case Carried():
            return Verdict(State.DONE, "")
        case Never(reason):
            return Verdict(State.DEAD, reason)
        case Held(reason):
            return Verdict(State.WAITING, reason, HELD_FOR, counts=False)
        case Later(reason) if effect.attempts >= MOST_ATTEMPTS:
            return Verdict(State.DEAD, reason)
        case Later(reason, after_s):
            return Verdict(State.WAITING, reason, _wait(effect.attempts, after_s, chance))


def _wait(attempts: int, after_s: float | None, chance: float) -> timedelta:
    if after_s is not None:
        return min(timedelta(seconds=after_s), LONGEST) + BASE * chance
    return chance * min(LONGEST, BASE * (1 << min(attempts, _LARGEST_POWER)))
