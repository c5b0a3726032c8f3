"""What the desk calls, by a tool's token or a browser's sign-in.

Responsible for: appointments, cases, services, print orders and terminals as staff see them.
Not responsible for: the desk's pages (`kiosk.central.desk`).
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy import Connection

from kiosk.central import acts, pairing
from kiosk.central.api import told
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingDesk
from kiosk.central.ground import Here
from kiosk.central.printing import order_appointment, order_reprint
from kiosk.central.problems import Problem
from kiosk.central.story import story_of
from kiosk.central.tables import appointments, cases, orders, services, terminals
from kiosk.central.wire import desk as wire
from kiosk.central.wire.words import Name

routes = APIRouter(prefix="/v1/desk", tags=["desk"])
SomeId = Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,64}$")]
ServiceId = Annotated[str, Path(pattern=r"^(\*|[A-Za-z0-9][A-Za-z0-9._-]{0,62})$")]
TerminalId = Annotated[Name, Path()]


@routes.post("/appointments", status_code=201, responses=problems(401, 409, 422))
async def book(desk: CallingDesk, here: Here, new: wire.NewAppointment) -> wire.DeskAppointment:
    """Book an appointment."""
    return told.appointment(await here.database.write(lambda c: acts.book(c, here, new, desk.actor)))


@routes.get("/appointments", responses=problems(401, 422))
async def list_appointments(
    _desk: CallingDesk, here: Here, day: Annotated[date | None, Query()] = None
) -> wire.DeskAppointments:
    """Return a day's appointments; without a day, today's."""
    found = await here.database.read(lambda c: appointments.of_day(c, day or here.today()))
    return wire.DeskAppointments(appointments=[told.appointment(each) for each in found])


@routes.put("/appointments/{appointment_id}/state", responses=problems(401, 404, 409, 422))
async def move(
    desk: CallingDesk, here: Here, appointment_id: SomeId, new: wire.NewState
) -> wire.DeskAppointment:
    """Call an arrived visitor to the desk, cancel a booking, or take one of these back."""

    def moved(connection: Connection) -> appointments.Appointment | None:
        acts.move(connection, here, appointment_id, appointments.State(new.state), desk.actor)
        return appointments.one(connection, appointment_id)

    found = await here.database.write(moved)
    if found is None:
        raise Problem("not-found")
    return told.appointment(found)


@routes.get("/cases", responses=problems(401, 422))
async def list_cases(
    _desk: CallingDesk,
    here: Here,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
    reference: Annotated[str, Query(max_length=40)] = "",
) -> wire.CaseLines:
    """Return cases, newest first; with `reference`, those whose reference begins so."""
    found = await here.database.read(lambda c: cases.latest(c, limit, reference))
    return wire.CaseLines(cases=[told.case_line(each) for each in found])


@routes.get("/cases/{case_id}", responses=problems(401, 404, 422))
async def show_case(_desk: CallingDesk, here: Here, case_id: SomeId) -> wire.WholeCase:
    """Return a case, by its own identifier or central's, with answers and history."""

    def whole(connection: Connection) -> wire.WholeCase | None:
        case = cases.one(connection, case_id)
        if case is None:
            return None
        return told.whole_case(case, story_of(connection, case))

    found = await here.database.read(whole)
    if found is None:
        raise Problem("not-found", "There is no such case.")
    return found


@routes.get("/services", responses=problems(401))
async def list_services(_desk: CallingDesk, here: Here) -> wire.ServiceLines:
    """Return the services that are known here."""
    found = await here.database.read(services.every)
    return wire.ServiceLines(services=[told.service(each) for each in found])


@routes.put("/services/{service}", responses=problems(401, 422))
async def set_service(
    desk: CallingDesk, here: Here, service: ServiceId, setting: wire.ServiceSetting
) -> wire.ServiceLine:
    """Open or close a service for intake, or name it; ``*`` stands for all."""
    return told.service(
        await here.database.write(lambda c: acts.set_service(c, here, service, setting, desk.actor))
    )


@routes.post("/print-orders", status_code=201, responses=problems(401, 404, 422))
async def order_print(desk: CallingDesk, here: Here, new: wire.NewPrintOrder) -> wire.DeskOrder:
    """Have a ticket printed at a terminal; after the first it is marked as a copy."""

    def ordered(connection: Connection) -> orders.Order | None:
        where = {"terminal": new.terminal, "actor": desk.actor}
        if new.case_id is not None:
            return order_reprint(connection, here, new.case_id, **where)
        return order_appointment(connection, here, new.appointment_id or "", **where)

    found = await here.database.write(ordered)
    if found is None:
        raise Problem("not-found", "There is no such appointment or case.")
    return told.order(here, found)


@routes.get("/print-orders/{order_id}", responses=problems(401, 404, 422))
async def show_order(_desk: CallingDesk, here: Here, order_id: SomeId) -> wire.DeskOrder:
    """Return an order and what became of it."""
    found = await here.database.read(lambda c: orders.one(c, order_id))
    if found is None:
        raise Problem("not-found", "There is no such order.")
    return told.order(here, found)


@routes.get("/terminals", responses=problems(401))
async def list_terminals(_desk: CallingDesk, here: Here) -> wire.TerminalLines:
    """Return the terminals with their last heartbeat."""
    found = await here.database.read(terminals.every)
    return wire.TerminalLines(terminals=[told.terminal(each) for each in found])


@routes.post("/terminals/{terminal}/pairing-codes", status_code=201, responses=problems(401, 422))
async def make_code(desk: CallingDesk, here: Here, terminal: TerminalId) -> wire.PairingCode:
    """Make a one-time code that pairs a terminal within fifteen minutes."""
    code = await here.database.write(
        lambda c: pairing.make_pairing_code(c, here.chance, terminal, desk.actor)
    )
    return wire.PairingCode(terminal=terminal, code=code, ends_at=here.now() + pairing.GOOD_FOR)


@routes.post("/terminals/{terminal}/revocation", responses=problems(401, 404, 422))
async def revoke(desk: CallingDesk, here: Here, terminal: TerminalId) -> wire.Revoked:
    """Shut a terminal out."""
    await here.database.write(lambda c: acts.revoke(c, here, terminal, desk.actor))
    return wire.Revoked(terminal=terminal)
