"""Knowing a unit again: what it was seen to do is remembered, and forgotten when it does not do it."""

import pytest

from devices.printers import commands, greeting
from devices.printers.decoder import Cleared, Decoder
from devices.printers.encoder import FenceMark, encode_commands
from devices.printers.profile import profile_named, profiles
from devices.printers.talk import Confirming, Greeting, Probing
from devices.simulators.mechanism import Build, Mechanism
from kiosk.core.hardware import (
    Condition,
    Fence,
    NotPrinted,
    Printed,
    PrintedUnconfirmed,
    PrinterUnit,
    Reason,
    Unknown,
)
from tests.devices.desk import TICKET, Desk, job
from tests.devices.test_encoder import dotted
from tests.devices.test_outcomes import whole_tickets

UNIT = PrinterUnit("TM-T20III", "SIM0000001")
HALF_A_PICTURE = b"\x1dv0\x00\x48\x00\x60\x00" + bytes(100)


def probed(desk: Desk, seconds: float = 4.0) -> set[Fence]:
    """Let time pass with nothing to print, and return the ways that were tried."""
    heard = bytearray()
    receive = desk.machine.receive

    def listen(came: bytes) -> None:
        heard.extend(came)
        receive(came)

    desk.machine.receive = listen  # type: ignore[method-assign]
    desk.wait(seconds)
    desk.machine.receive = receive  # type: ignore[method-assign]
    asked = {Fence.COMPLETION: b"\x1d(H", Fence.STATUS: commands.ASK_QUEUED}
    return {fence for fence, question in asked.items() if question in heard}


def test_the_first_contact_tries_what_the_unit_can_do_and_remembers_it() -> None:
    desk = Desk()
    assert probed(desk) == {Fence.COMPLETION}
    assert desk.units == {UNIT: Fence.COMPLETION}


def test_a_copy_without_completion_is_tried_once_in_its_life() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = False
    assert probed(desk) == {Fence.COMPLETION, Fence.STATUS}
    assert desk.units == {UNIT: Fence.STATUS}
    desk.unplug()
    desk.plug()
    assert probed(desk) == set()
    assert desk.talk.fence is Fence.STATUS
    desk.submit(job())
    assert desk.until_done(limit_s=3.0) == Printed()


def test_another_unit_at_the_same_cable_is_tried_itself() -> None:
    desk = Desk(units={UNIT: Fence.COMPLETION})
    desk.machine = Mechanism(Build(serial="SIM0000002"), desk._say, desk.slips.append)
    assert probed(desk) == {Fence.COMPLETION}
    assert desk.units[PrinterUnit("TM-T20III", "SIM0000002")] is Fence.COMPLETION


def test_a_unit_that_does_not_confirm_as_remembered_is_forgotten_and_tried_again() -> None:
    desk = Desk(units={UNIT: Fence.COMPLETION})
    desk.machine.faults.has_completion = False
    desk.wait(1.0)
    desk.submit(job())
    assert isinstance(desk.until_done(limit_s=5.0), Unknown), "never printed without the unit's own word"
    assert probed(desk) == {Fence.COMPLETION, Fence.STATUS}
    assert desk.units == {UNIT: Fence.STATUS}
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()
    assert whole_tickets(desk) == 2, "the first one did come out, and was not sent again"


def test_a_mutant_that_trusts_for_ever_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("devices.printers.printing.distrust", lambda talk: talk)
    with pytest.raises(AssertionError):
        test_a_unit_that_does_not_confirm_as_remembered_is_forgotten_and_tried_again()


def test_that_a_unit_confirms_nothing_is_tried_at_each_opening() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = desk.machine.faults.has_queued_status = False
    assert probed(desk) == {Fence.COMPLETION, Fence.STATUS}
    assert desk.units == {}
    desk.submit(job())
    assert desk.until_done() == PrintedUnconfirmed(Reason.NO_ANSWER)
    desk.mend()
    desk.unplug()
    desk.plug()
    assert probed(desk) == {Fence.COMPLETION}
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def test_a_unit_without_a_name_is_tried_at_each_opening() -> None:
    desk = Desk()
    desk.machine.faults.nameless = True
    assert probed(desk) == {Fence.COMPLETION}
    assert desk.units == {}
    desk.unplug()
    desk.plug()
    assert probed(desk) == {Fence.COMPLETION}


def test_an_answer_to_the_trial_that_comes_late_is_taken() -> None:
    desk = Desk()
    desk.machine.faults.late_s = 3.0
    desk.wait(6.0)
    assert desk.talk.fence is Fence.COMPLETION
    assert desk.units == {UNIT: Fence.COMPLETION}


def test_noise_at_the_trial_of_the_short_answer_is_not_remembered() -> None:
    desk = Desk()
    desk.machine.faults.has_completion = False
    desk.machine.faults.late_s = 0.3
    while not (isinstance(desk.talk.phase, Probing) and desk.talk.phase.kind is Fence.STATUS):
        desk._tick()
    desk.answers = b"\xff"
    desk.wait(1.0)
    assert desk.talk.fence is Fence.STATUS
    assert desk.units == {}


def test_a_cover_opened_while_the_unit_is_asked_for_its_name_only_delays_it() -> None:
    desk = Desk()
    desk.wait(0.05)
    desk.machine.faults.cover_open = True
    desk.wait(2.0)
    assert desk.status().condition is Condition.BLOCKED
    desk.mend()
    desk.wait(4.0)
    assert desk.units == {UNIT: Fence.COMPLETION}


# --- after a link that was lost in the middle of a picture ---


def test_the_answer_that_all_was_dropped_is_told_apart() -> None:
    assert Decoder().feed(b"\x37\x25\x00") == [Cleared()]


def freed_after(profile: str, *, clears: bool) -> tuple[Desk, float]:
    desk = Desk(profile)
    desk.machine.faults.has_clear = clears
    desk.machine.receive(HALF_A_PICTURE)
    started = desk.now
    while not desk.talk.hears_changes and desk.now < started + 30:
        desk._tick()
    assert desk.talk.hears_changes
    return desk, desk.now - started


def test_a_printer_that_drops_what_it_holds_when_told_is_freed_without_a_flood() -> None:
    desk, took_s = freed_after("epson-tm-t20iii", clears=True)
    assert desk.received < 1000
    assert took_s < 3.5
    desk.submit(job())
    assert desk.until_done() == Printed()


@pytest.mark.parametrize("profile", ["epson-tm-t20iii", "generic-80mm"])
def test_a_printer_that_knows_no_such_order_is_flushed(profile: str) -> None:
    desk, _ = freed_after(profile, clears=False)
    assert desk.received > len(commands.NULS)
    desk.submit(job())
    assert desk.until_done() == Printed()
    assert whole_tickets(desk) == 1


def test_nobody_waits_while_a_printer_is_flushed() -> None:
    desk = Desk()
    desk.machine.receive(HALF_A_PICTURE)
    desk.wait(1.0)
    assert isinstance(desk.talk.phase, Greeting)
    desk.submit(job())
    assert desk.until_done(limit_s=0.1) == NotPrinted(Reason.NO_ANSWER)
    desk.wait(4.0)
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()


def test_a_ticket_that_is_still_coming_out_when_the_link_is_back_is_not_cut_off() -> None:
    desk = Desk("epson-tm-t20iii")
    desk.wait(0.5)
    desk.submit(job())
    while not isinstance(desk.talk.phase, Confirming):
        desk._tick()
    assert not desk.slips
    desk.unplug()
    desk.plug()
    desk.wait(6.0)
    assert whole_tickets(desk) == len(desk.slips) == 1


def test_a_mutant_that_clears_at_once_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(greeting, "STILL_PRINTING_S", 0.0)
    monkeypatch.setattr(greeting, "ANSWER_S", 0.05)
    with pytest.raises(AssertionError):
        test_a_ticket_that_is_still_coming_out_when_the_link_is_back_is_not_cut_off()


@pytest.mark.parametrize("name", sorted(profiles()))
def test_a_flush_is_longer_than_the_rest_of_any_command_of_ours(name: str) -> None:
    fence = FenceMark(Fence.COMPLETION, 1)
    assert max(map(len, encode_commands(TICKET, profile_named(name), fence, dotted))) < len(commands.NULS)


def test_half_a_ticket_is_cut_off_before_the_next_visitors() -> None:
    desk = Desk()
    desk.wait(0.5)
    desk.submit(job())
    desk.until_received(200)
    desk.unplug()
    desk.machine.power_cycle()
    desk.plug()
    desk.wait(3.0)
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()
    half, whole = desk.slips
    assert "Please keep this ticket." not in "\n".join(half.lines)
    assert next(line.strip() for line in whole.lines if line.strip()) == "Demo Borough Council"
    desk.submit(job("job-3"))
    assert desk.until_done("job-3") == Printed()
    assert len(desk.slips) == 3
