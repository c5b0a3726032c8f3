"""What happened to cases and appointments, and what staff did: rows that are only ever added.

Responsible for: writing and listing them.
Not responsible for: refusing changes, which the database does itself (`kiosk.central.schema`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from kiosk.central.schema import audit, history


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
    connection.execute(insert(audit).values(at=at, actor=actor, act=act, subject=subject[:200]))


def acts(connection: Connection, limit: int) -> tuple[Entry, ...]:
    """Return the last acts of staff, newest first."""
    rows = connection.execute(select(audit).order_by(audit.c.seq.desc()).limit(limit))
    return tuple(Entry(row.at, row.actor, row.act, row.subject) for row in rows)
