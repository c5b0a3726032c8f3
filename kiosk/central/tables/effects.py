"""What is to be told to other systems: rows that wait, are being carried, could not be, or are done.

Responsible for: taking turns, so that no two processes carry the same effect at once.
Not responsible for: carrying (`kiosk.central.worker`), or when to try again (`kiosk.central.effects`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from kiosk.central.schema_upkeep import effects
from kiosk.central.tables.many import among, insert_all


class State(StrEnum):
    """How far an effect has come. BEGUN beyond its `next_at` means that nobody knows how it ended."""

    WAITING = "waiting"
    BEGUN = "begun"
    DONE = "done"
    DEAD = "dead"
    CLOSED = "closed"


OPEN = (State.WAITING, State.BEGUN)


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing to tell another system.

    Attributes:
        kind: chooses who carries it.
        subject: what it is about, such as ``case:0193…``; all about it is forgotten when that is erased.
        payload: JSON, for whoever carries it.
        attempts: how often it was begun, this time included.
        uncertain: the time before was begun and its end was never written down: look before sending again.
        reason: why it did not work the last time, in plain words.
    """

    effect_id: str
    kind: str
    subject: str
    payload: str
    attempts: int
    made_at: datetime
    state: State = State.WAITING
    uncertain: bool = False
    reason: str = ""
    next_at: datetime | None = None


def put(connection: Connection, new: Effect) -> None:
    """Keep a new effect, in the transaction of what it tells."""
    connection.execute(insert(effects).values(**_row(new)))


def put_once(connection: Connection, every: Sequence[Effect]) -> None:
    """Keep those effects that are not there yet."""
    insert_all(connection, effects, [_row(each) for each in every])


def _row(new: Effect) -> dict[str, Any]:
    return {
        "effect_id": new.effect_id,
        "kind": new.kind,
        "subject": new.subject,
        "payload": new.payload,
        "state": State.WAITING,
        "attempts": 0,
        "made_at": new.made_at,
        "next_at": new.next_at or new.made_at,
        "reason": "",
    }


def begin(
    connection: Connection, kinds: Collection[str], *, now: datetime, until: datetime, most: int
) -> tuple[Effect, ...]:
    """Take effects that are due, oldest first; nobody else takes them before `until`."""
    due = (
        select(effects)
        .where(effects.c.state.in_(OPEN), effects.c.next_at <= now, effects.c.kind.in_(kinds))
        .order_by(effects.c.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    taken = tuple(_effect(row) for row in connection.execute(due))
    if taken:
        connection.execute(
            update(effects)
            .where(effects.c.effect_id.in_([each.effect_id for each in taken]))
            .values(state=State.BEGUN, next_at=until, attempts=effects.c.attempts + 1)
        )
    return taken


def _effect(row: object) -> Effect:
    state = State(getattr(row, "state"))  # noqa: B009 - rows have no types
    values = {name: getattr(row, name) for name in Effect.__slots__ if name not in {"state", "uncertain"}}
    begun = {"attempts": values["attempts"] + 1} if state in OPEN else {}
    return Effect(**{**values, **begun, "state": state, "uncertain": state is State.BEGUN})


def settle(
    connection: Connection,
    effect_id: str,
    state: State,
    *,
    reason: str,
    now: datetime,
    next_at: datetime,
    counts: bool = True,
) -> None:
    """Write down how it ended; an effect that was closed meanwhile stays closed.

    `counts` is False where nothing was tried: then it has an attempt less than it was begun.
    """
    over = None if state is State.WAITING else now
    attempts = effects.c.attempts if counts else effects.c.attempts - 1
    connection.execute(
        update(effects)
        .where(effects.c.effect_id == effect_id, effects.c.state == State.BEGUN)
        .values(state=state, reason=reason[:300], next_at=next_at, settled_at=over, attempts=attempts)
    )


def dead(connection: Connection, limit: int) -> tuple[Effect, ...]:
    """Return what could not be handed on, oldest first."""
    rows = connection.execute(
        select(effects).where(effects.c.state == State.DEAD).order_by(effects.c.made_at).limit(limit)
    )
    return tuple(_effect(row) for row in rows)


def late(connection: Connection, before: datetime, limit: int) -> tuple[Effect, ...]:
    """Return what is still tried and was made before a moment, oldest first."""
    wanted = (effects.c.state.in_(OPEN), effects.c.made_at < before)
    rows = connection.execute(select(effects).where(*wanted).order_by(effects.c.made_at).limit(limit))
    return tuple(_effect(row) for row in rows)


def unsent(connection: Connection, kind: str, limit: int) -> tuple[Effect, ...]:
    """Return what of a kind is still tried or could not be handed on, oldest first."""
    wanted = (effects.c.kind == kind, effects.c.state.in_((*OPEN, State.DEAD)))
    rows = connection.execute(select(effects).where(*wanted).order_by(effects.c.made_at).limit(limit))
    return tuple(_effect(row) for row in rows)


def hasten(connection: Connection, effect_ids: Collection[str], now: datetime) -> int:
    """Try these again from the start, whether they wait or could not be handed on; return how many."""
    found = connection.execute(
        update(effects)
        .where(
            among(connection, effects.c.effect_id, effect_ids),
            effects.c.state.in_((State.WAITING, State.DEAD)),
        )
        .values(state=State.WAITING, attempts=0, next_at=now, settled_at=None)
    )
    return found.rowcount


def counts(connection: Connection) -> dict[str, int]:
    """Return how many effects stand in each state."""
    rows = connection.execute(select(effects.c.state, func.count()).group_by(effects.c.state))
    return {str(row[0]): int(row[1]) for row in rows}


def again(connection: Connection, effect_id: str, now: datetime) -> bool:
    """Try one again from the start; False when it is not one that could not be handed on."""
    found = connection.execute(
        update(effects)
        .where(effects.c.effect_id == effect_id, effects.c.state == State.DEAD)
        .values(state=State.WAITING, attempts=0, next_at=now, settled_at=None)
    )
    return found.rowcount > 0


def close(connection: Connection, effect_id: str, now: datetime) -> bool:
    """Let one rest for good; False when it is not one that could not be handed on."""
    found = connection.execute(
        update(effects)
        .where(effects.c.effect_id == effect_id, effects.c.state == State.DEAD)
        .values(state=State.CLOSED, settled_at=now)
    )
    return found.rowcount > 0


def forget(connection: Connection, subject: str) -> None:
    """Forget all that was or is to be told of a subject."""
    connection.execute(delete(effects).where(effects.c.subject == subject))
