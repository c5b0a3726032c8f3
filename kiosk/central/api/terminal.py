"""What terminals call.

Responsible for: batches, appointments, print orders and heartbeats.
Not responsible for: pairing (`kiosk.central.api.enrolment`), what the desk calls (`kiosk.central.api.desk`).
"""

import hashlib
import json
from datetime import date
from itertools import count
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from sqlalchemy import Connection

from kiosk.central import printing
from kiosk.central.api.answers import problems
from kiosk.central.api.callers import CallingTerminal, KnownCaller, SignedCaller, beginning_of, once
from kiosk.central.api.quick import QuickRoute
from kiosk.central.api.tags import tags_of
from kiosk.central.bodies import Reading
from kiosk.central.ground import Here
from kiosk.central.intake import Intake, Sender
from kiosk.central.problems import Problem
from kiosk.central.sealing import COUNCIL_KEYS, told_keys
from kiosk.central.tables import appointments, orders, terminals
from kiosk.central.wire import terminal as wire

routes = APIRouter(prefix="/v1", tags=["terminal"], route_class=QuickRoute)
AUTH = (401, 403, 410)
OrderId = Annotated[str, Path(max_length=64)]


@routes.post(
    "/terminals/{terminal}/batches", response_model=wire.BatchResult, responses=problems(*AUTH, 409, 413, 422)
)
async def take_batch(caller: KnownCaller, here: Here, batch: wire.Batch) -> Response:
    """Take cases in; each item's key has one effect, however often it is sent."""
    if len(batch.items) > wire.MOST_ITEMS:
        raise Problem("too-large")
    settings = here.settings
    reading = Reading(here.keys.opener, settings.sealed_only)
    intake = Intake(here.chance, reading, settings.known_services_only, told=settings.outward.told)
    sender, begin, tries = Sender(caller.terminal, here.now()), beginning_of(here, caller), count()

    def take(connection: Connection) -> list[wire.Result]:
        return intake.take_all(connection, sender, batch.items, hoping=next(tries) == 0, begin=begin)

    results = await here.database.write(take)
    told = wire.BatchResult.model_construct(batch_id=batch.batch_id, results=results)
    return Response(told.model_dump_json(), media_type="application/json")


@routes.get(
    "/terminals/{terminal}/council-keys", response_model=wire.SignedCouncilKeys, responses=problems(*AUTH)
)
async def list_council_keys(_caller: CallingTerminal, here: Here) -> wire.SignedCouncilKeys:
    """Return the keys to seal cases with, signed: who stands in the way can put none of their own there."""
    document = told_keys(here.keys.told())
    signature = here.signing.sign_text(COUNCIL_KEYS, document)
    return wire.SignedCouncilKeys(document=document, signature=signature, key_id=here.signing.key_id)


@routes.get(
    "/terminals/{terminal}/appointments",
    response_model=wire.TerminalAppointments,
    responses={**problems(*AUTH, 422), 304: {"description": "The list is as the tag says."}},
)
async def list_appointments(
    request: Request, _caller: CallingTerminal, here: Here, day: Annotated[date, Query()]
) -> Response:
    """Return a day's appointments; with If-None-Match, only when they changed."""
    booked = await here.database.read(lambda c: appointments.of_day(c, day))
    document = wire.TerminalAppointments(
        appointments=[_told(each) for each in booked if each.state is not appointments.State.CANCELLED]
    )
    content = document.model_dump_json().encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in tags_of(request):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type="application/json")


def _told(each: appointments.Appointment) -> wire.TerminalAppointment:
    return wire.TerminalAppointment(
        appointment_id=each.appointment_id,
        reference=each.reference,
        full_name=each.full_name,
        birth_date=each.birth_date,
        starts_at=each.starts_at,
        service=each.service,
        queue=each.queue,
        with_whom=each.with_whom,
        checked_in=each.state is not appointments.State.BOOKED,
    )


@routes.get(
    "/terminals/{terminal}/print-orders", response_model=wire.TerminalOrders, responses=problems(*AUTH)
)
async def list_print_orders(caller: CallingTerminal, here: Here) -> wire.TerminalOrders:
    """Return what staff want printed here today and what has no outcome yet, oldest first."""
    found = await here.database.write(lambda c: printing.fetch(c, here, caller))
    return wire.TerminalOrders(orders=[_order(each) for each in found])


def _order(each: orders.Order) -> wire.TerminalOrder:
    return wire.TerminalOrder(
        order_id=each.order_id,
        kind="reprint" if each.kind == "reprint" else "appointment",
        case_id=each.case_id,
        appointment_id=each.appointment_id,
        reference=each.reference,
        lines=list(each.lines),
        copy_number=each.copy,
    )


@routes.post(
    "/terminals/{terminal}/print-orders/{order_id}/outcome",
    response_model=wire.OutcomeRecorded,
    responses=problems(*AUTH, 404, 409, 422),
)
async def record_outcome(
    caller: SignedCaller, here: Here, order_id: OrderId, report: wire.OutcomeReport
) -> wire.OutcomeRecorded:
    """Record the true outcome of an order; a later one takes its place and both stay in the history."""

    def settle(connection: Connection) -> bool:
        once(connection, here, caller)
        return printing.settle(connection, here, caller.terminal, order_id, report)

    known = await here.database.write(settle)
    if not known:
        raise Problem("not-found", "This terminal has no such order.")
    return wire.OutcomeRecorded(order_id=order_id)


@routes.post(
    "/terminals/{terminal}/heartbeats",
    response_model=wire.HeartbeatReceived,
    responses=problems(*AUTH, 409, 413, 422),
)
async def hear(caller: KnownCaller, here: Here, beat: wire.Heartbeat) -> wire.HeartbeatReceived:
    """Hear how a terminal is."""
    facts, now = json.dumps(beat.facts, sort_keys=True), here.now()

    def keep(connection: Connection) -> None:
        once(connection, here, caller)
        terminals.heard(connection, caller.terminal, facts, caller.peer, now)

    await here.database.write(keep)
    return wire.HeartbeatReceived()
