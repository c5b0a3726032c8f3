"""The printer's thread against a simulator process on a pseudo-terminal: nothing here is shared but bytes."""

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pyzbar import pyzbar

from devices.catalogue import open_printer, typeset_raster
from devices.printers.adapter import PrinterAdapter
from kiosk.core.hardware import Condition, Held, NotPrinted, Printed, Reason, Unknown
from kiosk.core.ticket import Line, Ticket
from kiosk.errors import StoreFull
from kiosk.typeset import Typesetter
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice
from tests.devices.desk import TICKET, job


def opened(path: Path, facts: Facts, closing: list[Any], journal: Any = None) -> PrinterAdapter:
    adapter = open_printer(
        "printer",
        f"serial:{path}?baud=115200",
        "generic-80mm",
        clock=RealClock(),
        journal=journal or KeptJournal(),
        sink=facts,
        raster=typeset_raster(Typesetter()),
    )
    closing.append(adapter)
    return adapter


def test_a_ticket_goes_all_the_way_to_paper_and_its_code_can_be_scanned(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(printer.link, facts, closing)
    welsh = Ticket((*TICKET.parts, Line("Cadwch eich tocyn, Ŵyn", language="cy")))
    adapter.submit(job("job-1", welsh))
    assert facts.outcome("job-1") == Printed()
    assert "K7-0042-X" in printer.newest_text()
    assert "[picture" in printer.newest_text()
    with Image.open(printer.tell("status")["newest"]) as picture:
        codes = pyzbar.decode(picture)
    assert [code.data.decode() for code in codes] == ["https://demo.council.example/c/K7-0042-X"]


def test_paper_ends_inside_the_ticket_and_the_rest_comes_out_after_the_roll_change(
    slow_printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(slow_printer.link, facts, closing)
    facts.condition(Condition.READY)
    slow_printer.tell("paper 4")
    adapter.submit(job())
    assert facts.outcome("job-1") == Held(Reason.PAPER_OUT)
    slow_printer.tell("ok")
    assert facts.settled("job-1") == Printed()
    assert slow_printer.tell("status")["tickets"] == 1
    assert "end of roll" in slow_printer.newest_text()


def test_the_cable_comes_out_inside_a_ticket_and_goes_in_elsewhere(
    slow_printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(slow_printer.link, facts, closing)
    facts.condition(Condition.READY)
    adapter.submit(job())
    facts.condition(Condition.BUSY)
    slow_printer.tell("unplug")
    outcome = facts.outcome("job-1")
    assert isinstance(outcome, Unknown | NotPrinted)
    assert outcome.reason is Reason.LINK_LOST
    facts.condition(Condition.ABSENT)
    slow_printer.tell("replug")
    facts.condition(Condition.READY)
    adapter.submit(job("job-2"))
    assert facts.outcome("job-2") == Printed()


def test_a_printer_that_comes_back_as_another_ttyusb_is_found_by_its_own_name(
    printer: SimulatedDevice, facts: Facts, closing: list[Any], tmp_path: Path
) -> None:
    by_id = tmp_path / "usb-EPSON_TM-T20III_X5-if00"
    by_id.symlink_to(printer.link)
    adapter = opened(by_id, facts, closing)
    facts.condition(Condition.READY)
    printer.tell("unplug")
    facts.condition(Condition.ABSENT)
    printer.tell(f"replug {tmp_path / 'ttyUSB7'}")
    by_id.unlink()
    before = time.monotonic()
    by_id.symlink_to(tmp_path / "ttyUSB7")
    facts.condition(Condition.READY)
    assert time.monotonic() - before < 1.0
    adapter.submit(job())
    assert facts.outcome("job-1") == Printed()


def test_the_cover_is_open_before_the_ticket(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    journal = KeptJournal()
    adapter = opened(printer.link, facts, closing, journal)
    facts.condition(Condition.READY)
    printer.tell("cover-open")
    facts.condition(Condition.BLOCKED)
    adapter.submit(job())
    assert facts.outcome("job-1") == NotPrinted(Reason.COVER_OPEN)
    assert journal.jobs == []
    printer.tell("ok")
    facts.condition(Condition.READY)
    adapter.submit(job("job-2"))
    assert facts.outcome("job-2") == Printed()
    assert journal.jobs == ["job-2"]


def test_a_silent_printer_gets_no_ticket_and_is_taken_up_again(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(printer.link, facts, closing)
    facts.condition(Condition.READY)
    printer.tell("mute")
    adapter.submit(job())
    assert facts.outcome("job-1") == NotPrinted(Reason.NO_ANSWER)
    printer.tell("ok")
    facts.condition(Condition.READY)


def test_nothing_at_the_address_is_told_and_stops_nobody(
    tmp_path: Path, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(tmp_path / "nowhere", facts, closing)
    facts.condition(Condition.ABSENT)
    adapter.submit(job())
    assert facts.outcome("job-1") == NotPrinted(Reason.NO_PRINTER)


def test_a_full_disk_keeps_the_ticket_from_leaving(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    class FullJournal:
        def job_sent(self, job_id: str) -> None:
            raise StoreFull("STORE-002", f"No room to note {job_id}.", "Free some space.")

    adapter = opened(printer.link, facts, closing, FullJournal())
    adapter.submit(job())
    assert facts.outcome("job-1") == NotPrinted(Reason.NOT_KEPT)
    assert printer.tell("status")["unfinished"] == []


def test_closing_twice_and_submitting_afterwards_still_gives_each_job_one_outcome(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(printer.link, facts, closing)
    facts.condition(Condition.READY)
    adapter.close()
    adapter.close()
    adapter.submit(job())
    assert facts.outcome("job-1") == NotPrinted(Reason.RESTARTED)


def test_an_adapter_leaves_no_thread_and_no_descriptor_behind(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    opened(printer.link, facts, closing).close()
    before = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
    for _ in range(5):
        adapter = opened(printer.link, facts, closing)
        facts.condition(Condition.READY)
        printer.tell("unplug")
        facts.condition(Condition.ABSENT)
        printer.tell("replug")
        facts.condition(Condition.READY)
        adapter.close()
    assert (threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))) == before


@pytest.mark.parametrize("fault", ["garbage", "double"])
def test_noise_on_the_line_costs_no_truth(
    printer: SimulatedDevice, facts: Facts, closing: list[Any], fault: str
) -> None:
    adapter = opened(printer.link, facts, closing)
    facts.condition(Condition.READY)
    printer.tell(fault)
    adapter.submit(job())
    outcome = facts.outcome("job-1")
    if outcome == Printed():
        assert printer.tell("status")["tickets"] == 1
    printer.tell("ok")
    facts.condition(Condition.READY)
    adapter.submit(job("job-2"))
    assert facts.outcome("job-2") == Printed()
