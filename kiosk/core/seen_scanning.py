"""What is seen of a step that takes pages: lay it down, it is being read, look at it, these will be sent.

Responsible for: the words and ways on of each state, and what a visitor can do after a fault.
Not responsible for: which state it is (`kiosk.core.scanning`), or drawing.
"""

from dataclasses import replace
from typing import Final

from kiosk.core.codes import SCAN
from kiosk.core.events import Continued, PageRemoved, PageUsed, ScanAsked, ScanStopped
from kiosk.core.scans import Scan, ScanFault, ScannedPage
from kiosk.core.steps.document import LAY_IT_DOWN, DocumentStep, ready_to_send
from kiosk.core.views import Button, PageSlot, Problem, Question, Working
from kiosk.core.words import Words

_NOT_NOW: Final = "The scanner cannot be used at the moment. Ask a member of staff"
_NOT_FINISHED: Final = "The scanner did not finish the page. Scan it again, or ask a member of staff"
ADVICE: Final = {
    ScanFault.ABSENT: _NOT_NOW,
    ScanFault.BUSY: _NOT_NOW,
    ScanFault.REFUSED: _NOT_NOW,
    ScanFault.LID_OPEN: "The lid of the scanner is open. Close it, then scan the page again",
    ScanFault.JAM: "The page is stuck in the scanner. Ask a member of staff to take it out",
    ScanFault.NO_PAGE: "There is no page in the scanner. Put it in, then scan it again",
    ScanFault.LOST: _NOT_FINISHED,
    ScanFault.TOO_SLOW: _NOT_FINISHED,
    ScanFault.TOO_LARGE: _NOT_FINISHED,
    ScanFault.GARBAGE: _NOT_FINISHED,
}
"""What the visitor is told of each fault, in English."""


def document(
    scan: Scan, step: DocumentStep, heading: str, words: Words, *, brief: bool = False
) -> Question | Working:
    """Say what must be seen of the step; `brief`: letters leave no room for hints."""
    if scan.request:
        stop = Button(words.say("Stop scanning"), ScanStopped(step.step))
        return Working(words.say("The scanner is reading your page"), words.say("This takes a moment"), stop)
    if scan.looked_at is not None:
        return _look(scan.looked_at, step, words)
    brief = brief or scan.fault is not None
    problems = (Problem("", words.say(ADVICE[scan.fault])),) if scan.fault else ()
    full = len(scan.pages) >= step.most_pages
    return Question(
        step=step.step,
        heading=heading,
        entry=_kept(scan, step, words, full=full, brief=brief) if scan.pages else _empty(scan, words),
        forward=_forward(scan, step, words),
        skip=_other_way(scan, step, words, full=full),
        hint=words.say(step.hint) if step.hint and not (scan.pages or brief) else "",
        why=words.say(step.why) if step.why and not (scan.pages or brief) else "",
        problems_heading=words.say("There is a problem") if problems else "",
        problems=problems,
    )


def _look(page: ScannedPage, step: DocumentStep, words: Words) -> Question:
    return Question(
        step=step.step,
        heading=words.say("Can you read everything on this page?"),
        entry=_picture(page, words),
        forward=Button(words.say("Use this page"), PageUsed(step.step)),
        skip=Button(words.say("Scan again"), ScanAsked(step.step)),
    )


def _empty(scan: Scan, words: Words) -> PageSlot:
    return PageSlot(words.say(LAY_IT_DOWN), code=_code(scan))


def _kept(scan: Scan, step: DocumentStep, words: Words, *, full: bool, brief: bool) -> PageSlot:
    more = (
        words.say("No more pages can be added")
        if full
        else words.say("To add another page, lay it on the scanner and touch Add another page")
    )
    return replace(
        _picture(scan.pages[-1], words),
        text=ready_to_send(len(scan.pages), words),
        more="" if brief else more,
        remove=Button(words.say("Remove the last page"), PageRemoved(step.step)),
        code=_code(scan),
    )


def _picture(page: ScannedPage, words: Words) -> PageSlot:
    name = words.say("Picture of your page")
    return PageSlot(
        "", picture=page.picture, picture_name=name, width_px=page.width_px, height_px=page.height_px
    )


def _forward(scan: Scan, step: DocumentStep, words: Words) -> Button:
    if scan.pages:
        return Button(words.say("Continue"), Continued(step.step))
    return Button(words.say("Scan the page"), ScanAsked(step.step))


def _other_way(scan: Scan, step: DocumentStep, words: Words, *, full: bool) -> Button | None:
    if scan.pages:
        return None if full else Button(words.say("Add another page"), ScanAsked(step.step))
    return Button(words.say("Go on without a document"), Continued(step.step)) if step.optional else None


def _code(scan: Scan) -> str:
    return SCAN[scan.fault][0] if scan.fault else ""
