"""What happened to cases and appointments, and what staff did: rows that are only ever added.

Responsible for: writing and listing them.
Not responsible for: refusing changes, which the database does itself (`kiosk.central.schema`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from kiosk.central.chain import BEGINNING, Link, hash_of
from kiosk.central.schema import audit, history
from kiosk.central.tables.once import take_turns


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `actor` is a terminal, a member of staff or ``central``."""

    at: datetime
    actor: str
    what: str
    detail: str


def case_subject(case_id: str) -> str:
    """Name a case as a subject."""
    return f"case:{case_id}"


def appointment_subject(appointment_id: str) -> str:
    """Name an appointment as a subject."""
    return f"appointment:{appointment_id}"


def happened(connection: Connection, subject: str, entry: Entry) -> None:
    """Add to the history of a subject."""
    connection.execute(
        insert(history).values(
            subject=subject, at=entry.at, actor=entry.actor, what=entry.what, detail=entry.detail[:300]
        )
    )


def history_of(connection: Connection, subject: str) -> tuple[Entry, ...]:
    """Return what happened to a subject, oldest first."""
    rows = connection.execute(select(history).where(history.c.subject == subject).order_by(history.c.seq))
    return tuple(Entry(row.at, row.actor, row.what, row.detail) for row in rows)


def staff_did(connection: Connection, at: datetime, actor: str, act: str, subject: str = "") -> None:
    """Write down an act of staff; never a visitor's name."""
    take_turns(connection, "audit")
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, before = (last.seq + 1, last.hash) if last else (1, BEGINNING)
    link = Link(seq, at, actor, act, subject[:200])
    row = {name: getattr(link, name) for name in Link.__slots__}
    connection.execute(insert(audit).values({**row, "hash": hash_of(before, link)}))


def links(connection: Connection) -> Iterator[Link]:
    """Return all acts of staff with their hashes, oldest first."""
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        yield Link(*(getattr(row, name) for name in Link.__slots__))


def acts(connection: Connection, limit: int) -> tuple[Entry, ...]:
    """Return the last acts of staff, newest first."""
    rows = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(limit))
    return tuple(Entry(row.at, row.actor, row.act, row.subject) for row in rows)
