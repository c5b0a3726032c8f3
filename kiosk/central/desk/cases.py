"""Cases as staff see them arrive, and each case's own page.

Responsible for: the list, what was refused, one case with answers and history, and its reprint.
Not responsible for: taking cases in (`kiosk.central.intake`).
"""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from sqlalchemy import Connection

from kiosk.central import printing, wording
from kiosk.central.answers import answer_lines
from kiosk.central.desk.pages import SignedIn, Updates, go_to
from kiosk.central.desk.today import CALM_S, QUICK_S, chosen_terminal, living_terminals, ticket_of
from kiosk.central.problems import Problem
from kiosk.central.status import NewStatus
from kiosk.central.status import set_status as set_case_status
from kiosk.central.story import story_of
from kiosk.central.tables import cases, journal, orders, services, statuses, uploads

routes = APIRouter()

SHOWN = 100
WHAT_HAPPENED = {
    "made": "Made at the terminal",
    "accepted": "Accepted by the council's system",
    "arrived": "Checked in for an appointment",
    "arrived-again": "Checked in again for the same appointment",
    "appointment-unknown": "Checked in for an appointment that is not known here",
    "print-ordered": "Ticket ordered from the desk",
    "print-outcome": "What became of the ticket",
    "booked": "Booked",
    "called": "Called to the desk",
    "cancelled": "Cancelled",
    "not-called": "The call was taken back",
    "not-cancelled": "The cancellation was taken back",
    "status": "How far it is",
    "handed-on": "Handed on to",
    "handed-on-again": "Handed on again, as staff said, to",
    "handing-on-uncertain": "Nobody can say whether it arrived at",
}

STATUSES = {each: each.replace("_", " ").capitalize() for each in (*statuses.OPEN, *statuses.CLOSED)}


@dataclass(frozen=True, slots=True)
class Whole:
    """A case with all that belongs to it."""

    case: cases.Case
    title: str
    history: tuple[journal.Entry, ...]
    orders: tuple[orders.Order, ...]
    terminals: tuple[str, ...]
    next_copy: int
    status: statuses.Status | None
    attachments: tuple[uploads.Attached, ...]


@routes.get("/desk/cases")
async def show_list(page: SignedIn) -> Response:
    """Show the newest cases as they arrive."""
    refused = await page.here.database.read(lambda c: cases.latest_refusals(c, SHOWN))
    shown = await _listed(page, "")
    return page.show("cases.html", **shown, refusals=len(refused), updates=Updates(QUICK_S, "/desk/cases"))


@routes.get("/desk/cases/find")
async def find(page: SignedIn, reference: Annotated[str, Query(max_length=40)] = "") -> Response:
    """Show the cases whose reference begins as asked, in a page that stays while somebody types."""
    wanted = reference.strip()
    shown = await _listed(page, wanted) if wanted else {}
    return page.show("cases_find.html", **shown, wanted=wanted)


async def _listed(page: SignedIn, beginning: str) -> dict[str, Any]:
    found = await page.here.database.read(lambda c: cases.latest(c, SHOWN, beginning))
    known = await page.here.database.read(services.every)
    titles = {each.service: each.title for each in known}
    return {"cases": found, "titles": titles, "languages": wording.LANGUAGES, "moment": page.moment}


@routes.get("/desk/cases/refused")
async def show_refused(page: SignedIn) -> Response:
    """Show what was not taken in, and why."""
    refused = await page.here.database.read(lambda c: cases.latest_refusals(c, SHOWN))
    return page.show("refused.html", refusals=refused, moment=page.moment)


@routes.get("/desk/cases/{case_id}")
async def show_case(page: SignedIn, case_id: str) -> Response:
    """Show one case."""
    whole = await page.here.database.read(lambda c: _whole(c, case_id))
    if whole is None:
        raise Problem("not-found", "There is no such case.")
    here = page.here
    tickets = [(order, ticket_of(here, order)) for order in whole.orders]
    waiting = any(ticket and ticket.tone == "waiting" for _, ticket in tickets)
    home = whole.case.terminal if whole.case.terminal in whole.terminals else ""
    return page.show(
        "case.html",
        whole=whole,
        answers=answer_lines(whole.case.body),
        tickets=tickets,
        chosen=home or chosen_terminal(page, whole.terminals, ""),
        what=WHAT_HAPPENED,
        statuses=STATUSES,
        languages=wording.LANGUAGES,
        moment=page.moment,
        updates=Updates(QUICK_S if waiting else CALM_S, f"/desk/cases/{whole.case.case_id}"),
    )


def _whole(connection: Connection, case_id: str) -> Whole | None:
    case = cases.one(connection, case_id)
    if case is None:
        return None
    return Whole(
        case=case,
        title=printing.service_title(connection, case.service),
        history=story_of(connection, case),
        orders=orders.about(connection, case_id=case.case_id, appointment_id=case.appointment_id),
        terminals=living_terminals(connection),
        next_copy=orders.next_copy(connection, case_id=case.case_id),
        status=statuses.one(connection, case.case_id),
        attachments=uploads.of_case(connection, case.case_id),
    )


@routes.post("/desk/cases/{case_id}/reprint")
async def reprint(page: SignedIn, case_id: str) -> Response:
    """Order a copy of the case's ticket."""
    form, here = await page.form(), page.here
    if form.get("terminal", "") not in await here.database.read(living_terminals):
        raise Problem("not-now", "Choose a terminal that is paired.")
    where = {"terminal": form["terminal"], "actor": page.desk.actor}
    order = await here.database.write(lambda c: printing.order_reprint(c, here, case_id, **where))
    if order is None:
        raise Problem("not-found", "There is no such case.")
    return go_to(f"/desk/cases/{order.case_id}", done="ordered")


@routes.get("/desk/cases/{case_id}/status")
async def ask_status(page: SignedIn, case_id: str) -> Response:
    """Ask how far a case has come, in a page that stays while somebody types."""
    case, now = await page.here.database.read(lambda c: (cases.one(c, case_id), statuses.one(c, case_id)))
    if case is None:
        raise Problem("not-found", "There is no such case.")
    return page.show("case_status.html", case=case, now=now, statuses=STATUSES)


@routes.post("/desk/cases/{case_id}/status")
async def set_status(page: SignedIn, case_id: str) -> Response:
    """Say how far a case has come; whoever asks is told the word and the sentence."""
    form, here = await page.form(), page.here
    if form.get("status") not in STATUSES:
        raise Problem("not-now", "Choose one of the statuses.")
    notes = " ".join(form.get("notes", "").split())[:200]
    new = NewStatus(form["status"], notes, page.desk.actor)

    def put(connection: Connection) -> bool:
        journal.staff_did(connection, here.now(), page.desk.actor, "case-status", f"{case_id} {new.status}")
        return set_case_status(connection, here, case_id, new)

    await here.database.write(put)
    return go_to(f"/desk/cases/{case_id}", done="status-set")
