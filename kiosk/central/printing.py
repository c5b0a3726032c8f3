"""Tickets that staff order at a terminal, and the truth about what became of them.

Responsible for: the words on an appointment ticket, copies, handing orders out, outcomes and their history.
Not responsible for: paper, which is the terminal's.
"""

from datetime import datetime

from sqlalchemy import Connection

from kiosk.central import wording
from kiosk.central.ground import Ground
from kiosk.central.tables import appointments, cases, journal, orders, services
from kiosk.central.tables.once import take_turns
from kiosk.central.wire.terminal import OutcomeReport


def ticket_lines(facility: str, service: str, reference: str, *, at: str, copy: int) -> tuple[str, ...]:
    """Return the words of an appointment ticket: whoever finds it learns no name."""
    lines = (facility, "Appointment", at, service, reference)
    return (*lines, f"Copy {copy}") if copy else lines


def order_appointment(
    connection: Connection, ground: Ground, appointment_id: str, *, terminal: str, actor: str
) -> orders.Order | None:
    """Order an appointment's ticket, marked as a copy after the first; None when it is unknown."""
    booked = appointments.one(connection, appointment_id)
    if booked is None:
        return None
    take_turns(connection, f"copies of {appointment_id}")
    copy = orders.next_copy(connection, appointment_id=appointment_id)
    local = ground.local(booked.starts_at)
    when = f"{wording.clock_time(local)}, {wording.calendar_day(local.date())}"
    order = orders.Order(
        order_id=ground.chance.new_id(),
        kind="appointment",
        terminal=terminal,
        case_id="",
        appointment_id=appointment_id,
        reference=booked.reference,
        lines=ticket_lines(
            ground.settings.facility,
            service_title(connection, booked.service),
            booked.reference,
            at=when,
            copy=copy,
        ),
        copy=copy,
        made_at=ground.now(),
        made_by=actor,
    )
    return _keep(connection, order)


def order_reprint(
    connection: Connection, ground: Ground, case_id: str, *, terminal: str, actor: str
) -> orders.Order | None:
    """Order a copy of a case's ticket from a terminal; None when the case is unknown."""
    case = cases.one(connection, case_id)
    if case is None:
        return None
    take_turns(connection, f"copies of {case.case_id}")
    copy = orders.next_copy(connection, case_id=case.case_id)
    words = (
        ground.settings.facility,
        service_title(connection, case.service),
        case.queue_number,
        case.reference,
        f"Copy {copy}",
    )
    order = orders.Order(
        order_id=ground.chance.new_id(),
        kind="reprint",
        terminal=terminal,
        case_id=case.case_id,
        appointment_id="",
        reference=case.reference,
        lines=tuple(word for word in words if word),
        copy=copy,
        made_at=ground.now(),
        made_by=actor,
    )
    return _keep(connection, order)


def _keep(connection: Connection, order: orders.Order) -> orders.Order:
    orders.add(connection, order)
    label = f"copy {order.copy}" if order.copy else "ticket"
    entry = journal.Entry(order.made_at, order.made_by, "print-ordered", f"{label} at {order.terminal}")
    journal.happened(connection, _subject(order), entry)
    journal.staff_did(
        connection,
        order.made_at,
        order.made_by,
        "print-ordered",
        f"{_subject(order)} {label} at {order.terminal}",
    )
    return order


def service_title(connection: Connection, service: str) -> str:
    """Return a service's name for people."""
    found = services.one(connection, service)
    return found.title if found else services.title_of(service)


def fetch(connection: Connection, ground: Ground, terminal: str) -> tuple[orders.Order, ...]:
    """Hand today's open orders to a terminal, and remember that it has seen them."""
    found = orders.open_orders(connection, terminal, since=oldest_wanted(ground))
    unseen = tuple(order.order_id for order in found if order.fetched_at is None)
    if unseen:
        orders.fetched(connection, unseen, ground.now())
    return found


def oldest_wanted(ground: Ground) -> datetime:
    """Return since when orders are handed out: nobody wants yesterday's ticket."""
    return ground.start_of(ground.today())


def settle(
    connection: Connection, ground: Ground, terminal: str, order_id: str, report: OutcomeReport
) -> bool:
    """Record an outcome once; False when this terminal has no such order."""
    order = orders.one(connection, order_id)
    if order is None or order.terminal != terminal:
        return False
    if (order.outcome, order.reason) != (report.outcome, report.reason):
        now = ground.now()
        orders.settle(connection, order_id, report.outcome, report.reason, now)
        detail = wording.outcome(report.outcome, report.reason)
        journal.happened(
            connection, _subject(order), journal.Entry(now, f"terminal {terminal}", "print-outcome", detail)
        )
    return True


def _subject(order: orders.Order) -> str:
    if order.case_id:
        return journal.case_subject(order.case_id)
    return journal.appointment_subject(order.appointment_id)
