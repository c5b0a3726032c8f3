"""What is seen of a visit: one view for every stage.

Responsible for: choosing the body, and the frame around it.
Not responsible for: the truth about paper (`kiosk.core.truth`), the staff views (`kiosk.core.seen_by_staff`),
or drawing.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from kiosk.core.access import TextSize
from kiosk.core.arrivals import ALREADY
from kiosk.core.asking import recheck
from kiosk.core.bidi import isolate
from kiosk.core.bulletin import told
from kiosk.core.companion import beside
from kiosk.core.easing import seen_panel
from kiosk.core.events import (
    ChangeAsked,
    Continued,
    GroupChosen,
    HelpClosed,
    LanguageChosen,
    Left,
    MoreTimeAsked,
    OptionTouched,
    Sent,
    ServiceChosen,
    WentBack,
)
from kiosk.core.forms import form_of
from kiosk.core.framing import frame, notice
from kiosk.core.journey import NotGiven, Step
from kiosk.core.pages import BESIDE_WAYS_OUT, OF_THE_WELCOME, is_cramped, paged, room, room_for_languages
from kiosk.core.patience import ends_at_s
from kiosk.core.seen_by_staff import sign_in, staff_tickets
from kiosk.core.seen_scanning import document
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.card import CardStep
from kiosk.core.steps.document import DocumentStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.times import spell_time
from kiosk.core.truth import on_ticket, paper
from kiosk.core.views import (
    Body,
    Button,
    Confirmation,
    Languages,
    Menu,
    Notice,
    Option,
    Options,
    Pager,
    Question,
    Reading,
    Review,
    Row,
    StillThere,
    Tile,
    Tone,
    View,
    Welcome,
    Working,
)
from kiosk.core.visit import Over, Scene, Stage, Visit
from kiosk.core.words import Words

ENGLISH = "en"
MENU_PAGE = 8
REVIEW_PAGE = 5


def seen(visit: Visit, scene: Scene) -> View:
    """Say what must be on the glass; pure, total, in the visitor's language, with English if it is wanted."""
    own = _in_one_language(visit, scene)
    if not visit.access.companion or visit.language == ENGLISH:
        return own
    return beside(own, _in_one_language(recheck(replace(visit, language=ENGLISH), scene), scene))


def _in_one_language(visit: Visit, scene: Scene) -> View:
    words = visit.words(scene.facility)
    match visit.over:
        case Over.STILL_THERE:
            body: Body = _still_there(visit, scene, words)
        case Over.LANGUAGES:
            body = _other_languages(visit, scene, words)
        case Over.HELP:
            body = _help(scene, words)
        case Over.ACCESS:
            body = seen_panel(visit, scene, words)
        case Over.NOTHING:
            body = _body(visit, scene, words)
        case _ as never:
            assert_never(never)
    return View(frame(visit, scene, words), body)


def _body(visit: Visit, scene: Scene, words: Words) -> Body:
    match visit.stage:
        case Stage.WELCOME | Stage.ENDED:
            return _welcome(visit, scene, words)
        case Stage.GROUPS:
            return _groups(visit, scene, words)
        case Stage.SERVICES:
            return _services(visit, scene, words)
        case Stage.STEP:
            return _question(visit, scene, words)
        case Stage.LOOKING:
            return Working(words.say("Looking for your appointment"))
        case Stage.NOT_FOUND:
            return _not_found(visit, words)
        case Stage.REVIEW:
            return _review(visit, scene, words)
        case Stage.SAVING:
            return Working(words.say("Keeping your answers"), words.say("This takes a moment"))
        case Stage.PRINTING:
            return Working(words.say("Printing your ticket"), words.say("This takes a moment"))
        case Stage.DONE:
            return _confirmation(visit, scene, words)
        case Stage.FAILED:
            return _failed(visit, scene, words)
        case Stage.CLOSED:
            return _closed(scene, words)
        case Stage.OUT_OF_ORDER:
            return _out_of_order(visit, scene, words)
        case Stage.STAFF_PIN:
            return sign_in(visit, words)
        case Stage.STAFF_CHECK:
            return Working(words.say("Checking your badge and PIN"))
        case Stage.STAFF_PRINT:
            return Working(words.say("Printing"))
        case Stage.STAFF_LIST:
            return staff_tickets(visit, words)
        case _ as never:
            assert_never(never)


def _welcome(visit: Visit, scene: Scene, words: Words) -> Welcome:
    languages, pager = _languages(visit, scene, visit.page, words, OF_THE_WELCOME)
    return Welcome(
        words.say("Welcome to {place}", place=words.say(scene.facility.facility)),
        words.say("Touch your language to begin"),
        languages,
        told(scene.facility.bulletins, scene.local, words),
        pager,
    )


def _languages(
    visit: Visit, scene: Scene, page: int, words: Words, most: Mapping[TextSize, int]
) -> tuple[tuple[Button, ...], Pager | None]:
    offered, chosen = scene.facility.languages, visit.stage is not Stage.WELCOME
    size = room_for_languages(visit.access, len(offered), most)
    page, pager = paged(len(offered), size, page, words)
    buttons = tuple(
        Button(w.name, LanguageChosen(w.language), w.language, chosen and w.language == visit.language)
        for w in offered[page * size : (page + 1) * size]
    )
    return buttons, pager


def _other_languages(visit: Visit, scene: Scene, words: Words) -> Languages:
    languages, pager = _languages(visit, scene, visit.over_page, words, BESIDE_WAYS_OUT)
    close = Button(words.say("Keep this language"), WentBack())
    return Languages(words.say("Choose a language"), languages, close, pager)


def _help(scene: Scene, words: Words) -> Notice:
    return Notice(
        Tone.NEUTRAL,
        words.say("Speak to reception"),
        (words.say(scene.facility.help_text), words.say("Your answers stay here while you do")),
        (Button(words.say("Go on with this"), HelpClosed()), Button(words.say("Leave now"), Left())),
    )


def _groups(visit: Visit, scene: Scene, words: Words) -> Menu:
    groups = [g for g in scene.facility.groups if scene.facility.services_of(g.group)]
    tiles = tuple(
        Tile(words.say(g.name), GroupChosen(g.group), words.say(g.hint) if g.hint else "", g.icon)
        for g in groups
    )
    menu = _menu(words.say("What do you need today?"), tiles, visit, scene, words)
    # As of when the menu came: nothing may move under a finger because a minute is over.
    came = scene.local - timedelta(seconds=scene.monotonic_s - visit.since_s)
    caution = words.say(words.caution) if words.caution else ""
    return replace(menu, text=caution, bulletins=told(scene.facility.bulletins, came, words))


def _services(visit: Visit, scene: Scene, words: Words) -> Menu:
    group = next((g for g in scene.facility.groups if g.group == visit.group), None)
    tiles = tuple(
        Tile(words.say(s.name), ServiceChosen(s.service), words.say(s.hint) if s.hint else "", s.icon)
        for s in scene.facility.services_of(visit.group)
    )
    return _menu(words.say(group.name) if group else "", tiles, visit, scene, words)


def _menu(heading: str, tiles: tuple[Tile, ...], visit: Visit, scene: Scene, words: Words) -> Menu:
    size = room(visit.access, MENU_PAGE)
    page, pager = paged(len(tiles), size, visit.page, words)
    shown = tiles[page * size : (page + 1) * size]
    brief = tuple(replace(each, hint="") for each in shown) if _is_cramped(visit, scene, words) else shown
    return Menu(heading, brief, pager=pager)


def _is_cramped(visit: Visit, scene: Scene, words: Words) -> bool:
    return is_cramped(visit.access, notice=bool(notice(visit, scene, words)))


def _question(visit: Visit, scene: Scene, words: Words) -> Body:
    step = visit.step(scene.facility)
    if step is None:
        return _failed(visit, scene, words)
    if isinstance(step, AppointmentStep):
        return _appointment(visit, step, scene, words)
    if isinstance(step, DocumentStep):
        brief = _is_cramped(visit, scene, words)
        return document(visit.scan, step, _heading(step, words), words, brief=brief)
    form = form_of(visit, step, scene)
    problems, pages = form.wrong_here(visit.problems), len(form.pages)
    _, pager = paged(pages, 1, form.page, words)
    return Question(
        step=step.step,
        heading=_heading(step, words),
        entry=form.entry,
        forward=Button(_forward(visit, step, scene, words), Continued(step.step, form.page)),
        hint=words.say(step.hint) if step.hint and not form.page else "",
        why=words.say(step.why) if step.why and not form.page else "",
        problems_heading=words.say("There is a problem") if problems else "",
        problems=problems,
        skip=_skip(step, words),
        part=pager.text if pager and not form.is_list else "",
        pager=pager if form.is_list else None,
    )


def _heading(step: Step, words: Words) -> str:
    asked = words.say(step.ask)
    return words.say("{question} (optional)", question=asked) if step.optional else asked


def _forward(visit: Visit, step: Step, scene: Scene, words: Words) -> str:
    steps = visit.steps(scene.facility)
    last = bool(steps) and steps[-1].step == step.step
    return words.say("Finish") if last else words.say("Continue")


def _skip(step: Step, words: Words) -> Button | None:
    if isinstance(step, CardStep) and step.optional:
        return Button(words.say("Go on without a card"), Continued(step.step))
    return None


def _appointment(visit: Visit, step: AppointmentStep, scene: Scene, words: Words) -> Question:
    lines = tuple(
        words.say(
            "{time}, {service}",
            time=spell_time(a.starts_at, words.formats),
            service=words.say(scene.facility.service_name(a.service)),
        )
        for a in visit.found
    )
    draft = visit.drafts.get(step.step, {})
    only = len(visit.found) == 1
    options = tuple(
        Option(a.appointment_id, line, OptionTouched(step.step, a.appointment_id), a.appointment_id in draft)
        for a, line in zip(visit.found, lines, strict=True)
    )
    return Question(
        step=step.step,
        heading=words.say(step.ask or "Is this your appointment?"),
        entry=Reading(lines, private=True) if only else Options(options),
        forward=Button(
            words.say("Yes, this is mine") if only else words.say("Continue"), Continued(step.step)
        ),
        problems_heading=words.say("There is a problem") if visit.problems else "",
        problems=visit.problems,
    )


def _not_found(visit: Visit, words: Words) -> Notice:
    if visit.code == ALREADY:
        return Notice(
            Tone.GOOD,
            words.say("You have already checked in"),
            (words.say("Take a seat. Your number will be called"),),
            (Button(words.say("Finish"), Left()),),
        )
    return Notice(
        Tone.CAUTION,
        words.say("We did not find your appointment for today"),
        (
            words.say("Check what you typed, or see a member of staff at the reception desk"),
            words.say("They can find it and check you in"),
        ),
        (Button(words.say("Check what I typed"), WentBack()), Button(words.say("Finish"), Left())),
    )


def _review(visit: Visit, scene: Scene, words: Words) -> Review:
    steps = visit.steps(scene.facility)
    review = next((s for s in steps if isinstance(s, ReviewStep)), ReviewStep(step="review"))
    rows = tuple(_row(visit, s, words) for s in steps if s.is_question)
    size = room(visit.access, REVIEW_PAGE)
    page, pager = paged(len(rows), size, visit.page, words)
    return Review(
        heading=words.say(review.ask),
        rows=rows[page * size : (page + 1) * size],
        send=Button(words.say(review.send), Sent()),
        text=words.say(review.hint) if review.hint else "",
        pager=pager,
    )


def _row(visit: Visit, step: Step, words: Words) -> Row:
    answer = visit.answers.get(step.step, NotGiven())
    shown = step.shown(answer, words) or words.say("Not provided")
    asked, change = words.say(step.ask), words.say("Change")
    spoken = words.say("Change: {question}", question=asked)
    return Row(step.step, asked, shown, Button(change, ChangeAsked(step.step), said=spoken))


def _confirmation(visit: Visit, scene: Scene, words: Words) -> Confirmation:
    steps = visit.steps(scene.facility)
    ending = next((s for s in steps if isinstance(s, ConfirmationStep)), ConfirmationStep(step="done"))
    reference = visit.saved.reference if visit.saved else ""
    number = visit.saved.queue_number if visit.saved else ""
    host = scene.facility.host
    return Confirmation(
        heading=words.say(ending.ask),
        reference_label=words.say("Your reference"),
        reference=reference,
        paper=paper(visit, words),
        next_heading=words.say("What happens next"),
        next=tuple(words.say(text) for text in ending.next),
        finish=Button(words.say("Finish"), Left()),
        number_label=words.say("Your number") if number else "",
        number=number,
        code=f"https://{host}/r/{reference}" if host and reference else "",
        code_label=words.say("Keep it on your phone: {host}", host=isolate(host)) if host else "",
        on_ticket=on_ticket(visit, scene),
    )


def _failed(visit: Visit, scene: Scene, words: Words) -> Notice:
    again = (Button(words.say("Check your answers and try again"), WentBack()),) if visit.reviewed else ()
    return Notice(
        Tone.BAD,
        words.say("Something went wrong on this terminal"),
        (
            words.say("Your request has not been sent"),
            words.say(scene.facility.help_text),
        ),
        (*again, Button(words.say("Finish"), Left())),
        visit.code,
    )


def _closed(scene: Scene, words: Words) -> Notice:
    today = [o for o in scene.facility.opening if o.weekday == scene.local.weekday()]
    hours = tuple(
        words.say(
            "Today we are open {opens} to {closes}",
            opens=spell_time(o.opens, words.formats),
            closes=spell_time(o.closes, words.formats),
        )
        for o in today
    )
    return Notice(Tone.NEUTRAL, words.say("We are closed now"), hours or (words.say("We are closed today"),))


def _out_of_order(visit: Visit, scene: Scene, words: Words) -> Notice:
    return Notice(
        Tone.BAD,
        words.say("This terminal is out of order"),
        (words.say(scene.facility.help_text),),
        (),
        visit.code,
    )


def _still_there(visit: Visit, scene: Scene, words: Words) -> StillThere:
    left_s = ends_at_s(visit, scene) - scene.monotonic_s
    return StillThere(
        heading=words.say("Are you still there?"),
        text=words.say("Your answers will be wiped when the time is up, to keep them private"),
        seconds_left=max(0, math.ceil(left_s)),
        more=Button(words.say("I need more time"), MoreTimeAsked()),
        leave=Button(words.say("Leave now"), Left()),
    )
