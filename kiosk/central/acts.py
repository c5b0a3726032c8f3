"""What staff do at the desk, by page or by tool: each act leaves a row in the audit.

Responsible for: the effect, its history and its audit row, in one transaction.
Not responsible for: who may do it (`kiosk.central.api.callers`).
"""

from sqlalchemy import Connection

from kiosk.central import reference
from kiosk.central.ground import Ground
from kiosk.central.problems import Problem
from kiosk.central.tables import appointments, journal, services, terminals
from kiosk.central.wire import desk as wire

TRIES_FOR_A_REFERENCE = 20


def book(
    connection: Connection, ground: Ground, new: wire.NewAppointment, actor: str
) -> appointments.Appointment:
    """Book an appointment.

    Raises:
        Problem: the reference that was asked for is taken.
    """
    for _ in range(1 if new.reference else TRIES_FOR_A_REFERENCE):
        booked = _appointment(ground, new)
        if appointments.add(connection, booked):
            break
    else:
        raise Problem("not-now", "Another appointment has this reference.")
    services.learn(connection, new.service)
    subject, now = journal.appointment_subject(booked.appointment_id), ground.now()
    journal.happened(connection, subject, journal.Entry(now, actor, "booked", ""))
    journal.staff_did(connection, now, actor, "appointment-booked", subject)
    return booked


def _appointment(ground: Ground, new: wire.NewAppointment) -> appointments.Appointment:
    return appointments.Appointment(
        appointment_id=ground.chance.new_id(),
        reference=new.reference or reference.make(ground.chance.random_bytes),
        full_name=new.full_name,
        birth_date=new.birth_date,
        starts_at=new.starts_at,
        day=ground.local(new.starts_at).date(),
        service=new.service,
        queue=new.queue,
        with_whom=new.with_whom,
    )


_State = appointments.State
BEFORE = {
    _State.CALLED: _State.ARRIVED,
    _State.CANCELLED: _State.BOOKED,
    _State.ARRIVED: _State.CALLED,
    _State.BOOKED: _State.CANCELLED,
}
"""Where an appointment must stand for a member of staff to move it; the last two take the first two back."""
TOLD_AS = {_State.ARRIVED: "not-called", _State.BOOKED: "not-cancelled"}


def move(
    connection: Connection, ground: Ground, appointment_id: str, state: appointments.State, actor: str
) -> None:
    """Call an arrived visitor to the desk, or cancel a booking; or take one of these back.

    Raises:
        Problem: there is no such appointment, or it stands elsewhere.
    """
    if appointments.one(connection, appointment_id) is None:
        raise Problem("not-found", "There is no such appointment.")
    if not appointments.move(connection, appointment_id, before=BEFORE[state], after=state):
        raise Problem("not-now", f"Only an appointment that is {BEFORE[state]} can be {state}.")
    subject, now = journal.appointment_subject(appointment_id), ground.now()
    what = TOLD_AS.get(state, state.value)
    journal.happened(connection, subject, journal.Entry(now, actor, what, ""))
    journal.staff_did(connection, now, actor, f"appointment-{what}", subject)


def set_service(
    connection: Connection, ground: Ground, service: str, setting: wire.ServiceSetting, actor: str
) -> services.Service:
    """Open or close a service for intake, or name it; ``*`` stands for all."""
    every = service == services.EVERY_SERVICE
    title = "All services" if every else services.title_of(service)
    was = services.one(connection, service) or services.Service(service, title)
    accepting = was.accepting if setting.accepting is None else setting.accepting
    now_is = services.Service(
        service=service,
        title=setting.title or was.title,
        queue=was.queue if setting.queue is None else setting.queue,
        accepting=accepting,
        reason="" if accepting else setting.reason or was.reason,
    )
    services.put(connection, now_is)
    act = "service-opened" if accepting else "service-closed"
    journal.staff_did(connection, ground.now(), actor, act, f"{service} {now_is.reason}".strip())
    return now_is


def revoke(connection: Connection, ground: Ground, terminal: str, actor: str) -> None:
    """Shut a terminal out.

    Raises:
        Problem: no such terminal is let in.
    """
    if not terminals.revoke(connection, terminal, ground.now()):
        raise Problem("not-found", "No terminal of this name is let in.")
    journal.staff_did(connection, ground.now(), actor, "terminal-revoked", terminal)
