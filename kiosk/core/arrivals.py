"""Moves of a check-in: look the appointment up, and confirm that it is theirs.

Responsible for: what follows a look-up.
Not responsible for: the look-up itself (an effect), or matching (`kiosk.core.appointment`).
"""

from dataclasses import replace

from kiosk.core import asking
from kiosk.core.effects import FindAppointments
from kiosk.core.events import AppointmentsFound
from kiosk.core.journey import Given
from kiosk.core.moves import Move, stay
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.choice import TOUCHED
from kiosk.core.views import Problem
from kiosk.core.visit import Scene, Stage, Visit

ALREADY = "already-arrived"


def look(visit: Visit, step: AppointmentStep, scene: Scene) -> Move:
    """Ask for the appointments that match what the visitor gave."""
    looking = replace(visit.enter(Stage.LOOKING, scene), found=(), code="")
    return Move(looking, (FindAppointments(step.step, step.search(visit.answers)),))


def found(visit: Visit, event: AppointmentsFound, scene: Scene) -> Move:
    """Show what was found, or say that a member of staff will find it."""
    if event.step != visit.at:
        return stay(visit)
    waiting = tuple(a for a in event.appointments if not a.checked_in)
    if waiting:
        return stay(replace(visit.enter(Stage.STEP, scene), found=waiting))
    code = ALREADY if event.appointments else ""
    return stay(replace(visit.enter(Stage.NOT_FOUND, scene), code=code))


def confirmed(visit: Visit, step: AppointmentStep, scene: Scene) -> Move:
    """Keep the appointment the visitor says is theirs, and go on."""
    draft = visit.drafts.get(visit.at, {})
    picked = [a for a in visit.found if len(visit.found) == 1 or draft.get(a.appointment_id) == TOUCHED]
    if not picked:
        words = visit.words(scene.facility)
        return stay(replace(visit, problems=(Problem("", words.say("Choose one answer")),)))
    answers = {**visit.answers, step.step: Given(picked[0].appointment_id)}
    kept = replace(visit, answers=answers, appointment=picked[0].appointment_id, problems=())
    return asking.go_on(kept, scene)
