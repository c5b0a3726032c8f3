"""The desk's first page: a day's appointments, who has arrived, and their tickets.

Responsible for: the list, booking, calling, cancelling, printing and reprinting.
Not responsible for: cases without an appointment (`kiosk.central.desk.cases`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import ValidationError
from sqlalchemy import Connection

from kiosk.central import acts, printing, wording
from kiosk.central.api import told
from kiosk.central.desk.pages import Page, SignedIn, Updates, go_to
from kiosk.central.ground import Ground
from kiosk.central.problems import Problem
from kiosk.central.tables import appointments, cases, orders, services, terminals
from kiosk.central.tables.appointments import Appointment, State
from kiosk.central.wire.desk import NewAppointment

routes = APIRouter()

TERMINAL_COOKIE = "desk_terminal"
QUICK_S, CALM_S = 4, 15
LOUD = frozenset({"held", "not-printed", "unknown"})
Day = Annotated[date | None, Query()]


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is known of a ticket. `tone` is calm, waiting or loud; `next_copy` numbers the next print."""

    words: str
    tone: str
    where: str
    next_copy: int


@dataclass(frozen=True, slots=True)
class Row:
    """One appointment as the page shows it."""

    appointment: Appointment
    time: str
    service: str
    arrived: str
    ticket: Ticket | None


@routes.get("/desk")
async def show(page: SignedIn, day: Day = None, terminal: str = "") -> Response:
    """Show a day."""
    here, shown = page.here, day or page.here.today()
    rows = await here.database.read(lambda c: _rows(c, here, shown))
    known = await here.database.read(living_terminals)
    chosen = chosen_terminal(page, known, terminal)
    waiting = any(row.ticket and row.ticket.tone == "waiting" for row in rows)
    response = page.show(
        "today.html",
        day=shown,
        day_words=wording.calendar_day(shown),
        is_today=shown == here.today(),
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1),
        rows=rows,
        counts={state.value: sum(row.appointment.state is state for row in rows) for state in State},
        cases_today=await here.database.read(lambda c: cases.count_since(c, here.start_of(here.today()))),
        terminals=known,
        chosen=chosen,
        undo={acts.BEFORE[state].value: state.value for state in acts.TOLD_AS},
        updates=Updates(QUICK_S if waiting else CALM_S, "/desk", f"day={shown}"),
    )
    if chosen:
        response.set_cookie(TERMINAL_COOKIE, chosen, path="/desk", httponly=True, samesite="strict")
    return response


def living_terminals(connection: Connection) -> tuple[str, ...]:
    """Return the names of terminals that are let in."""
    return tuple(each.terminal for each in terminals.every(connection) if each.revoked_at is None)


def chosen_terminal(page: Page, known: tuple[str, ...], asked: str) -> str:
    """Return where tickets print: as asked for, as last time, or at the first terminal."""
    wanted = (asked, page.request.cookies.get(TERMINAL_COOKIE, ""))
    return next((name for name in wanted if name in known), known[0] if known else "")


def _rows(connection: Connection, here: Ground, day: date) -> list[Row]:
    booked = appointments.of_day(connection, day)
    last = orders.of_appointments(connection, tuple(each.appointment_id for each in booked))
    titles = {each.service: each.title for each in services.every(connection)}
    return [
        Row(
            appointment=each,
            time=wording.clock_time(here.local(each.starts_at)),
            service=titles.get(each.service, services.title_of(each.service)),
            arrived=wording.ago(each.arrived_at, here.now()) if each.arrived_at else "",
            ticket=ticket_of(here, last.get(each.appointment_id)),
        )
        for each in booked
    ]


def ticket_of(here: Ground, order: orders.Order | None) -> Ticket | None:
    """Say what is known of an order's ticket."""
    if order is None:
        return None
    words = told.order_words(here, order)
    stale = order.outcome is None and order.made_at < printing.oldest_wanted(here)
    tone = "loud" if order.outcome in LOUD or stale else "waiting" if order.outcome is None else "calm"
    return Ticket(words, tone, order.terminal, order.copy + 1)


@routes.post("/desk/appointments/{appointment_id}/print")
async def print_ticket(page: SignedIn, appointment_id: str) -> Response:
    """Order the ticket at the chosen terminal."""
    form, here = await page.form(), page.here
    known = await here.database.read(living_terminals)
    if form.get("terminal", "") not in known:
        raise Problem("not-now", "Choose a terminal that is paired, under Tickets print at.")
    where = {"terminal": form["terminal"], "actor": page.desk.actor}
    order = await here.database.write(lambda c: printing.order_appointment(c, here, appointment_id, **where))
    if order is None:
        raise Problem("not-found", "There is no such appointment.")
    return _back_to(form, "ordered")


def _back_to(form: dict[str, str], done: str) -> Response:
    """Show the day again that the form came from."""
    day = _date(form.get("day", ""))
    return go_to("/desk", day=str(day), done=done) if day else go_to("/desk", done=done)


@routes.post("/desk/appointments/{appointment_id}/state")
async def move(page: SignedIn, appointment_id: str) -> Response:
    """Call a visitor, cancel a booking, or take that back."""
    form, here = await page.form(), page.here
    wanted = form.get("state", "")
    if wanted not in acts.BEFORE:
        raise Problem("not-now")
    await here.database.write(lambda c: acts.move(c, here, appointment_id, State(wanted), page.desk.actor))
    return _back_to(form, wanted)


@routes.get("/desk/appointments/new")
async def new_form(page: SignedIn, day: Day = None) -> Response:
    """Show an empty booking form."""
    return await _booking(page, {"day": str(day or page.here.today())}, {}, 200)


async def _booking(page: Page, given: dict[str, str], faults: dict[str, str], status: int) -> Response:
    known = await page.here.database.read(services.every)
    return page.show("booking.html", status=status, given=given, faults=faults, services=known)


@routes.post("/desk/appointments/new")
async def book(page: SignedIn) -> Response:
    """Book, or show the form again with what was typed and what is missing."""
    form, here = await page.form(), page.here
    new, faults = read_booking(here, form)
    if new is None:
        return await _booking(page, form, faults, 422)
    booked = await here.database.write(lambda c: acts.book(c, here, new, page.desk.actor))
    return go_to("/desk", day=str(booked.day), done="booked")


def read_booking(here: Ground, form: dict[str, str]) -> tuple[NewAppointment | None, dict[str, str]]:
    """Read a booking form; return it, or what to correct by field."""
    faults: dict[str, str] = {}
    if not form.get("full_name", "").strip():
        faults["full_name"] = "Enter the visitor's full name"
    starts_at = _moment(here, form.get("day", ""), form.get("time", ""))
    if starts_at is None:
        faults["time"] = "Enter a day and a time, like 24 November 2026 and 2:30pm"
    born = form.get("birth_date", "").strip()
    if born and _date(born) is None:
        faults["birth_date"] = "Date of birth must be a real date"
    service = form.get("service", "")
    if not service:
        faults["service"] = "Choose what the appointment is for"
    if faults or starts_at is None:
        return None, faults
    try:
        return NewAppointment(
            full_name=form["full_name"],
            birth_date=_date(born),
            starts_at=starts_at,
            service=service,
            queue=form.get("queue", "").strip().upper(),
            with_whom=form.get("with_whom", ""),
        ), {}
    except ValidationError as error:
        return None, {str(each["loc"][0]): "Use fewer or simpler letters here" for each in error.errors()}


def _moment(here: Ground, day: str, time: str) -> datetime | None:
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=here.settings.zone)
    except ValueError:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
