"""Moves while a journey is being asked: typing, checking, going on, back and changing.

Responsible for: the way through the steps of one service.
Not responsible for: what a kind of step accepts (`kiosk.core.steps`), looking appointments up
(`kiosk.core.arrivals`), or what follows the review (`kiosk.core.ending`).
"""

from dataclasses import replace

from kiosk.core import arrivals, ending, scanning
from kiosk.core.effects import ReadCard, StopReading
from kiosk.core.events import CardRead, ChangeAsked, Continued, Event, OptionTouched, Typed
from kiosk.core.forms import form_of
from kiosk.core.hardware import CardPresented, CardUnreadable
from kiosk.core.journey import Answer, NotGiven, Step
from kiosk.core.moves import Move, end, stay
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.card import HELD_CARD, CardStep
from kiosk.core.steps.choice import TOUCHED, ChoiceStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.views import Fields, Problem
from kiosk.core.visit import Scene, Stage, Visit

MOST_TYPED = 10_000
"""Characters of one field that are kept as typed; more is cut before it is even checked."""


def start(visit: Visit, service: str, scene: Scene) -> Move:
    """Begin a service with its first step; nothing of an earlier choice is kept."""
    begun = replace(
        visit,
        service=service,
        drafts={},
        answers={},
        scans={},
        reviewed=False,
        found=(),
        appointment="",
    )
    steps = begun.steps(scene.facility)
    return go_to(begun, steps[0], scene) if steps else stay(visit)


def go_to(visit: Visit, step: Step, scene: Scene) -> Move:
    """Make a step the one being asked, and ask the world for what it needs."""
    there = scanning.at_rest(replace(visit, at=step.step))
    if isinstance(step, ReviewStep):
        return stay(replace(there, reviewed=True).enter(Stage.REVIEW, scene))
    if isinstance(step, ConfirmationStep):
        return ending.send(there, scene)
    if isinstance(step, AppointmentStep):
        return arrivals.look(there, step, scene)
    asked = there.enter(Stage.STEP, scene)
    return Move(asked, (ReadCard(step.purpose),)) if isinstance(step, CardStep) else stay(asked)


def go_on(visit: Visit, scene: Scene) -> Move:
    """Go to the step after the present one; once the review was reached, to what is still open."""
    steps = visit.steps(scene.facility)
    here = next((i for i, s in enumerate(steps) if s.step == visit.at), -1)
    later = steps[here + 1 :]
    if visit.reviewed:
        later = tuple(s for s in later if s.step not in visit.answers)
    if not later:
        return end(visit)
    return go_to(visit, later[0], scene)


def typed(visit: Visit, event: Typed, scene: Scene) -> Move:
    """Keep what was typed, unchecked; only fields that the step has."""
    step = visit.step(scene.facility)
    if step is None or step.step != event.step:
        return stay(visit)
    draft = visit.drafts.get(visit.at, {})
    entry = step.entry(draft, visit.words(scene.facility))
    if not isinstance(entry, Fields) or event.field not in {f.name for f in entry.fields}:
        return stay(visit)
    kept = {**draft, event.field: event.text[:MOST_TYPED]}
    return stay(replace(visit, drafts={**visit.drafts, visit.at: kept}))


def option_touched(visit: Visit, event: OptionTouched, scene: Scene) -> Move:
    """Choose an option, or take the choice back where several may be chosen."""
    step = visit.step(scene.facility)
    if step is None or step.step != event.step:
        return stay(visit)
    draft = visit.drafts.get(visit.at, {})
    if isinstance(step, ChoiceStep):
        draft = step.touched(draft, event.option)
    elif event.option in {a.appointment_id for a in visit.found}:
        draft = {event.option: TOUCHED}
    return stay(replace(visit, drafts={**visit.drafts, visit.at: draft}))


def continued(visit: Visit, event: Continued, scene: Scene) -> Move:
    """Check the page in front; go on, or show what is to be put right with everything kept."""
    step = visit.step(scene.facility)
    if step is None or step.step != event.step or visit.scan.request:
        return stay(visit)
    if isinstance(step, AppointmentStep):
        return arrivals.confirmed(visit, step, scene)
    form = form_of(visit, step, scene)
    if event.page != form.page:
        return stay(visit)
    checked = _check(visit, step, scene)
    problems = checked if isinstance(checked, tuple) else ()
    if here := form.wrong_here(problems):
        return stay(replace(visit, problems=here))
    if not form.is_last and not isinstance(checked, NotGiven):
        return stay(replace(visit, page=form.page + 1, problems=()))
    if isinstance(checked, tuple):
        return stay(replace(visit, page=form.page_of_first(checked), problems=checked))
    answered = scanning.accepted(accept(visit, step, checked, scene))
    move = go_on(answered, scene)
    return Move(move.visit, (StopReading(), *move.effects)) if isinstance(step, CardStep) else move


def accept(visit: Visit, step: Step, answer: Answer, scene: Scene) -> Visit:
    """Keep an answer; a changed answer undoes an appointment that was found by the old one."""
    answers = {**visit.answers, step.step: answer}
    if visit.answers.get(step.step) not in (None, answer):
        answers = _without_appointment(answers, visit, scene)
    return replace(visit, answers=answers, problems=())


def _without_appointment(answers: dict[str, Answer], visit: Visit, scene: Scene) -> dict[str, Answer]:
    lookups = {s.step for s in visit.steps(scene.facility) if isinstance(s, AppointmentStep)}
    return {name: answer for name, answer in answers.items() if name not in lookups}


def recheck(visit: Visit, scene: Scene) -> Visit:
    """Say the problems again, for instance in another language; none are added."""
    step = visit.step(scene.facility)
    if step is None or not visit.problems:
        return visit
    checked = _check(visit, step, scene)
    return replace(visit, problems=checked if isinstance(checked, tuple) else ())


def _check(visit: Visit, step: Step, scene: Scene) -> Answer | tuple[Problem, ...]:
    draft = visit.drafts.get(step.step, {})
    return step.accept(draft, scene.local.date().isoformat(), visit.words(scene.facility))


def went_back(visit: Visit, event: Event, scene: Scene) -> Move:
    """Go to the step before, or out of the service; answers and drafts are kept while it lasts."""
    return scanning.left(visit, _earlier(visit, scene))


def _earlier(visit: Visit, scene: Scene) -> Move:
    steps = visit.steps(scene.facility)
    here = next((i for i, s in enumerate(steps) if s.step == visit.at), 0)
    page = form_of(visit, steps[here], scene).page if visit.stage is Stage.STEP and steps else 0
    if page:
        return stay(replace(visit, page=page - 1, problems=()))
    if visit.stage is Stage.STEP and visit.reviewed:
        review = next((s for s in steps if isinstance(s, ReviewStep)), None)
        if review is not None:
            return _stopping(go_to(visit, review, scene))
    earlier = [s for s in steps[:here] if not isinstance(s, AppointmentStep)]
    if earlier:
        return _stopping(_at_its_end(go_to(replace(visit, reviewed=False), earlier[-1], scene), scene))
    services = scene.facility.services_of(visit.group)
    out = visit.enter(Stage.SERVICES if len(services) > 1 else Stage.GROUPS, scene)
    return Move(replace(out, service="", at="", drafts={}, answers={}, scans={}), (StopReading(),))


def _at_its_end(move: Move, scene: Scene) -> Move:
    """Come back to the page of a form that was left last."""
    step = move.visit.step(scene.facility)
    if step is None or move.visit.stage is not Stage.STEP:
        return move
    return replace(move, visit=replace(move.visit, page=form_of(move.visit, step, scene).end))


def _stopping(move: Move) -> Move:
    reading = any(isinstance(effect, ReadCard) for effect in move.effects)
    return move if reading else Move(move.visit, (StopReading(), *move.effects))


def change_asked(visit: Visit, event: ChangeAsked, scene: Scene) -> Move:
    """Go back to one question of the review."""
    step = next((s for s in visit.steps(scene.facility) if s.step == event.step), None)
    return go_to(visit, step, scene) if step is not None and step.is_question else stay(visit)


def card_read(visit: Visit, event: CardRead, scene: Scene) -> Move:
    """Take a card where the step asks for one; say what was wrong with one that cannot be taken."""
    step = visit.step(scene.facility)
    if not isinstance(step, CardStep):
        return stay(visit)
    match event.outcome:
        case CardPresented() as card:
            drafts = {**visit.drafts, visit.at: {HELD_CARD: step.held(card)}}
            return stay(replace(visit, drafts=drafts, problems=()))
        case CardUnreadable(reason=reason):
            words = visit.words(scene.facility)
            text = (
                words.say("Do not use a bank card here. Nothing of it was kept")
                if reason == "payment-card"
                else words.say("Your card was not read. Hold it still against the card reader")
            )
            return stay(replace(visit, problems=(Problem("", text),)))
