"""Moves of a step that takes pages: ask for one, look at it, choose it or ask again.

Responsible for: which page is waited for, and that no other one is ever taken: not one that was cancelled,
not one of an earlier visit.
Not responsible for: going on to the next step (`kiosk.core.asking`), or what is seen
(`kiosk.core.seen_scanning`).
"""

from dataclasses import replace

from kiosk.core.case import AnswerJson, Attachment
from kiosk.core.effects import Note, ScanPage, StopScanning
from kiosk.core.events import PageRemoved, PageUsed, ScanAsked, ScanDone, ScanStopped
from kiosk.core.journey import Step
from kiosk.core.moves import Move, stay
from kiosk.core.scans import PageNotScanned, Scan, ScannedPage
from kiosk.core.steps.document import DocumentStep, draft_of_pages
from kiosk.core.visit import Scene, Visit

JPEG = "image/jpeg"


def asked(visit: Visit, event: ScanAsked, scene: Scene) -> Move:
    """Ask for a page; one that was looked at and not chosen is gone."""
    step, scan = _here(visit, event.step, scene), visit.scan
    if step is None or scan.request or len(scan.pages) >= step.most_pages:
        return stay(visit)
    number = visit.pages_asked + 1
    request = f"{visit.case_id}/{number}"
    return Move(_holding(replace(visit, pages_asked=number), scan.asking(request)), (ScanPage(request),))


def stopped(visit: Visit, event: ScanStopped, scene: Scene) -> Move:
    """Wait no longer; what the scanner still sends means nothing any more."""
    if _here(visit, event.step, scene) is None or not visit.scan.request:
        return stay(visit)
    return Move(_holding(visit, visit.scan.at_rest()), (StopScanning(),))


def done(visit: Visit, event: ScanDone, scene: Scene) -> Move:
    """Take the page that is waited for, and no other; the visitor waited too, so time counts from now."""
    outcome = event.outcome
    if not visit.scan.request or outcome.request != visit.scan.request:
        return stay(visit)
    then = replace(_holding(visit, visit.scan.after(outcome)), touched_s=scene.monotonic_s)
    told = (Note("SCAN", outcome.fault.value),) if isinstance(outcome, PageNotScanned) else ()
    return Move(then, told)


def used(visit: Visit, event: PageUsed, scene: Scene) -> Move:
    """Choose the page that is looked at."""
    page = visit.scan.looked_at
    if _here(visit, event.step, scene) is None or page is None:
        return stay(visit)
    return stay(_holding(visit, replace(visit.scan.at_rest(), pages=(*visit.scan.pages, page))))


def removed(visit: Visit, event: PageRemoved, scene: Scene) -> Move:
    """Take the last page out again."""
    if _here(visit, event.step, scene) is None or visit.scan.request:
        return stay(visit)
    return stay(_holding(visit, replace(visit.scan.at_rest(), pages=visit.scan.pages[:-1])))


def left(before: Visit, move: Move) -> Move:
    """Cancel what is under way at a step that is left."""
    return Move(move.visit, (StopScanning(), *move.effects)) if before.scan.request else move


def at_rest(visit: Visit) -> Visit:
    """Drop what was not chosen; for whoever goes to another step."""
    return replace(visit, scans={step: scan.at_rest() for step, scan in visit.scans.items()})


def accepted(visit: Visit) -> Visit:
    """Let the pages that were chosen be those that are sent."""
    if visit.at not in visit.scans:
        return visit
    scan = visit.scan.at_rest()
    return replace(visit, scans={**visit.scans, visit.at: replace(scan, accepted=scan.pages)})


def attachments(visit: Visit, scene: Scene) -> tuple[Attachment, ...]:
    """Return the pages of a visit in the order of its steps, as they are kept with its case."""
    return tuple(
        Attachment(JPEG, page.content)
        for step in visit.steps(scene.facility)
        if isinstance(step, DocumentStep)
        for page in pages_of(visit, step)
    )


def written(answers: dict[str, AnswerJson], visit: Visit, scene: Scene) -> dict[str, AnswerJson]:
    """Let the answer of each step that takes pages name its attachments, by their place in the case."""
    named, first = dict(answers), 1
    for step in visit.steps(scene.facility):
        if isinstance(step, DocumentStep) and (pages := pages_of(visit, step)):
            named[step.step] = [f"attachment {first + place}" for place in range(len(pages))]
            first += len(pages)
    return named


def pages_of(visit: Visit, step: Step) -> tuple[ScannedPage, ...]:
    """Return the accepted pages of a step."""
    return visit.scans.get(step.step, Scan()).accepted


def _here(visit: Visit, step_id: str, scene: Scene) -> DocumentStep | None:
    step = visit.step(scene.facility)
    return step if isinstance(step, DocumentStep) and step.step == step_id else None


def _holding(visit: Visit, scan: Scan) -> Visit:
    drafts = {**visit.drafts, visit.at: draft_of_pages(scan)}
    return replace(visit, scans={**visit.scans, visit.at: scan}, drafts=drafts, problems=())
