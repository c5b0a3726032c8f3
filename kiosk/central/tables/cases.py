"""Cases, the record of every key that was taken in, and what was refused.

Responsible for: that a key has one effect, for ever.
Not responsible for: deciding whether a case is taken (`kiosk.central.intake`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, delete, exists, func, or_, select

from kiosk.central.schema import cases, intake, refusals
from kiosk.central.tables.many import found
from kiosk.central.tables.once import replace

TAKEN_AFTER_ALL = exists().where(intake.c.key == refusals.c.key)


class Record(NamedTuple):
    """What became of a key."""

    key: str
    sha256: str
    central_id: str
    terminal: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it arrived; `body` is the frozen JSON text."""

    central_id: str
    case_id: str
    terminal: str
    reference: str
    service: str
    language: str
    created_at: datetime
    received_at: datetime
    queue: str
    queue_number: str
    appointment_id: str
    body: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A delivery that was not taken, and why."""

    key: str
    terminal: str
    refused_at: datetime
    status: str
    problem: str


def records(connection: Connection, keys: Collection[str]) -> dict[str, Record]:
    """Return what became of those keys that are known."""
    rows = found(connection, intake.c.key, keys)
    return {
        row.key: Record(row.key, row.sha256, row.central_id, row.terminal, row.received_at) for row in rows
    }


def existing(connection: Connection, case_ids: Collection[str]) -> set[str]:
    """Return those of these cases that are here under any key."""
    return {row.case_id for row in found(connection, cases.c.case_id, case_ids, cases.c.case_id)}


def services_of(connection: Connection, case_ids: Collection[str]) -> dict[str, str]:
    """Return the services of those of these cases that are here."""
    rows = found(connection, cases.c.case_id, case_ids, cases.c.case_id, cases.c.service)
    return {row.case_id: row.service for row in rows}


def forget_refusals(connection: Connection) -> None:
    """Strike out refusals whose keys were taken after all; until then no list shows them."""
    connection.execute(delete(refusals).where(TAKEN_AFTER_ALL))


def one(connection: Connection, case_id: str) -> Case | None:
    """Return a case by its own identifier or by central's."""
    wanted = or_(cases.c.case_id == case_id, cases.c.central_id == case_id)
    row = connection.execute(select(cases).where(wanted)).first()
    return None if row is None else _case(row)


def latest(connection: Connection, limit: int, reference: str = "") -> tuple[Case, ...]:
    """Return cases, newest first; with a reference, those that begin with it."""
    query = select(cases).order_by(cases.c.received_at.desc(), cases.c.central_id).limit(limit)
    if reference:
        # ILIKE would pass by the index of step 0008.
        query = query.where(func.lower(cases.c.reference).startswith(reference.lower(), autoescape=True))
    return tuple(_case(row) for row in connection.execute(query))


def count_since(connection: Connection, since: datetime) -> int:
    """Count the cases that came since a moment."""
    return int(
        connection.execute(
            select(func.count()).select_from(cases).where(cases.c.received_at >= since)
        ).scalar_one()
    )


def _case(row: object) -> Case:
    return Case(*(getattr(row, name) for name in Case.__slots__))


def refuse(connection: Connection, refusal: Refusal) -> None:
    """Write down that a key was not taken, in place of an earlier refusal of it."""
    replace(
        connection,
        refusals,
        "key",
        key=refusal.key,
        terminal=refusal.terminal,
        refused_at=refusal.refused_at,
        status=refusal.status,
        problem=refusal.problem,
    )


def latest_refusals(connection: Connection, limit: int) -> tuple[Refusal, ...]:
    """Return what was refused and not taken since, newest first."""
    waiting = select(refusals).where(~TAKEN_AFTER_ALL)
    rows = connection.execute(waiting.order_by(refusals.c.refused_at.desc()).limit(limit))
    return tuple(Refusal(row.key, row.terminal, row.refused_at, row.status, row.problem) for row in rows)
