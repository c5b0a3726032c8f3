"""The matrix of faults and places once more, in real time, against a simulator process at a line."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.catalogue import open_printer
from devices.printers.adapter import PrinterAdapter
from kiosk.core.hardware import Condition, NotPrinted, Printed, PrintOutcome
from kiosk.ports import JobDone
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice, start, stop
from tests.devices.desk import job
from tests.devices.test_no_fault_makes_it_lie import LONGEST_S, SHARES

FAULTS = (
    "cover-open",
    "paper-out",
    "paper 2",
    "jam",
    "cutter",
    "hot",
    "mute",
    "stall",
    "unplug",
    "power-cycle",
)
LENGTH = 320
"""About the bytes of the ticket."""
pytestmark = [pytest.mark.prove, pytest.mark.timeout(60)]


@pytest.fixture(params=["pty", "tcp"])
def device(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SimulatedDevice]:
    over = ["--over-tcp"] if request.param == "tcp" else []
    made = start(tmp_path, "printer", "--baud", "9600", "--speed", "150", *over)
    yield made
    stop(made)


def has_sent(adapter: PrinterAdapter, share: float) -> bool:
    flight = adapter._talk.flight
    return flight is not None and flight.bytes_sent >= share * LENGTH


def tries(adapter: PrinterAdapter, facts: Facts) -> Iterator[PrintOutcome]:
    """Print until it works: what a stalled printer was sent runs through a slow line for a while."""
    for number in range(2, 8):
        adapter.submit(job(f"job-{number}"))
        yield facts.outcome(f"job-{number}")
        threading.Event().wait(2.0)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_at_any_place_makes_the_terminal_lie(
    device: SimulatedDevice, facts: Facts, fault: str, share: float
) -> None:
    adapter = open_printer(
        "printer",
        device.address.replace("115200", "9600"),
        "generic-80mm",
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=None,
    )
    try:
        facts.condition(Condition.READY)
        adapter.submit(job())
        end = time.monotonic() + LONGEST_S
        while not has_sent(adapter, min(share, 0.95)) and time.monotonic() < end:
            threading.Event().wait(0.002)
        began = time.monotonic()
        device.tell(fault)
        outcome = facts.outcome("job-1")
        assert time.monotonic() - began <= LONGEST_S + 0.5
        tickets = device.tell("status")["tickets"]
        assert not isinstance(outcome, Printed) or tickets == 1, "printed without proof"
        assert not isinstance(outcome, NotPrinted) or tickets == 0
        device.tell("ok")
        device.tell("replug") if fault == "unplug" else None
        facts.until(lambda _: adapter.status().condition is Condition.READY)
        threading.Event().wait(1.0)
        assert device.tell("status")["tickets"] <= 1, "a second live copy"
        assert Printed() in tries(adapter, facts), "the printer is put right and does not print"
        assert len([f for f in facts.seen if isinstance(f, JobDone) and f.job_id == "job-1"]) == 1
    finally:
        adapter.close()
