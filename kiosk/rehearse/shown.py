"""Every view a facility can show, made by the core itself from invented visits.

Responsible for: one visit for every screen there is: each step of each service asked and answered wrongly,
each page, each ending, everything that can lie over them.
Not responsible for: drawing or judging them (`kiosk.rehearse.sweep`).
"""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO

from PIL import Image, ImageDraw

from kiosk.core.access import Access, Setting, Speech
from kiosk.core.asking import go_to, recheck
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.events import AccessAsked, Continued, HelpAsked, LanguagesAsked
from kiosk.core.facility import Facility
from kiosk.core.forms import form_of
from kiosk.core.hardware import Condition, DeviceStatus, Held, OutcomeWord, Printed, Reason, Unknown
from kiosk.core.journey import Answer, Chosen, Given, Service, Step
from kiosk.core.scans import Scan, ScanFault, ScannedPage
from kiosk.core.seen import seen
from kiosk.core.seen_scanning import ADVICE
from kiosk.core.staff_view import StaffJob
from kiosk.core.steps.document import DocumentStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.transitions import advance
from kiosk.core.views import View
from kiosk.core.visit import Over, Scene, StaffSitting, Stage, Visit

READY = DeviceStatus("printer", Condition.READY)
ABSENT = DeviceStatus("printer", Condition.ABSENT)
SAVED = SavedCase(CaseId("sweep"), "K7-3042-X", "A042", "job")
_JOBS = tuple(
    StaffJob(f"job-{n}", "10:30am", f"A0{n}", "Report a missed bin", OutcomeWord.PRINTED, 1)
    for n in range(10, 17)
)
PAGE_PX = (424, 600)
_TEXTS = {"DateStep": "2026-11-20", "MoneyStep": "123456", "NumberStep": "3", "DocumentStep": "2"}
_LONG_ANSWER = "Apartment 14, The Old Council Offices, 123 High Street"


def every_view(
    facility: Facility, language: str, access: Access, local: datetime
) -> Iterator[tuple[str, View]]:
    """Give every view by a name that says where it is; in one language with one set of access settings."""
    scene = Scene(facility, 0.0, local)
    fresh = Visit(CaseId("sweep"), language, access=access, printer=READY)
    for name, visit in _visits(fresh, scene):
        yield name, seen(recheck(visit, scene), scene)


def _visits(fresh: Visit, scene: Scene) -> Iterator[tuple[str, Visit]]:
    yield from _paged("welcome", fresh, scene)
    groups = replace(fresh, stage=Stage.GROUPS)
    yield from _paged("groups", groups, scene)
    for group in scene.facility.groups:
        inside = replace(fresh, stage=Stage.SERVICES, group=group.group)
        yield from _paged(f"services-{group.group}", inside, scene)
    for service in scene.facility.services.values():
        yield from _of_service(replace(fresh, service=service.service, group=service.group), service, scene)
    yield from _laid_over(groups, scene)
    yield from _at_rest(fresh)
    yield from _of_staff(fresh)


def _paged(name: str, visit: Visit, scene: Scene) -> Iterator[tuple[str, Visit]]:
    """Give every page of a list."""
    for page in range(99):
        view = seen(replace(visit, page=page, over_page=page), scene)
        yield (name if not page else f"{name}-{page + 1}"), replace(visit, page=page, over_page=page)
        pager = getattr(view.body, "pager", None)
        if pager is None or pager.next is None:
            return


def _of_service(visit: Visit, service: Service, scene: Scene) -> Iterator[tuple[str, Visit]]:
    answers = {step.step: _answer(step) for step in service.journey if step.is_question}
    for step in service.journey:
        if isinstance(step, ReviewStep | ConfirmationStep):
            continue
        asked = go_to(replace(visit, answers=dict(_wanted(step))), step, scene).visit
        yield from _asked(f"{service.service}-{step.step}", asked, step, scene)
    if not any(isinstance(step, ReviewStep) for step in service.journey):
        return
    answered = replace(visit, answers=answers, reviewed=True, saved=replace(SAVED, at=scene.local))
    yield from _paged(f"{service.service}-review", replace(answered, stage=Stage.REVIEW), scene)
    for outcome in (Printed(), Held(Reason.PAPER_OUT), Unknown(Reason.NO_ANSWER)):
        done = replace(answered, stage=Stage.DONE, outcome=outcome)
        yield f"{service.service}-done-{type(outcome).__name__.lower()}", done


def _asked(name: str, asked: Visit, step: Step, scene: Scene) -> Iterator[tuple[str, Visit]]:
    """Give every page of a step, and each with what is wrong when nothing is answered."""
    if isinstance(step, DocumentStep):
        yield from _of_document(name, asked, step)
    pages = len(form_of(asked, step, scene).pages) if asked.stage is Stage.STEP else 1
    for page in range(pages):
        here = replace(asked, page=page)
        yield (f"{name}-{page + 1}" if page else name), here
        wrong = advance(here, Continued(step.step, page), scene).visit
        if wrong.problems:
            yield (f"{name}-{page + 1}-problem" if page else f"{name}-problem"), wrong


def _of_document(name: str, asked: Visit, step: DocumentStep) -> Iterator[tuple[str, Visit]]:
    """Give every state of a step that takes pages, and everything that is said of faults."""
    told = {advice: fault for fault, advice in ADVICE.items()}
    page = _page()
    full = (page,) * step.most_pages
    scans = {
        "reading": Scan(request="sweep/1"),
        "look": Scan(looked_at=page),
        "kept": Scan((page,)),
        "full": Scan(full),
        "kept-jam": Scan((page,), fault=ScanFault.JAM),
        **{fault.value: Scan(fault=fault) for fault in told.values()},
    }
    for state, scan in scans.items():
        yield f"{name}-{state}", replace(asked, scans={step.step: scan})


def _page() -> ScannedPage:
    """Draw a page with lines on it."""
    paper, written = Image.new("L", PAGE_PX, 250), BytesIO()
    pen = ImageDraw.Draw(paper)
    for line in range(40, PAGE_PX[1] - 40, 14):
        pen.line((40, line, PAGE_PX[0] - 40, line), fill=60, width=3)
    paper.save(written, "JPEG")
    return ScannedPage(b"", base64.b64encode(written.getvalue()).decode("ascii"), *PAGE_PX)


def _wanted(step: Step) -> Iterator[tuple[str, Answer]]:
    """Answer what a step depends on, so that it is asked."""
    for condition in step.when:
        if not condition.negated:
            yield condition.step, Chosen((condition.any_of[0],))


def _answer(step: Step) -> Answer:
    offers = getattr(step, "options", ())
    return Chosen((offers[0].option,)) if offers else Given(_text_for(type(step).__name__))


def _text_for(kind: str) -> str:
    return _TEXTS.get(kind, _LONG_ANSWER)


def _laid_over(groups: Visit, scene: Scene) -> Iterator[tuple[str, Visit]]:
    yield "help", advance(groups, HelpAsked(), scene).visit
    yield from _paged("languages", advance(groups, LanguagesAsked(), scene).visit, scene)
    yield "still-there", replace(groups, over=Over.STILL_THERE)
    yield from _paged("access", advance(groups, AccessAsked(), scene).visit, scene)
    for setting in (s for s in Setting if s not in (Setting.RATE, Setting.VOLUME)):
        yield f"access-{setting}", advance(groups, AccessAsked(setting), scene).visit
    loud = replace(groups, access=replace(groups.access, speech=Speech.ON))
    yield "access-speech-on", advance(loud, AccessAsked(Setting.SPEECH), scene).visit


def _at_rest(fresh: Visit) -> Iterator[tuple[str, Visit]]:
    yield "welcome-access", replace(fresh, over=Over.ACCESS)
    yield "closed", replace(fresh, stage=Stage.CLOSED)
    yield "out-of-order", replace(fresh, stage=Stage.OUT_OF_ORDER, code="STORE-002")
    yield "failed", replace(fresh, stage=Stage.FAILED, code="STORE-002", reviewed=True)
    yield "saving", replace(fresh, stage=Stage.SAVING)
    yield "printing", replace(fresh, stage=Stage.PRINTING)
    yield "not-found", replace(fresh, stage=Stage.NOT_FOUND)
    yield "groups-no-paper", replace(fresh, stage=Stage.GROUPS, printer=ABSENT)


def _of_staff(fresh: Visit) -> Iterator[tuple[str, Visit]]:
    sitting = StaffSitting("badge", "12", "Sam", jobs=_JOBS)
    yield "staff-pin", replace(fresh, stage=Stage.STAFF_PIN, staff=sitting)
    yield "staff-list", replace(fresh, stage=Stage.STAFF_LIST, staff=sitting)
