"""Appointments: what is booked, who has arrived, whom a desk has called.

Responsible for: rows of a day and their state.
Not responsible for: tickets of them (`kiosk.central.printing`).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, select, update

from kiosk.central.schema import appointments
from kiosk.central.tables.once import insert_once


class State(StrEnum):
    """How far a visitor with an appointment has come."""

    BOOKED = "booked"
    ARRIVED = "arrived"
    CALLED = "called"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One booking. `day` is the facility's own day; `starts_at` is UTC."""

    appointment_id: str
    reference: str
    full_name: str
    birth_date: date | None
    starts_at: datetime
    day: date
    service: str
    queue: str
    with_whom: str
    state: State = State.BOOKED
    queue_number: str = ""
    arrived_at: datetime | None = None


def add(connection: Connection, new: Appointment) -> bool:
    """Book; False when its reference is taken."""
    row = {name: getattr(new, name) for name in Appointment.__slots__}
    return insert_once(connection, appointments, **row)


def one(connection: Connection, appointment_id: str) -> Appointment | None:
    """Return one appointment."""
    wanted = appointments.c.appointment_id == appointment_id
    row = connection.execute(select(appointments).where(wanted)).one_or_none()
    return None if row is None else _appointment(row)


def of_day(connection: Connection, day: date) -> tuple[Appointment, ...]:
    """Return the day's appointments in order of time."""
    rows = connection.execute(
        select(appointments)
        .where(appointments.c.day == day)
        .order_by(appointments.c.starts_at, appointments.c.reference)
    )
    return tuple(_appointment(row) for row in rows)


def _appointment(row: object) -> Appointment:
    values = {name: getattr(row, name) for name in Appointment.__slots__}
    return Appointment(**{**values, "state": State(values["state"])})


def arrive(connection: Connection, appointment_id: str, queue_number: str, at: datetime) -> bool:
    """Mark as arrived; False when it is unknown, or was marked before: the first number stays."""
    found = connection.execute(
        update(appointments)
        .where(appointments.c.appointment_id == appointment_id, appointments.c.state == State.BOOKED)
        .values(state=State.ARRIVED, queue_number=queue_number, arrived_at=at)
    )
    return found.rowcount > 0


def move(connection: Connection, appointment_id: str, *, before: State, after: State) -> bool:
    """Change the state; False when it was another than expected."""
    found = connection.execute(
        update(appointments)
        .where(appointments.c.appointment_id == appointment_id, appointments.c.state == before)
        .values(state=after)
    )
    return found.rowcount > 0
