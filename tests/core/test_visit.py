"""A visit from the welcome to the thank-you, decided without a screen, a disk or a clock."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from kiosk.core import events as e
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.effects import (
    CheckStaff,
    CheckStore,
    EndVisit,
    FindAppointments,
    ListStaffJobs,
    PrintTicket,
    ReadCard,
    SaveCase,
    StaffPrint,
    StopReading,
)
from kiosk.core.hardware import (
    CardPresented,
    CardPurpose,
    CardUnreadable,
    Condition,
    DeviceStatus,
    Held,
    NotPrinted,
    Printed,
    PrintedUnconfirmed,
    Reason,
    Unknown,
)
from kiosk.core.moves import Move, stay
from kiosk.core.seen import seen
from kiosk.core.staff_view import StaffJob
from kiosk.core.steps.appointment import Search
from kiosk.core.transitions import advance, begin
from kiosk.core.views import (
    Confirmation,
    Menu,
    Notice,
    Question,
    Review,
    StaffTickets,
    StillThere,
    Tone,
    Welcome,
)
from kiosk.core.visit import Scene, Stage, Visit
from tests.core.facility_for_tests import BOOKED, scene, visit

SAVED = SavedCase(CaseId("case-1"), "K-0001-X", "B001", "job-1")


def walk(start: Visit, happened: Iterable[e.Event], at: Scene | None = None) -> Move:
    move = Move(start)
    for event in happened:
        move = advance(move.visit, event, at or scene())
    return move


def begun() -> Visit:
    return begin(visit(), scene()).visit


def missed_bin() -> Visit:
    touches = (e.LanguageChosen("en"), e.GroupChosen("bins"), e.ServiceChosen("missed-bin"))
    return walk(begun(), touches).visit


def at_review() -> Visit:
    answer = (e.OptionTouched("which-bin", "brown"), e.Continued("which-bin"))
    return walk(missed_bin(), answer).visit


def test_a_visitor_reports_a_missed_bin_and_takes_the_ticket() -> None:
    sent = walk(at_review(), [e.Sent()])
    assert isinstance(sent.effects[0], SaveCase)
    assert sent.effects[0].draft.answers == {"which-bin": "brown"}
    kept = advance(sent.visit, e.CaseSaved(SAVED), scene())
    assert kept.effects == (PrintTicket("job-1"),)
    done = advance(kept.visit, e.TicketDone("job-1", Printed()), scene())
    body = seen(done.visit, scene()).body
    assert isinstance(body, Confirmation)
    assert (body.number, body.reference, body.paper.heading) == ("B001", "K-0001-X", "Take your ticket")


def test_nothing_is_printed_before_the_case_is_on_disk() -> None:
    sent = walk(at_review(), [e.Sent(), e.TicketDone("job-1", Printed())])
    assert sent.visit.stage is Stage.SAVING
    assert not any(isinstance(effect, PrintTicket) for effect in sent.effects)


def test_a_second_touch_on_send_sends_nothing_more() -> None:
    twice = walk(at_review(), [e.Sent(), e.Sent()])
    assert twice.effects == ()


@pytest.mark.parametrize(
    "outcome",
    [PrintedUnconfirmed(), Held(Reason.PAPER_OUT), NotPrinted(Reason.NO_PRINTER), Unknown(Reason.STALLED, 9)],
)
def test_take_your_ticket_is_said_only_when_the_printer_said_so(outcome: Held) -> None:
    done = walk(at_review(), [e.Sent(), e.CaseSaved(SAVED), e.TicketDone("job-1", outcome)])
    body = seen(done.visit, scene()).body
    assert isinstance(body, Confirmation)
    assert body.paper.tone is Tone.CAUTION
    assert body.paper.heading != "Take your ticket"
    assert body.number == "B001"


def test_the_outcome_of_another_job_changes_nothing() -> None:
    printing = walk(at_review(), [e.Sent(), e.CaseSaved(SAVED)]).visit
    assert advance(printing, e.TicketDone("job-0", Printed()), scene()).visit == printing


def test_a_printer_that_never_answers_ends_in_unknown_after_a_bound() -> None:
    printing = walk(at_review(), [e.Sent(), e.CaseSaved(SAVED)]).visit
    assert advance(printing, e.Ticked(), scene(29.0)).visit.stage is Stage.PRINTING
    late = advance(printing, e.Ticked(), scene(30.0)).visit
    assert (late.stage, late.outcome) == (Stage.DONE, Unknown(Reason.NO_ANSWER))


def test_a_case_that_could_not_be_kept_is_said_and_can_be_sent_again() -> None:
    failed = walk(at_review(), [e.Sent(), e.CaseNotSaved("STORE-002")]).visit
    body = seen(failed, scene()).body
    assert isinstance(body, Notice)
    assert (body.code, body.tone) == ("STORE-002", Tone.BAD)
    again = walk(failed, [e.WentBack(), e.Sent()])
    assert isinstance(again.effects[0], SaveCase)
    assert again.effects[0].draft.answers == {"which-bin": "brown"}


def test_a_step_is_checked_only_on_continue_and_keeps_what_was_typed() -> None:
    at_name = replace(missed_bin(), service="every-kind", at="number")
    typing = walk(at_name, [e.Typed("number", "text", "12x")]).visit
    assert typing.problems == ()
    checked = advance(typing, e.Continued("number"), scene()).visit
    body = seen(checked, scene()).body
    assert isinstance(body, Question)
    assert body.problems_heading == "There is a problem"
    assert [problem.text for problem in body.problems] == ["Enter a whole number, like 3"]
    assert checked.drafts["number"] == {"text": "12x"}


def test_a_change_on_the_review_returns_to_the_review() -> None:
    changing = walk(at_review(), [e.ChangeAsked("which-bin"), e.OptionTouched("which-bin", "green")])
    back = advance(changing.visit, e.Continued("which-bin"), scene()).visit
    body = seen(back, scene()).body
    assert isinstance(body, Review)
    assert [row.answer for row in body.rows] == ["Green"]


def test_going_back_from_the_first_step_leads_to_the_services() -> None:
    assert walk(missed_bin(), [e.WentBack()]).visit.stage is Stage.SERVICES


def test_the_language_can_be_changed_in_the_middle_and_keeps_the_answers() -> None:
    touched = walk(missed_bin(), [e.OptionTouched("which-bin", "brown"), e.LanguagesAsked()]).visit
    welsh = advance(touched, e.LanguageChosen("cy"), scene()).visit
    body = seen(welsh, scene()).body
    assert isinstance(body, Question)
    assert body.forward.label == "Parhau"
    assert welsh.drafts == touched.drafts


def test_idle_shows_a_warning_and_then_wipes_everything() -> None:
    filled = at_review()
    warned = advance(filled, e.Ticked(), scene(120.0)).visit
    body = seen(warned, scene(125.0)).body
    assert isinstance(body, StillThere)
    assert body.seconds_left == 25
    ended = advance(warned, e.Ticked(), scene(150.0))
    assert EndVisit() in ended.effects
    assert (ended.visit.answers, ended.visit.drafts) == ({}, {})


def test_more_time_takes_the_warning_away_and_keeps_the_answers() -> None:
    warned = advance(at_review(), e.Ticked(), scene(121.0)).visit
    more = advance(warned, e.MoreTimeAsked(), scene(140.0)).visit
    assert isinstance(seen(more, scene(140.0)).body, Review)
    assert isinstance(seen(advance(more, e.Ticked(), scene(200.0)).visit, scene(200.0)).body, Review)


def test_leaving_now_ends_the_visit_from_every_step() -> None:
    for filled in (missed_bin(), at_review()):
        assert EndVisit() in advance(filled, e.Left(), scene()).effects


def check_in(*more: e.Event) -> Move:
    touches = (
        e.LanguageChosen("en"),
        e.GroupChosen("arrive"),
        e.OptionTouched("know", "yes"),
        e.Continued("know"),
        e.Typed("booking", "text", "hx2 k9"),
        e.Continued("booking"),
    )
    return walk(begun(), (*touches, *more))


def test_a_visitor_checks_in_by_reference_and_joins_the_appointments_queue() -> None:
    asked = check_in()
    assert asked.effects == (FindAppointments("which", Search("HX2K9")),)
    sent = walk(asked.visit, [e.AppointmentsFound("which", (BOOKED,)), e.Continued("which"), e.Sent()])
    assert isinstance(sent.effects[0], SaveCase)
    assert (sent.effects[0].draft.appointment_id, sent.effects[0].draft.queue) == ("a1", "H")


def test_an_appointment_that_is_not_found_sends_the_visitor_to_people_not_away() -> None:
    lost = walk(check_in().visit, [e.AppointmentsFound("which", ())]).visit
    body = seen(lost, scene()).body
    assert isinstance(body, Notice)
    assert "member of staff" in body.paragraphs[0]
    assert walk(lost, [e.WentBack()]).visit.at == "booking"


def test_someone_who_checked_in_already_is_told_so() -> None:
    again = walk(check_in().visit, [e.AppointmentsFound("which", (replace(BOOKED, checked_in=True),))]).visit
    body = seen(again, scene()).body
    assert isinstance(body, Notice)
    assert body.heading == "You have already checked in"


def test_changing_the_reference_looks_the_appointment_up_again() -> None:
    found = walk(check_in().visit, [e.AppointmentsFound("which", (BOOKED,)), e.Continued("which")]).visit
    changed = walk(
        found, [e.ChangeAsked("booking"), e.Typed("booking", "text", "OTHER1"), e.Continued("booking")]
    )
    assert changed.effects == (FindAppointments("which", Search("OTHER1")),)


def test_a_card_step_reads_a_card_and_refuses_a_bank_card() -> None:
    asking = replace(missed_bin(), service="every-kind", at="card")
    read = advance(asking, e.CardRead(CardPresented("r", "badge", "abc")), scene()).visit
    assert read.drafts["card"] == {"card": "abc"}
    refused = advance(asking, e.CardRead(CardUnreadable("r", "payment-card")), scene()).visit
    assert "bank card" in refused.problems[0].text


def test_a_closed_facility_opens_by_the_clock() -> None:
    early = Scene(scene().facility, 0.0, scene().local.replace(hour=8))
    closed = begin(visit(), early).visit
    assert isinstance(seen(closed, early).body, Notice)
    assert isinstance(seen(advance(closed, e.Ticked(), scene()).visit, scene()).body, Welcome)


def test_the_printer_that_cannot_print_is_said_before_the_journey() -> None:
    absent = DeviceStatus("printer", Condition.ABSENT)
    told = walk(begun(), [e.DeviceChanged(absent), e.LanguageChosen("en")]).visit
    assert "cannot print" in seen(told, scene()).frame.notice


def test_staff_sign_in_and_reprint_a_ticket_as_a_copy() -> None:
    start = begin(visit(), scene())
    assert start.effects == (ReadCard(CardPurpose.STAFF),)
    seated = advance(start.visit, e.CardRead(CardPresented("r", "badge", "hash")), scene())
    typed = walk(seated.visit, [*map(e.PinDigit, "4711"), e.PinEntered()])
    assert typed.effects == (CheckStaff("hash", "4711"),)
    assert typed.visit.staff is not None
    assert typed.visit.staff.pin == ""
    jobs = (StaffJob("job-1", "10:30am", "B001", "Bins", None),)
    listed = walk(typed.visit, [e.StaffSignedIn("Sam"), e.StaffJobsListed(jobs)]).visit
    printing = advance(listed, e.StaffPrintAsked("job-1"), scene())
    assert printing.effects == (StaffPrint("job-1", "hash"),)
    told = advance(printing.visit, e.StaffPrintDone("job-1", Held(Reason.PAPER_OUT)), scene()).visit
    body = seen(told, scene()).body
    assert isinstance(body, StaffTickets)
    assert "put in a new roll" in body.text


def presented(kind: str, token: str, number: str = "") -> e.CardRead:
    return e.CardRead(CardPresented("r", kind, token, number))


def test_staff_who_remember_no_pin_hold_a_code_card_to_the_scanner() -> None:
    seated = advance(begun(), presented("badge", "hash"), scene())
    assert seated.effects == (ReadCard(CardPurpose.STAFF),)
    half_typed = advance(seated.visit, e.PinDigit("4"), scene()).visit
    shown = advance(half_typed, presented("code", "token"), scene())
    assert shown.effects == (CheckStaff("hash", "token"),)
    assert shown.visit.stage is Stage.STAFF_CHECK
    again = advance(shown.visit, e.StaffRefused(2, 0), scene())
    assert advance(again.visit, presented("code", "other"), scene()).effects == (CheckStaff("hash", "other"),)
    assert advance(shown.visit, e.StaffSignedIn("Sam"), scene()).effects == (StopReading(), ListStaffJobs())


@pytest.mark.parametrize(
    "card",
    [
        presented("badge", "another"),
        presented("code", "hash"),
        presented("code", "passport", "KAP1:LCY*K"),
        e.CardRead(CardUnreadable("r", "noise")),
    ],
)
def test_nothing_but_a_code_card_is_a_try_beside_the_pin(card: e.CardRead) -> None:
    seated = advance(begun(), presented("badge", "hash"), scene()).visit
    assert advance(seated, card, scene()) == stay(seated)


def test_a_code_card_without_a_badge_is_checked_by_nobody() -> None:
    alone = advance(begun(), presented("code", "token"), scene())
    assert alone.visit.stage is Stage.STAFF_PIN
    assert not any(isinstance(each, CheckStaff) for each in alone.effects)


def test_a_visitors_touches_reach_no_staff_view() -> None:
    quiet = walk(missed_bin(), [e.PinDigit("1"), e.PinEntered(), e.StaffPrintAsked("job-1")])
    assert quiet.visit == missed_bin()
    assert quiet.effects == ()


def test_a_badge_held_while_a_visitor_is_served_does_nothing() -> None:
    assert advance(missed_bin(), e.CardRead(CardPresented("r", "badge", "h")), scene()).visit == missed_bin()


def test_reading_stops_when_a_visitor_begins() -> None:
    assert StopReading() in walk(begun(), [e.LanguageChosen("en")]).effects


def test_a_group_with_one_service_goes_straight_to_it() -> None:
    assert walk(begun(), [e.LanguageChosen("en"), e.GroupChosen("arrive")]).visit.service == "check-in"


def test_a_journey_of_information_ends_without_a_case() -> None:
    read = walk(begun(), [e.LanguageChosen("en"), e.GroupChosen("read"), e.Continued("read")])
    assert EndVisit() in read.effects
    assert isinstance(seen(walk(begun(), [e.LanguageChosen("en")]).visit, scene()).body, Menu)


def test_a_terminal_that_cannot_keep_a_case_says_so_before_anybody_begins() -> None:
    ticked = advance(begun(), e.Ticked(), scene())
    assert ticked.effects == (CheckStore(),)
    full = advance(ticked.visit, e.OutOfOrder("STORE-002"), scene()).visit
    body = seen(full, scene()).body
    assert isinstance(body, Notice)
    assert (body.tone, body.code) == (Tone.BAD, "STORE-002")
    assert isinstance(seen(advance(full, e.Repaired(), scene()).visit, scene()).body, Welcome)


def test_a_visit_under_way_is_not_taken_away_by_a_full_disk() -> None:
    assert advance(at_review(), e.OutOfOrder("STORE-002"), scene()).visit == at_review()
