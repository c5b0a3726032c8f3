"""How soon the terminal knows; medians, so that a busy machine does not decide."""

import statistics
import time
from collections.abc import Callable
from typing import Any

from devices.catalogue import open_printer, open_reader
from kiosk.core.hardware import CardPurpose, Condition
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice

COVER_S = 0.05
PLUG_S = 1.0
ROUNDS = 5


def taken(act: Callable[[], object], facts: Facts, condition: Condition) -> float:
    before = time.monotonic()
    act()
    facts.condition(condition)
    return time.monotonic() - before


def printer_at(device: SimulatedDevice, facts: Facts, closing: list[Any]) -> None:
    adapter = open_printer(
        "printer",
        device.address,
        "generic-80mm",
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=None,
    )
    closing.append(adapter)
    facts.condition(Condition.READY)


def test_an_opened_cover_is_known_within_fifty_milliseconds(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    printer_at(printer, facts, closing)
    times = []
    for _ in range(ROUNDS):
        times.append(taken(lambda: printer.tell("cover-open"), facts, Condition.BLOCKED))
        taken(lambda: printer.tell("cover-close"), facts, Condition.READY)
    assert statistics.median(times) < COVER_S


def test_a_printer_plugged_in_is_ready_within_a_second(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    printer_at(printer, facts, closing)
    times = []
    for _ in range(ROUNDS):
        taken(lambda: printer.tell("unplug"), facts, Condition.ABSENT)
        times.append(taken(lambda: printer.tell("replug"), facts, Condition.READY))
    assert statistics.median(times) < PLUG_S


def test_a_reader_plugged_in_under_another_name_of_its_own_is_ready_within_a_second(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = open_reader("reader", badge.address, "rdm6300", clock=RealClock(), site_key=b"key", sink=facts)
    closing.append(adapter)
    adapter.arm(CardPurpose.ANSWER)
    facts.condition(Condition.READY)
    times = []
    for _ in range(ROUNDS):
        # The link keeps its name, as under /dev/serial/by-id; what it leads to is a new terminal each time.
        taken(lambda: badge.tell("unplug"), facts, Condition.ABSENT)
        times.append(taken(lambda: badge.tell("replug"), facts, Condition.READY))
    assert statistics.median(times) < PLUG_S
