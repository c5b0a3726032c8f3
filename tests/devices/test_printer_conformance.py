"""Conversations that every printer profile must pass, in virtual time, over a pseudo-terminal and over TCP.

A new profile is one entry in ``profiles.yaml``; it is held to all of this without a line here.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.catalogue import profile_names
from devices.printers import printing
from kiosk.core.hardware import Condition, Held, NotPrinted, Printed, PrintedUnconfirmed, Reason, Unknown
from tests.devices.stands import READY, Stand, standing

WAYS = ("desk", "pty", "tcp")


@pytest.fixture(params=[(way, profile) for profile in profile_names() for way in WAYS], ids="-".join)
def stand(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    way, profile = request.param
    with standing(way, profile, tmp_path) as made:
        yield made


@pytest.fixture(params=profile_names())
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stand]:
    """In virtual time only, for conversations that take long."""
    with standing("desk", request.param, tmp_path) as made:
        yield made


def test_tickets_are_printed_once_each_and_confirmed(stand: Stand) -> None:
    for number in range(3):
        stand.submit(f"job-{number}")
    assert [stand.outcome(f"job-{number}") for number in range(3)] == [Printed()] * 3
    assert stand.tickets() == 3 or stand.tickets() == 0  # one without a cutter never cuts a slip off


@pytest.mark.parametrize(
    ("fault", "reason"), [("cover-open", Reason.COVER_OPEN), ("paper-out", Reason.PAPER_OUT)]
)
def test_nothing_is_sent_to_a_printer_that_cannot_print(desk: Stand, fault: str, reason: Reason) -> None:
    desk.fault(fault)
    desk.until(Condition.BLOCKED)
    desk.submit("job-1")
    assert desk.outcome("job-1") == NotPrinted(reason)
    assert desk.is_untouched()


def test_a_fault_and_a_pulled_cable_are_told_and_both_pass(stand: Stand) -> None:
    stand.fault("cover-open")
    stand.until(Condition.BLOCKED)
    stand.submit("job-1")
    assert stand.outcome("job-1") == NotPrinted(Reason.COVER_OPEN)
    assert stand.is_untouched()
    stand.fault("ok")
    stand.until(*READY)
    stand.fault("unplug")
    stand.until(Condition.ABSENT)
    stand.fault("replug")
    stand.until(*READY)
    stand.submit("job-2")
    assert stand.outcome("job-2") == Printed()


def test_paper_that_ends_inside_a_ticket_holds_it_and_the_rest_comes_out_once(desk: Stand) -> None:
    desk.fault("paper 4")
    desk.submit("job-1")
    assert desk.outcome("job-1") == Held(Reason.PAPER_OUT)
    desk.fault("ok")
    assert desk.settled("job-1") == Printed()
    assert desk.tickets() <= 1


def test_a_printer_that_stops_answering_is_never_believed_to_have_printed(desk: Stand) -> None:
    desk.fault("mute")
    desk.submit("job-1")
    assert isinstance(desk.outcome("job-1"), NotPrinted | Unknown)


def test_a_unit_that_confirms_nothing_is_never_told_as_printed(desk: Stand) -> None:
    desk.fault("unplug")
    desk.until(Condition.ABSENT)
    desk.fault("bare")
    desk.fault("replug")
    desk.until(*READY)
    # The first may be sent in the belief that this is the unit that was here before.
    for name in ("job-1", "job-2"):
        desk.submit(name)
        assert isinstance(desk.outcome(name), PrintedUnconfirmed | Unknown)


def test_a_mutant_that_takes_silence_for_success_is_caught(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "PrintedUnconfirmed", lambda *_: Printed())
    with standing("desk", "generic-80mm", tmp_path) as stand, pytest.raises(AssertionError):
        test_a_unit_that_confirms_nothing_is_never_told_as_printed(stand)
