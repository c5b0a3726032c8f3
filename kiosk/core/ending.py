"""Moves at the end of a journey: send, keep, print, and tell the truth.

Responsible for: the order save, then print, then thank.
Not responsible for: saving or printing (effects), or the words (`kiosk.core.seen`).
"""

from dataclasses import replace

from kiosk.core import scanning
from kiosk.core.case import AnswerJson, CaseDraft
from kiosk.core.codes import SLOW_STORE
from kiosk.core.effects import PrintTicket, SaveCase
from kiosk.core.events import CaseNotSaved, CaseSaved, Event, TicketDone
from kiosk.core.hardware import Reason, Unknown
from kiosk.core.journey import NotGiven, to_json
from kiosk.core.moves import Move, stay
from kiosk.core.steps.choice import ChoicesStep
from kiosk.core.visit import Scene, Stage, Visit

SAVING_S = 15.0
PRINTING_S = 30.0


def sent(visit: Visit, event: Event, scene: Scene) -> Move:
    """Keep the case; a second touch finds another stage and does nothing."""
    return send(visit, scene)


def send(visit: Visit, scene: Scene) -> Move:
    """Ask for the case to be kept; only then is anything promised."""
    return Move(visit.enter(Stage.SAVING, scene), (SaveCase(draft_of(visit, scene)),))


def in_hand(visit: Visit, scene: Scene) -> CaseDraft | None:
    """Return what would be sent if the visitor said so now; None where nothing could be sent."""
    return draft_of(visit, scene) if visit.stage is Stage.REVIEW else None


def draft_of(visit: Visit, scene: Scene) -> CaseDraft:
    """Gather what the visit answered, of the steps on its path only."""
    service = visit.chosen(scene.facility)
    answers: dict[str, AnswerJson] = {
        step.step: to_json(visit.answers.get(step.step, NotGiven()), many=isinstance(step, ChoicesStep))
        for step in visit.steps(scene.facility)
        if step.is_question
    }
    booked = next((a for a in visit.found if a.appointment_id == visit.appointment), None)
    return CaseDraft(
        case_id=visit.case_id,
        service=service.service,
        lgsl=service.lgsl,
        language=visit.language,
        answers=scanning.written(answers, visit, scene),
        queue=booked.queue if booked is not None else service.queue,
        appointment_id=visit.appointment,
        attachments=scanning.attachments(visit, scene),
    )


def saved(visit: Visit, event: CaseSaved, scene: Scene) -> Move:
    """The case is on disk: print its ticket, if it has one."""
    if event.saved.case_id != visit.case_id:
        return stay(visit)
    kept = replace(visit, saved=event.saved, code="", scans={})
    if not event.saved.job_id:
        return stay(kept.enter(Stage.DONE, scene))
    return Move(kept.enter(Stage.PRINTING, scene), (PrintTicket(event.saved.job_id),))


def not_saved(visit: Visit, event: CaseNotSaved, scene: Scene) -> Move:
    """Nothing was kept: say so, with the answers still there to try again."""
    return stay(replace(visit.enter(Stage.FAILED, scene), code=event.code))


def ticket_done(visit: Visit, event: TicketDone, scene: Scene) -> Move:
    """Tell the truth about the ticket of this visit, and of no other."""
    if visit.saved is None or event.job_id != visit.saved.job_id:
        return stay(visit)
    told = replace(visit, outcome=event.outcome)
    return stay(told if visit.stage is Stage.DONE else told.enter(Stage.DONE, scene))


def waited(visit: Visit, scene: Scene) -> Move:
    """Never wait for ever: after a bound, say what is known."""
    waited_s = scene.monotonic_s - visit.since_s
    if visit.stage is Stage.SAVING and waited_s >= SAVING_S:
        return stay(replace(visit.enter(Stage.FAILED, scene), code=SLOW_STORE[0]))
    if visit.stage is Stage.PRINTING and waited_s >= PRINTING_S:
        return stay(replace(visit.enter(Stage.DONE, scene), outcome=Unknown(Reason.NO_ANSWER)))
    if visit.stage is Stage.STAFF_PRINT and waited_s >= PRINTING_S and visit.staff is not None:
        sitting = replace(visit.staff, printing="", last=Unknown(Reason.NO_ANSWER))
        return stay(replace(visit.enter(Stage.STAFF_LIST, scene), staff=sitting))
    return stay(visit)


def try_again(visit: Visit, event: Event, scene: Scene) -> Move:
    """Go back to the answers after a failure; the same case id makes a repeat safe."""
    return stay(visit.enter(Stage.REVIEW, scene)) if visit.reviewed else stay(visit)
