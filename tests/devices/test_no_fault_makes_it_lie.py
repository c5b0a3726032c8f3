"""Every printer fault at every part of a ticket: never "printed" without proof, never a second live copy."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from devices.printers import printing
from devices.printers.talk import Flight, Talk
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.events import TicketDone
from kiosk.core.hardware import Condition, NotPrinted, Printed, PrintOutcome, Reason, Unknown
from kiosk.core.seen import seen
from kiosk.core.transitions import advance
from kiosk.core.views import Confirmation, Tone
from kiosk.core.visit import Stage, Visit
from tests.core.facility_for_tests import scene
from tests.devices.desk import Desk, job

SHARES = (0.0, 0.1, 0.35, 0.6, 0.85, 1.0)
"""How much of the ticket has left when it happens: nothing, the greeting, three places inside, all."""
FAULTS: dict[str, Callable[[Desk], None]] = {
    "cover-open": lambda desk: setattr(desk.machine.faults, "cover_open", True),
    "paper-out": lambda desk: desk.machine.faults.lines_left(0),
    "paper-ends-in-two-lines": lambda desk: desk.machine.faults.lines_left(2),
    "jam": lambda desk: setattr(desk.machine.faults, "jam", True),
    "cutter": lambda desk: setattr(desk.machine.faults, "cutter", True),
    "hot": lambda desk: setattr(desk.machine.faults, "overheated", True),
    "mute": lambda desk: setattr(desk.machine.faults, "mute", True),
    "stall": lambda desk: setattr(desk.machine.faults, "stall", True),
    "unplug": lambda desk: desk.unplug(),
    "switched-off": lambda desk: desk.machine.power_cycle(desk.now + 1.0),
    "late": lambda desk: setattr(desk.machine.faults, "late_s", 6.0),
    "garbage": lambda desk: setattr(
        desk, "answers", desk.answers + bytes(range(0x80, 0x100)) + b"\x14\x20\x0c\x00"
    ),
}
LONGEST_S = 5.0
TAKE_IT = "Take your ticket"


def whole_tickets(desk: Desk) -> int:
    return desk.paper().count("Please keep this ticket.")


def rehearse(fault: str, share: float) -> None:
    """Print a ticket, let something happen inside it, and hold the terminal to all that it promised."""
    desk = Desk()
    desk.wait(0.5)
    assert desk.status().condition is Condition.READY
    desk.submit(job())
    desk.until_sent(share)
    started = desk.now
    FAULTS[fault](desk)
    outcome = desk.until_done(limit_s=LONGEST_S)
    assert desk.now - started <= LONGEST_S
    on_paper = whole_tickets(desk)
    assert not isinstance(outcome, Printed) or on_paper == 1, "printed without proof"
    assert not isinstance(outcome, NotPrinted) or desk.paper() == "", "it did come out"
    the_glass_tells(outcome)
    desk.mend()
    desk.plug()
    desk.wait(15)
    assert len(desk.outcomes()) == 1
    assert len(desk.settled()) <= 1
    assert whole_tickets(desk) <= 1, "a second live copy"
    desk.submit(job("job-2"))
    assert desk.until_done("job-2") == Printed()
    assert whole_tickets(desk) <= 2


def the_glass_tells(outcome: PrintOutcome) -> None:
    """The number stands on the glass in any case; "take your ticket" only when the printer said so."""
    saved = SavedCase(CaseId("case-1"), "K7-0042-X", "A042", "job-1")
    visit = Visit(CaseId("case-1"), "en", Stage.PRINTING, service="missed-bin", saved=saved)
    body = seen(advance(visit, TicketDone("job-1", outcome), scene()).visit, scene()).body
    assert isinstance(body, Confirmation)
    assert "A042" in repr(body)
    assert (body.paper.tone is Tone.GOOD) is isinstance(outcome, Printed)
    assert (TAKE_IT in repr(body)) is isinstance(outcome, Printed)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_at_any_place_makes_the_terminal_lie(fault: str, share: float) -> None:
    rehearse(fault, share)


def mutated(change: Callable[[Flight, PrintOutcome], PrintOutcome]) -> Callable[..., Talk]:
    """Return a way of telling outcomes that changes them on the way."""
    honest = printing._tell
    return lambda talk, flight, outcome: honest(talk, flight, change(flight, outcome))


def test_a_mutant_that_takes_sent_for_printed_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    tell = mutated(lambda flight, outcome: outcome if flight.commands else Printed())
    monkeypatch.setattr(printing, "_tell", tell)
    for fault in ("unplug", "switched-off"):
        with pytest.raises(AssertionError, match="printed without proof"):
            rehearse(fault, 1.0)


def test_a_mutant_that_takes_silence_for_printed_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def hopeful(_flight: Flight, outcome: PrintOutcome) -> PrintOutcome:
        return Printed() if isinstance(outcome, Unknown) and outcome.reason is Reason.NO_ANSWER else outcome

    monkeypatch.setattr(printing, "_tell", mutated(hopeful))
    with pytest.raises(AssertionError, match="printed without proof"):
        rehearse("switched-off", 0.35)


@pytest.mark.parametrize("fault", ["unplug", "stall"])
def test_a_mutant_that_sends_a_doubtful_ticket_again_is_caught(
    monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    honest = printing._tell

    def insistent(talk: Talk, flight: Flight, outcome: PrintOutcome) -> Talk:
        told = honest(talk, flight, outcome)
        again = isinstance(outcome, Unknown) and flight.job.job_id == "job-1"
        return replace(told, waiting=(flight.job,)) if again else told

    monkeypatch.setattr(printing, "_tell", insistent)
    with pytest.raises(AssertionError):
        rehearse(fault, 0.6)
