"""How long cases are kept, whose they are, and deleting them with all that belongs to them.

Responsible for: rows.
Not responsible for: whether they may be deleted (`kiosk.central.erasure`). What was audited and the record of
each key stay: nothing of a person stands there.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, not_, or_, select

from kiosk.central.schema import appointments, cases, print_orders
from kiosk.central.schema_outward import case_statuses
from kiosk.central.schema_upkeep import effects, retention
from kiosk.central.tables.appointments import Appointment, State
from kiosk.central.tables.cases import Case
from kiosk.central.tables.journal import appointment_subject, case_subject
from kiosk.central.tables.once import replace
from kiosk.central.tables.services import EVERY_SERVICE
from kiosk.central.tables.uploads import detach


def set_days(connection: Connection, service: str, days: int) -> None:
    """Keep the cases of a service for so many days; 0 means for ever."""
    if days:
        replace(connection, retention, "service", service=service, days=days)
    else:
        connection.execute(delete(retention).where(retention.c.service == service))


def days_of(connection: Connection) -> dict[str, int]:
    """Return for how many days the cases of each service are kept."""
    return {row.service: row.days for row in connection.execute(select(retention))}


def past(
    connection: Connection, service: str, named: Collection[str], before: datetime, most: int
) -> tuple[str, ...]:
    """Return cases that came before a moment; of all services that are not named when it is ``*``."""
    of_service = not_(cases.c.service.in_(named)) if service == EVERY_SERVICE else cases.c.service == service
    wanted = and_(of_service, cases.c.received_at < before)
    rows = connection.execute(select(cases.c.case_id).where(wanted).order_by(cases.c.received_at).limit(most))
    return tuple(rows.scalars())


def past_appointments(connection: Connection, before: datetime, most: int) -> tuple[str, ...]:
    """Return appointments that were before a moment."""
    rows = connection.execute(
        select(appointments.c.appointment_id).where(appointments.c.starts_at < before).limit(most)
    )
    return tuple(rows.scalars())


def cases_of(connection: Connection, words: str, *, in_answers: bool) -> tuple[Case, ...]:
    """Return the cases that words name: by identifier, by reference, or anywhere in what was answered."""
    wanted = [cases.c.case_id == words, cases.c.central_id == words, cases.c.reference == words.upper()]
    if in_answers:
        wanted.append(cases.c.body.icontains(words, autoescape=True))
    rows = connection.execute(select(cases).where(or_(*wanted)).order_by(cases.c.received_at))
    return tuple(Case(*(getattr(row, name) for name in Case.__slots__)) for row in rows)


def appointments_of(connection: Connection, words: str, ids: Collection[str]) -> tuple[Appointment, ...]:
    """Return the appointments that words name, by reference or whole name, and those of these cases."""
    wanted = or_(
        appointments.c.appointment_id.in_([words, *ids]),
        appointments.c.reference == words.upper(),
        func.lower(appointments.c.full_name) == words.lower(),
    )
    rows = connection.execute(select(appointments).where(wanted).order_by(appointments.c.starts_at))
    return tuple(
        Appointment(
            **{
                **{name: getattr(row, name) for name in Appointment.__slots__},
                "state": State(row.state),
            }
        )
        for row in rows
    )


def delete_cases(connection: Connection, case_ids: Collection[str]) -> None:
    """Delete cases with their attachments, tickets, statuses and what was to be told of them."""
    detach(connection, case_ids)
    connection.execute(delete(print_orders).where(print_orders.c.case_id.in_(case_ids)))
    connection.execute(delete(case_statuses).where(case_statuses.c.case_id.in_(case_ids)))
    subjects = [case_subject(each) for each in case_ids]
    connection.execute(delete(effects).where(effects.c.subject.in_(subjects)))
    connection.execute(delete(cases).where(cases.c.case_id.in_(case_ids)))


def delete_appointments(connection: Connection, appointment_ids: Collection[str]) -> None:
    """Delete appointments with their tickets and what was to be told of them."""
    connection.execute(delete(print_orders).where(print_orders.c.appointment_id.in_(appointment_ids)))
    subjects = [appointment_subject(each) for each in appointment_ids]
    connection.execute(delete(effects).where(effects.c.subject.in_(subjects)))
    connection.execute(delete(appointments).where(appointments.c.appointment_id.in_(appointment_ids)))
