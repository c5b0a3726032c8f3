"""Each of the five outcomes, the way back from each fault, and that no fault makes the terminal lie."""

import pytest

from devices.printers.talk import Encoded, NotBegun, Ticked
from kiosk.core.hardware import (
    Condition,
    Held,
    NotPrinted,
    Printed,
    PrintedUnconfirmed,
    Reason,
    Unknown,
)
from tests.devices.desk import Desk, job


@pytest.fixture
def desk() -> Desk:
    ready = Desk()
    ready.wait(0.5)
    assert ready.status().condition is Condition.READY
    return ready


def whole_tickets(desk: Desk) -> int:
    return desk.paper().count("Please keep this ticket.")


def test_a_ticket_is_printed_when_the_printer_says_so(desk: Desk) -> None:
    desk.submit(job())
    assert desk.until_done() == Printed()
    assert desk.journal == ["job-1"]
    assert len(desk.slips) == whole_tickets(desk) == 1
    assert desk.status().condition is Condition.READY


def test_the_journal_knows_of_a_job_before_its_first_byte(desk: Desk) -> None:
    desk.received = 0
    desk.submit(job())
    while not desk.journal:
        desk.step(Ticked())
        desk._tick()  # one turn of the desk at a time
    ticket_bytes = sum(map(len, desk.talk.flight.commands)) if desk.talk.flight else 0
    assert ticket_bytes > 200


def test_a_job_that_cannot_be_written_down_is_not_sent(desk: Desk) -> None:
    desk._do = lambda action: _refuse_journal(desk, action)  # type: ignore[method-assign]
    desk.submit(job())
    assert desk.until_done() == NotPrinted(Reason.NOT_KEPT)
    assert not desk.sent()
    assert desk.paper() == ""


def _refuse_journal(desk: Desk, action: object) -> None:
    if type(action).__name__ == "Begin":
        desk._events.append(NotBegun(Reason.NOT_KEPT))
    else:
        Desk._do(desk, action)  # type: ignore[arg-type]


def test_with_the_cover_open_nothing_is_sent_and_afterwards_all_is_well(desk: Desk) -> None:
    desk.machine.faults.cover_open = True
    desk.wait(0.1)
    assert desk.status().reason is Reason.COVER_OPEN
    desk.submit(job())
    assert desk.until_done() == NotPrinted(Reason.COVER_OPEN)
    assert not desk.sent()
    desk.mend()
    desk.wait(0.1)
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()
    assert len(desk.slips) == 1


def test_without_a_printer_a_ticket_is_not_printed_at_once() -> None:
    desk = Desk(plugged=False)
    desk.wait(0.3)
    assert desk.status().condition is Condition.ABSENT
    desk.submit(job())
    assert desk.until_done(limit_s=0.3) == NotPrinted(Reason.NO_PRINTER)
    desk.plug()
    desk.wait(1.0)
    assert desk.status().condition is Condition.READY
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def test_paper_out_holds_the_ticket_and_says_so_and_the_rest_comes_out_once(desk: Desk) -> None:
    desk.machine.faults.lines_left(5)
    desk.submit(job())
    assert desk.until_done() == Held(Reason.PAPER_OUT)
    assert desk.status().condition is Condition.BLOCKED
    desk.submit(job("job-2"))
    assert desk.until_done("job-2", limit_s=1.0) == NotPrinted(Reason.PAPER_OUT)
    desk.wait(60)
    desk.mend()
    desk.wait(3)
    assert desk.settled() == [Printed()]
    assert len(desk.outcomes()) == 1
    assert whole_tickets(desk) == 1
    desk.submit(job("job-3"))
    assert desk.until_done("job-3") == Printed()


def test_a_cover_opened_for_a_moment_delays_the_ticket_and_no_more(desk: Desk) -> None:
    desk.submit(job())
    desk.until_received(200)
    desk.machine.faults.cover_open = True
    desk.wait(1.0)
    desk.machine.faults.cover_open = False
    assert desk.until_done() == Printed()
    assert desk.settled() == []


def test_a_printer_switched_off_while_it_held_a_ticket_has_lost_it(desk: Desk) -> None:
    desk.machine.faults.lines_left(5)
    desk.submit(job())
    assert desk.until_done() == Held(Reason.PAPER_OUT)
    desk.mend()
    desk.machine.power_cycle()
    desk.wait(10)
    assert desk.settled() == [Unknown(Reason.PAPER_OUT, bytes_sent=_whole_length(desk))]
    assert whole_tickets(desk) == 0
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def _whole_length(desk: Desk) -> int:
    return next(outcome.bytes_sent for outcome in desk.settled() if isinstance(outcome, Unknown))


def test_a_cable_pulled_out_leaves_the_ticket_unknown_and_comes_back_by_itself(desk: Desk) -> None:
    desk.submit(job())
    desk.until_received(150)
    desk.unplug()
    outcome = desk.until_done(limit_s=0.1)
    assert isinstance(outcome, Unknown)
    assert outcome.reason is Reason.LINK_LOST
    assert outcome.bytes_sent > 0
    desk.plug()
    desk.wait(1.0)
    assert desk.status().condition is Condition.READY
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def test_a_held_ticket_whose_cable_is_pulled_is_settled_as_unknown(desk: Desk) -> None:
    desk.machine.faults.lines_left(5)
    desk.submit(job())
    assert desk.until_done() == Held(Reason.PAPER_OUT)
    desk.unplug()
    assert [type(outcome) for outcome in desk.settled()] == [Unknown]
    assert len(desk.outcomes()) == 1


def test_a_printer_that_answers_nothing_gets_no_ticket(desk: Desk) -> None:
    desk.machine.faults.mute = True
    desk.submit(job())
    assert desk.until_done(limit_s=2.0) == NotPrinted(Reason.NO_ANSWER)
    assert desk.status().condition is Condition.SILENT
    desk.mend()
    desk.wait(3.0)
    assert desk.status().condition is Condition.READY


def test_a_printer_that_falls_mute_inside_leaves_the_ticket_unknown(desk: Desk) -> None:
    desk.submit(job())
    desk.until_received(150)
    desk.machine.faults.mute = True
    outcome = desk.until_done(limit_s=5.0)
    assert isinstance(outcome, Unknown)
    assert outcome.reason is Reason.NO_ANSWER


def test_a_late_answer_settles_what_was_unknown(desk: Desk) -> None:
    desk.machine.faults.late_s = 6.0
    desk.submit(job())
    assert isinstance(desk.until_done(limit_s=5.0), Unknown)
    desk.wait(4.0)
    assert desk.settled() == [Printed()]
    assert len(desk.outcomes()) == 1


def test_answers_given_twice_are_taken_once(desk: Desk) -> None:
    desk.machine.faults.double = True
    for number in range(5):
        desk.submit(job(f"job-{number}"))
        assert desk.until_done(f"job-{number}") == Printed()
    assert len(desk.slips) == 5
    assert desk.settled() == []


def test_a_stalled_printer_is_given_up_within_the_limit() -> None:
    desk = Desk(profile_name="plain-80mm")
    desk.wait(0.5)
    desk.submit(job())
    desk.until_received(300)
    desk.machine.faults.stall = True
    outcome = desk.until_done(limit_s=5.0)
    assert isinstance(outcome, Unknown)
    assert outcome.reason is Reason.STALLED
    assert desk.status().condition is Condition.SILENT
    desk.mend()
    desk.wait(12.0)
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def test_a_copy_without_completion_is_believed_by_its_queued_answer() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = False
    desk.wait(2.0)
    assert desk.status().condition is Condition.READY
    desk.submit(job())
    assert desk.until_done() == Printed()


def test_noise_makes_a_queued_answer_worth_less() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = False
    desk.wait(2.0)
    desk.submit(job())
    desk.until_received(150)
    desk.answers += b"\xff\xfe"
    assert desk.until_done() == PrintedUnconfirmed(Reason.GARBAGE)


def test_a_copy_that_confirms_nothing_is_never_said_to_have_printed() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = desk.machine.faults.has_queued_status = False
    desk.wait(3.0)
    desk.submit(job())
    assert desk.until_done() == PrintedUnconfirmed(Reason.NO_ANSWER)
    desk.machine.faults.lines_left(5)
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Held(Reason.PAPER_OUT)


def test_a_printer_without_automatic_status_is_asked_instead() -> None:
    desk = Desk()
    desk.machine.faults.lacks_asb = True
    desk.wait(6.0)
    assert desk.status().condition is Condition.READY
    desk.machine.faults.cover_open = True
    desk.wait(2.0)
    assert desk.status().reason is Reason.COVER_OPEN


def test_a_printer_that_was_left_in_the_middle_of_a_picture_is_freed() -> None:
    desk = Desk()
    desk.machine.receive(b"\x1dv0\x00\x48\x00\x60\x00")
    desk.wait(6.0)
    assert desk.status().condition is Condition.READY
    desk.submit(job())
    assert desk.until_done() == Printed()


def test_a_cover_open_at_start_is_told_and_then_forgotten() -> None:
    desk = Desk()
    desk.machine.faults.cover_open = True
    desk.wait(2.0)
    assert desk.status().reason is Reason.COVER_OPEN
    desk.mend()
    desk.wait(1.5)
    assert desk.status().condition is Condition.READY


def test_paper_low_is_a_warning_and_prints(desk: Desk) -> None:
    desk.machine.faults.near_end = True
    desk.wait(0.1)
    assert (desk.status().condition, desk.status().reason) == (Condition.READY_WARN, Reason.PAPER_LOW)
    desk.submit(job())
    assert desk.until_done() == Printed()


def test_one_job_is_under_way_at_a_time_and_all_come_out_in_order(desk: Desk) -> None:
    for number in range(3):
        desk.submit(job(f"job-{number}"))
    desk.wait(15)
    assert [desk.outcomes(f"job-{number}") for number in range(3)] == [[Printed()]] * 3
    assert len(desk.slips) == 3


def test_a_conversation_is_a_value_and_never_changes_in_place(desk: Desk) -> None:
    before = desk.talk
    desk.submit(job())
    desk.until_done()
    assert before.flight is None
    assert before.waiting == ()
    assert not isinstance(before, Encoded)
