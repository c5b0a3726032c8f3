"""A step that takes pages: the one that was asked for, those that were chosen, gone with the visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core import events as e
from kiosk.core import scanning, transitions
from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.bidi import strip_isolates
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.codes import SCAN
from kiosk.core.effects import EndVisit, SaveCase, ScanPage, StopScanning
from kiosk.core.journey import Service
from kiosk.core.moves import Move, stay
from kiosk.core.scans import PageNotScanned, PageScanned, Scan, ScanFault, ScannedPage
from kiosk.core.seen import seen
from kiosk.core.seen_scanning import ADVICE
from kiosk.core.spoken import spoken
from kiosk.core.steps.document import DocumentStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.steps.writing import ShortTextStep
from kiosk.core.transitions import advance, begin
from kiosk.core.views import PageSlot, Question, Working
from kiosk.core.visit import Scene, Stage, Visit
from tests.core.facility_for_tests import facility, scene, visit

ENDING = (ReviewStep(step="check", send="Send it"), ConfirmationStep(step="done", next=("We read it",)))
NAME = ShortTextStep(step="more", ask="What else?", optional=True)
LETTER = DocumentStep(step="letter", ask="Your letter", optional=True, most_pages=2)
PROOF = DocumentStep(step="proof", ask="Your proof")


def page(content: bytes) -> ScannedPage:
    return ScannedPage(content, f"picture of {content.decode()}", 99, 140)


class Walk:
    """A visitor at a service, and all that was asked of the world for them."""

    def __init__(self, *steps: DocumentStep | ShortTextStep, case_id: str = "case-1") -> None:
        service = Service("letters", "Letters", "bins", (*steps, *ENDING))
        self._scene = replace(scene(), facility=replace(facility(), services={"letters": service}))
        begun = begin(replace(visit(), case_id=CaseId(case_id)), self.scene()).visit
        self.visit = begun
        self.effects: list[object] = []
        self.does(e.LanguageChosen("en"), e.ServiceChosen("letters"))

    def scene(self, monotonic_s: float = 0.0) -> Scene:
        return replace(self._scene, monotonic_s=monotonic_s)

    def does(self, *events: e.Event, at_s: float = 0.0) -> Visit:
        for event in events:
            move = advance(self.visit, event, self.scene(at_s))
            self.visit = move.visit
            self.effects += move.effects
        return self.visit

    def scans(self, *contents: bytes) -> None:
        """Scan pages and use each."""
        for content in contents:
            self.does(e.ScanAsked(self.visit.at))
            self.does(self.read(content), e.PageUsed(self.visit.at))

    def read(self, content: bytes) -> e.ScanDone:
        return e.ScanDone(PageScanned(self.visit.scan.request, page(content)))

    def body(self) -> Question | Working:
        body = seen(self.visit, self.scene()).body
        assert isinstance(body, Question | Working)
        return body

    def slot(self) -> PageSlot:
        body = self.body()
        assert isinstance(body, Question)
        assert isinstance(body.entry, PageSlot)
        return body.entry

    def labels(self) -> list[str]:
        body = self.body()
        if isinstance(body, Working):
            return [body.stop.label] if body.stop else []
        buttons = (self.slot().remove, body.skip, body.forward)
        return [each.label for each in buttons if each]

    def sent(self) -> SaveCase:
        (save,) = (each for each in self.effects if isinstance(each, SaveCase))
        return save


def test_a_page_is_asked_for_read_looked_at_and_chosen() -> None:
    walk = Walk(LETTER)
    assert walk.labels() == ["Go on without a document", "Scan the page"]
    walk.does(e.ScanAsked("letter"))
    assert walk.effects[-1] == ScanPage("case-1/1")
    assert walk.labels() == ["Stop scanning"]
    walk.does(walk.read(b"one"))
    assert walk.slot().picture == "picture of one"
    assert walk.labels() == ["Scan again", "Use this page"]
    walk.does(e.PageUsed("letter"))
    assert strip_isolates(walk.slot().text) == "1 page is ready to send"
    assert walk.labels() == ["Remove the last page", "Add another page", "Continue"]


def test_a_page_that_is_scanned_again_replaces_the_one_that_was_looked_at() -> None:
    walk = Walk(LETTER)
    walk.does(e.ScanAsked("letter"))
    walk.does(walk.read(b"upside down"), e.ScanAsked("letter"))
    assert walk.visit.scan.looked_at is None
    walk.does(walk.read(b"good"), e.PageUsed("letter"), e.Continued("letter"), e.Sent())
    assert [each.content for each in walk.sent().draft.attachments] == [b"good"]


def test_a_page_that_was_stopped_is_not_taken_when_it_comes_all_the_same() -> None:
    walk = Walk(LETTER)
    walk.does(e.ScanAsked("letter"))
    late = walk.read(b"late")
    walk.does(e.ScanStopped("letter"))
    assert walk.effects[-1] == StopScanning()
    walk.does(late)
    assert walk.visit.scan == Scan()
    walk.does(e.ScanAsked("letter"), late)
    assert walk.visit.scan == Scan(request="case-1/2"), "not even while another page is waited for"


def test_a_page_of_the_visitor_before_is_never_shown_to_the_next() -> None:
    before, after = Walk(LETTER, case_id="case-1"), Walk(LETTER, case_id="case-2")
    before.does(e.ScanAsked("letter"))
    after.does(e.ScanAsked("letter"))
    after.does(before.read(b"somebody else's"))
    assert after.visit.scan.looked_at is None


def test_a_visit_that_takes_whatever_page_comes_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant of the two tests above: a rule that does not look which page was asked for."""

    def careless(visit: Visit, event: e.ScanDone, _: Scene) -> Move:
        return stay(replace(visit, scans={visit.at: visit.scan.after(event.outcome)}))

    monkeypatch.setitem(transitions.TABLE, (Stage.STEP, e.ScanDone), careless)
    with pytest.raises(AssertionError):
        test_a_page_of_the_visitor_before_is_never_shown_to_the_next()
    with pytest.raises(AssertionError):
        test_a_page_that_was_stopped_is_not_taken_when_it_comes_all_the_same()


def test_pages_go_with_the_case_in_the_order_of_steps_and_the_answer_names_them() -> None:
    walk = Walk(PROOF, NAME, LETTER)
    walk.scans(b"a", b"b")
    walk.does(e.Continued("proof"), e.Continued("more"))
    walk.scans(b"c")
    walk.does(e.Continued("letter"))
    assert walk.visit.stage is Stage.REVIEW
    walk.does(e.Sent())
    draft = walk.sent().draft
    assert [(each.media_type, each.content) for each in draft.attachments] == [
        ("image/jpeg", b"a"),
        ("image/jpeg", b"b"),
        ("image/jpeg", b"c"),
    ]
    assert draft.answers == {
        "proof": ["attachment 1", "attachment 2"],
        "more": None,
        "letter": ["attachment 3"],
    }


def test_who_goes_on_without_a_document_sends_none() -> None:
    walk = Walk(LETTER)
    walk.does(e.Continued("letter"), e.Sent())
    assert walk.sent().draft.attachments == ()
    assert walk.sent().draft.answers == {"letter": None}


def test_a_document_that_is_needed_cannot_be_passed_over() -> None:
    walk = Walk(PROOF)
    assert walk.labels() == ["Scan the page"]
    walk.does(e.Continued("proof"))
    assert walk.visit.stage is Stage.STEP
    assert walk.visit.problems


def test_no_more_pages_are_asked_for_than_can_be_sent() -> None:
    walk = Walk(LETTER)
    walk.scans(b"a", b"b")
    assert walk.labels() == ["Remove the last page", "Continue"]
    assert walk.slot().more == "No more pages can be added"
    asked = len(walk.effects)
    walk.does(e.ScanAsked("letter"))
    assert len(walk.effects) == asked
    walk.does(e.PageRemoved("letter"))
    assert walk.slot().picture == "picture of a"
    assert "Add another page" in walk.labels()


def test_pages_that_were_changed_and_not_accepted_are_not_sent() -> None:
    walk = Walk(LETTER)
    walk.scans(b"a", b"b")
    walk.does(e.Continued("letter"), e.ChangeAsked("letter"), e.PageRemoved("letter"), e.WentBack())
    assert walk.visit.stage is Stage.REVIEW
    walk.does(e.Sent())
    assert [each.content for each in walk.sent().draft.attachments] == [b"a", b"b"]


def test_pages_stay_while_an_earlier_question_is_put_right() -> None:
    walk = Walk(NAME, LETTER)
    walk.does(e.Continued("more"))
    walk.scans(b"a")
    walk.does(e.WentBack(), e.Continued("more"))
    assert strip_isolates(walk.slot().text) == "1 page is ready to send"


def test_back_stops_the_scanner_and_drops_what_was_not_chosen() -> None:
    walk = Walk(NAME, LETTER)
    walk.does(e.Continued("more"), e.ScanAsked("letter"), e.WentBack())
    assert StopScanning() in walk.effects
    walk.does(e.Continued("more"), e.ScanAsked("letter"))
    walk.does(walk.read(b"a"), e.WentBack(), e.Continued("more"))
    assert walk.visit.scan == Scan()


@pytest.mark.parametrize("fault", list(ScanFault))
def test_each_fault_has_a_code_and_tells_what_to_do_and_the_way_on_stays_open(fault: ScanFault) -> None:
    walk = Walk(LETTER)
    walk.does(e.ScanAsked("letter"))
    walk.does(e.ScanDone(PageNotScanned(walk.visit.scan.request, fault)))
    body = walk.body()
    assert isinstance(body, Question)
    assert [problem.text for problem in body.problems] == [ADVICE[fault]]
    assert walk.slot().code == SCAN[fault][0]
    assert walk.labels() == ["Go on without a document", "Scan the page"]
    walk.does(e.ScanAsked("letter"))
    assert walk.effects[-1] == ScanPage("case-1/2")
    walk.does(e.ScanStopped("letter"), e.Continued("letter"))
    assert walk.visit.stage is Stage.REVIEW


def test_a_fault_keeps_the_pages_that_were_chosen() -> None:
    walk = Walk(LETTER)
    walk.scans(b"a")
    walk.does(e.ScanAsked("letter"))
    walk.does(e.ScanDone(PageNotScanned(walk.visit.scan.request, ScanFault.JAM)))
    assert walk.slot().picture == "picture of a"
    assert walk.labels() == ["Remove the last page", "Add another page", "Continue"]


def test_hints_give_way_where_large_letters_leave_no_room_and_the_page_stays() -> None:
    walk = Walk(LETTER)
    walk.scans(b"a")
    assert walk.slot().more
    walk.visit = replace(walk.visit, access=Access(text=TextSize.LARGEST, reach=Reach.LOW_LEFT))
    assert not walk.slot().more
    assert walk.slot().picture == "picture of a"


def test_continue_means_nothing_while_a_page_is_read() -> None:
    walk = Walk(LETTER)
    walk.does(e.ScanAsked("letter"), e.Continued("letter"))
    assert walk.visit.scan.request
    assert walk.visit.stage is Stage.STEP


def test_the_time_to_look_at_a_page_counts_from_when_it_came() -> None:
    walk = Walk(LETTER)
    walk.does(e.ScanAsked("letter"))
    walk.does(walk.read(b"a"), at_s=50.0)
    assert walk.visit.touched_s == 50.0


def test_pages_are_gone_with_the_visit_the_service_and_once_the_case_is_on_disk() -> None:
    walk = Walk(LETTER)
    walk.scans(b"a")
    left = advance(walk.visit, e.Left(), walk.scene())
    assert not left.visit.scans
    assert EndVisit() in left.effects
    assert not advance(walk.visit, e.WentBack(), walk.scene()).visit.scans
    walk.does(e.Continued("letter"), e.Sent())
    assert walk.visit.scans, "until then a failure can be tried again"
    walk.does(e.CaseSaved(SavedCase(CaseId("case-1"), "K-1")))
    assert not walk.visit.scans


def test_no_page_is_shown_to_a_programmer_or_read_aloud() -> None:
    walk = Walk(LETTER)
    walk.scans(b"private")
    view = seen(walk.visit, walk.scene())
    text = repr(walk.visit) + repr(view) + repr(scanning.attachments(walk.visit, walk.scene()))
    assert "private" not in text
    said = [each.text for each in spoken(view, facility().words("en"))]
    assert "Picture of your page" in said
    assert not any("picture of private" in each for each in said)


def test_a_pages_step_is_read_aloud_in_every_state() -> None:
    walk = Walk(LETTER)
    words = facility().words("en")
    walk.does(e.ScanAsked("letter"))
    assert [each.text for each in spoken(seen(walk.visit, walk.scene()), words)][:3] == [
        "The scanner is reading your page",
        "This takes a moment",
        "Stop scanning",
    ]
