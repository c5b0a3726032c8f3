"""Cases, the record of every key that was taken in, and what was refused.

Responsible for: that a key has one effect, for ever.
Not responsible for: deciding whether a case is taken (`kiosk.central.intake`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select

from kiosk.central.schema import cases, intake, refusals
from kiosk.central.tables.once import insert_once, replace


@dataclass(frozen=True, slots=True)
class Record:
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


def record(connection: Connection, key: str) -> Record | None:
    """Return what became of a key, or None when it is new."""
    row = connection.execute(select(intake).where(intake.c.key == key)).one_or_none()
    return None if row is None else Record(row.key, row.sha256, row.central_id, row.terminal, row.received_at)


def claim(connection: Connection, new: Record) -> bool:
    """Take a key; False when somebody has it, who may have been a moment earlier."""
    return insert_once(
        connection,
        intake,
        key=new.key,
        sha256=new.sha256,
        central_id=new.central_id,
        terminal=new.terminal,
        received_at=new.received_at,
    )


def exists(connection: Connection, case_id: str) -> bool:
    """Say whether a case is here under any key."""
    return (
        connection.execute(select(cases.c.central_id).where(cases.c.case_id == case_id)).first() is not None
    )


def add(connection: Connection, case: Case) -> None:
    """Keep a new case."""
    connection.execute(insert(cases).values({name: getattr(case, name) for name in Case.__slots__}))


def one(connection: Connection, case_id: str) -> Case | None:
    """Return a case by its own identifier or by central's."""
    wanted = or_(cases.c.case_id == case_id, cases.c.central_id == case_id)
    row = connection.execute(select(cases).where(wanted)).first()
    return None if row is None else _case(row)


def latest(connection: Connection, limit: int, reference: str = "") -> tuple[Case, ...]:
    """Return cases, newest first; with a reference, those that begin with it."""
    query = select(cases).order_by(cases.c.received_at.desc(), cases.c.central_id).limit(limit)
    if reference:
        query = query.where(cases.c.reference.istartswith(reference, autoescape=True))
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


def forget_refusal(connection: Connection, key: str) -> None:
    """Strike out a refusal whose key was taken after all."""
    connection.execute(delete(refusals).where(refusals.c.key == key))


def latest_refusals(connection: Connection, limit: int) -> tuple[Refusal, ...]:
    """Return what was refused and not taken since, newest first."""
    rows = connection.execute(select(refusals).order_by(refusals.c.refused_at.desc()).limit(limit))
    return tuple(Refusal(row.key, row.terminal, row.refused_at, row.status, row.problem) for row in rows)
