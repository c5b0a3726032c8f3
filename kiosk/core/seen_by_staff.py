"""What staff see at the terminal: a PIN pad, and today's tickets.

Responsible for: the two views of a staff sitting.
Not responsible for: the visitor's views (`kiosk.core.seen`).
"""

from datetime import datetime

from kiosk.core.bidi import isolate_words
from kiosk.core.events import Left, PinDeleted, PinDigit, PinEntered, StaffPrintAsked
from kiosk.core.hardware import OutcomeWord
from kiosk.core.keeping import Keeping, Late, ServicesInUse
from kiosk.core.pages import paged, room
from kiosk.core.staff_view import StaffJob
from kiosk.core.times import spell_time
from kiosk.core.truth import FOR_STAFF, outcome_for_staff
from kiosk.core.views import Button, SignIn, StaffRow, StaffTickets
from kiosk.core.visit import Visit
from kiosk.core.words import Words

STAFF_PAGE = 5
DOUBTFUL = (OutcomeWord.HELD, OutcomeWord.UNKNOWN)

WORDS = {
    OutcomeWord.PRINTED: "Printed",
    OutcomeWord.PRINTED_UNCONFIRMED: "Sent, not confirmed",
    OutcomeWord.HELD: "Held in the printer",
    OutcomeWord.NOT_PRINTED: "Not printed",
    OutcomeWord.UNKNOWN: "Unknown: look at the printer",
}

WAITS = {
    Late.DAY: "Cases not yet with the council: {count}, the oldest for more than a day. Check the network",
    Late.DAYS: (
        "Cases not yet with the council: {count}, the oldest for more than three days. Carry them by hand"
    ),
}


def sign_in(visit: Visit, words: Words) -> SignIn:
    """Show the PIN pad; only how many digits were typed, never which."""
    staff = visit.staff
    return SignIn(
        heading=words.say("Staff: type your PIN"),
        text=words.say("Your badge has been read"),
        typed=len(staff.pin) if staff else 0,
        digits=tuple(Button(digit, PinDigit(digit)) for digit in "1234567890"),
        delete=Button(words.say("Delete"), PinDeleted()),
        enter=Button(words.say("Sign in"), PinEntered()),
        problem=_problem(visit, words),
    )


def _problem(visit: Visit, words: Words) -> str:
    if visit.staff is None or not visit.staff.problem:
        return ""
    if visit.staff.problem == "locked":
        return words.say_number(
            visit.staff.locked_s,
            "Too many tries. Wait {count} second, or see your facilities team",
            "Too many tries. Wait {count} seconds, or see your facilities team",
        )
    return words.say("Badge or PIN not accepted")


def staff_tickets(visit: Visit, words: Words) -> StaffTickets:
    """Show today's tickets, newest first, with Print or Reprint beside each."""
    staff = visit.staff
    jobs = staff.jobs if staff else ()
    size = room(visit.access, STAFF_PAGE)
    page, pager = paged(len(jobs), size, visit.page, words)
    last = outcome_for_staff(staff.last, words) if staff and staff.last is not None else ""
    return StaffTickets(
        heading=words.say("Today's tickets"),
        text=last or words.say("Signed in as {name}", name=isolate_words(staff.name) if staff else ""),
        rows=tuple(_row(job, words) for job in jobs[page * size : (page + 1) * size]),
        finish=Button(words.say("Sign out"), Left()),
        pager=pager,
        notices=_notices(visit, words),
    )


def _notices(visit: Visit, words: Words) -> tuple[str, ...]:
    """Say what to see to: tickets that may not have come out, the printer, its paper, the cases kept."""
    jobs = visit.staff.jobs if visit.staff else ()
    doubtful = sum(job.outcome in DOUBTFUL for job in jobs)
    notices: list[str] = []
    if doubtful:
        say = "Tickets that may not have come out: {count}. Look at the printer"
        notices.append(words.say(say, count=words.formats.number(doubtful)))
    advice = FOR_STAFF[visit.printer.reason] if visit.printer else ""
    if advice:
        notices.append(words.say("Printer: {advice}", advice=words.say(advice)))
    if visit.paper_left is not None:
        say = "Tickets left on the roll: about {count}"
        notices.append(words.say(say, count=words.formats.number(visit.paper_left)))
    keeping = visit.staff.keeping if visit.staff else Keeping()
    services = visit.staff.services if visit.staff else None
    return (*notices, *_keeping_notices(keeping, words), *_services_notice(services, words))


def _services_notice(services: ServicesInUse | None, words: Words) -> tuple[str, ...]:
    """Say how old the services are that visitors are offered, so that staff see when they are stale."""
    if services is None:
        return ()
    number = words.formats.number(services.version)
    made, checked = (_day_and_time(at, words) for at in (services.made_at, services.checked_at))
    say = "Services: version {version}, made {made}, last checked {checked}"
    return (words.say(say, version=number, made=made, checked=checked),)


def _day_and_time(at: datetime, words: Words) -> str:
    return f"{words.formats.date(at.date())} {spell_time(at, words.formats)}"


def _keeping_notices(keeping: Keeping, words: Words) -> tuple[str, ...]:
    """Say in plain words what staff should see to."""
    notices: list[str] = []
    if keeping.late is not Late.NO:
        say = WAITS[keeping.late]
        notices.append(words.say(say, count=words.formats.number(keeping.unaccepted)))
    if keeping.parked:
        say = "Cases that the council's system refused: {count}. See 'kiosk cases list'"
        notices.append(words.say(say, count=words.formats.number(keeping.parked)))
    if keeping.damaged:
        notices.append(words.say("The terminal's database is damaged. Call your facilities team today"))
    elif keeping.set_aside:
        notices.append(words.say("A damaged database was set aside. Call your facilities team"))
    return tuple(notices)


def _row(job: StaffJob, words: Words) -> StaffRow:
    printed = job.outcome is not None
    label = (
        words.say("Reprint (copy {copy})", copy=words.formats.number(job.copies + 1))
        if printed
        else words.say("Print")
    )
    status = words.say(WORDS[job.outcome]) if job.outcome is not None else words.say("Not printed yet")
    return StaffRow(
        job.time, job.number, words.say(job.service), status, Button(label, StaffPrintAsked(job.key))
    )
