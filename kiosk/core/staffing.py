"""Moves of staff at the terminal: badge, PIN or code card, today's tickets, print.

Responsible for: the sitting of one member of staff.
Not responsible for: checking badge and PIN (an effect, in the store), or lock times.
"""

from dataclasses import replace
from typing import Final

from kiosk.core.effects import CheckStaff, ListStaffJobs, ReadCard, StaffPrint, StopReading
from kiosk.core.events import (
    CardRead,
    Event,
    PinDigit,
    StaffJobsListed,
    StaffPrintAsked,
    StaffPrintDone,
    StaffRefused,
    StaffSignedIn,
)
from kiosk.core.hardware import CardPresented, CardPurpose
from kiosk.core.moves import Move, stay
from kiosk.core.visit import Scene, StaffSitting, Stage, Visit

LONGEST_PIN = 8
CODE: Final = "code"
"""What scanners call what they read (`kiosk.core.hardware.CardPresented`)."""


def sit_down(visit: Visit, badge: str, scene: Scene) -> Move:
    """A badge was held to the reader while nobody else was served: ask for the PIN, or for a code card."""
    seated = replace(visit.enter(Stage.STAFF_PIN, scene), staff=StaffSitting(badge))
    return Move(replace(seated, touched_s=scene.monotonic_s), (ReadCard(CardPurpose.STAFF),))


def digit(visit: Visit, event: PinDigit, scene: Scene) -> Move:
    """Add a digit to the PIN."""
    if visit.staff is None or len(visit.staff.pin) >= LONGEST_PIN or event.digit not in "0123456789":
        return stay(visit)
    return stay(replace(visit, staff=replace(visit.staff, pin=visit.staff.pin + event.digit[:1])))


def deleted(visit: Visit, event: Event, scene: Scene) -> Move:
    """Take the last digit away."""
    if visit.staff is None:
        return stay(visit)
    return stay(replace(visit, staff=replace(visit.staff, pin=visit.staff.pin[:-1])))


def entered(visit: Visit, event: Event, scene: Scene) -> Move:
    """Have badge and PIN checked; the PIN is forgotten here at once."""
    if visit.staff is None or not visit.staff.pin:
        return stay(visit)
    return _checked(visit, visit.staff, visit.staff.pin, scene)


def code_shown(visit: Visit, event: CardRead, scene: Scene) -> Move:
    """Have badge and code card checked: nobody has to remember a PIN (docs/decisions/0068-*.md).

    Another badge, a passport or a bad reading is not a wrong try.
    """
    card = event.outcome
    if visit.staff is None or not isinstance(card, CardPresented):
        return stay(visit)
    if card.kind != CODE or card.number or card.token == visit.staff.badge:
        return stay(visit)
    return _checked(replace(visit, touched_s=scene.monotonic_s), visit.staff, card.token, scene)


def _checked(visit: Visit, sitting: StaffSitting, secret: str, scene: Scene) -> Move:
    checking = replace(sitting, pin="", problem="")
    asked = replace(visit.enter(Stage.STAFF_CHECK, scene), staff=checking)
    return Move(asked, (CheckStaff(sitting.badge, secret),))


def signed_in(visit: Visit, event: StaffSignedIn, scene: Scene) -> Move:
    """Show today's tickets."""
    if visit.staff is None:
        return stay(visit)
    sitting = replace(visit.staff, name=event.name)
    return Move(
        replace(visit.enter(Stage.STAFF_LIST, scene), staff=sitting), (StopReading(), ListStaffJobs())
    )


def refused(visit: Visit, event: StaffRefused, scene: Scene) -> Move:
    """Say that badge or PIN were not accepted, never which of the two."""
    if visit.staff is None:
        return stay(visit)
    sitting = replace(visit.staff, problem="locked" if event.locked_s else "wrong", locked_s=event.locked_s)
    return stay(replace(visit.enter(Stage.STAFF_PIN, scene), staff=sitting))


def listed(visit: Visit, event: StaffJobsListed, scene: Scene) -> Move:
    """Take the list as it is now."""
    if visit.staff is None:
        return stay(visit)
    sitting = replace(visit.staff, jobs=event.jobs, keeping=event.keeping, services=event.services)
    return stay(replace(visit, staff=sitting))


def print_asked(visit: Visit, event: StaffPrintAsked, scene: Scene) -> Move:
    """Print one ticket of the list; one at a time."""
    if visit.staff is None or event.key not in {job.key for job in visit.staff.jobs}:
        return stay(visit)
    sitting = replace(visit.staff, printing=event.key, last=None)
    page = visit.page
    printing = replace(visit.enter(Stage.STAFF_PRINT, scene), staff=sitting, page=page)
    return Move(printing, (StaffPrint(event.key, visit.staff.badge),))


def print_done(visit: Visit, event: StaffPrintDone, scene: Scene) -> Move:
    """Tell staff the true outcome, and refresh the list."""
    if visit.staff is None or event.key != visit.staff.printing:
        return stay(visit)
    sitting = replace(visit.staff, printing="", last=event.outcome)
    page = visit.page
    told = replace(visit.enter(Stage.STAFF_LIST, scene), staff=sitting, page=page)
    return Move(told, (ListStaffJobs(),))
