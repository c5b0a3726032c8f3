"""The tables of appointments by day, and of check-ins made here.

Responsible for: the kept lists with their tags, and the mark that somebody has arrived.
Not responsible for: fetching lists (`kiosk.sync`), or finding a visitor's one (`kiosk.core.appointment`).
"""

from collections.abc import Sequence
from datetime import date

import apsw

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseId
from kiosk.store.rows import Value, moment, moment_text, readable


def keep(connection: apsw.Connection, day: date, listed: Sequence[Appointment], etag: str) -> None:
    """Replace one day's list; a later entry of the same id wins."""
    connection.execute("DELETE FROM appointment_lists WHERE day = ?", (day.isoformat(),))
    connection.execute(
        "INSERT INTO appointment_lists (day, etag) VALUES (?, ?)", (day.isoformat(), readable(etag))
    )
    connection.executemany(
        "INSERT OR REPLACE INTO appointments (day, appointment_id, reference, full_name, birth_date,"
        " starts_at, service, queue, with_whom, checked_in) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_row(day, one) for one in listed],
    )


def of_day(connection: apsw.Connection, day: date) -> tuple[Appointment, ...]:
    """Return one day's appointments by time; checked in if central or this terminal says so."""
    rows = connection.execute(
        "SELECT a.appointment_id, a.reference, a.full_name, a.birth_date, a.starts_at, a.service, a.queue,"
        " a.with_whom, a.checked_in OR i.appointment_id IS NOT NULL FROM appointments a"
        " LEFT JOIN check_ins i ON i.appointment_id = a.appointment_id"
        " WHERE a.day = ? ORDER BY a.starts_at, a.appointment_id",
        (day.isoformat(),),
    )
    return tuple(_appointment(row) for row in rows)


def etag(connection: apsw.Connection, day: date) -> str:
    """Return the tag of the kept list, or an empty text."""
    row = connection.execute(
        "SELECT etag FROM appointment_lists WHERE day = ?", (day.isoformat(),)
    ).fetchone()
    return str(row[0]) if row else ""


def check_in(connection: apsw.Connection, appointment_id: str, case_id: CaseId, day: date) -> None:
    """Mark an appointment as arrived; the first case that says so stands."""
    connection.execute(
        "INSERT INTO check_ins (appointment_id, case_id, day) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (readable(appointment_id), case_id, day.isoformat()),
    )


def forget_before(connection: apsw.Connection, day: date) -> None:
    """Delete lists and check-ins of earlier days."""
    connection.execute("DELETE FROM appointment_lists WHERE day < ?", (day.isoformat(),))
    connection.execute("DELETE FROM check_ins WHERE day < ?", (day.isoformat(),))


def _row(day: date, one: Appointment) -> tuple[Value, ...]:
    return (
        day.isoformat(),
        readable(one.appointment_id),
        readable(one.reference),
        readable(one.full_name),
        one.birth_date.isoformat() if one.birth_date else None,
        moment_text(one.starts_at),
        readable(one.service),
        readable(one.queue),
        readable(one.with_whom),
        int(one.checked_in),
    )


def _appointment(row: tuple[Value, ...]) -> Appointment:
    name, reference, full_name, born, starts_at, service, queue, with_whom, checked_in = row
    return Appointment(
        appointment_id=str(name),
        reference=str(reference),
        full_name=str(full_name),
        birth_date=date.fromisoformat(str(born)) if born else None,
        starts_at=moment(str(starts_at)),
        service=str(service),
        queue=str(queue),
        with_whom=str(with_whom),
        checked_in=bool(checked_in),
    )
