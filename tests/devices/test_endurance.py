"""What must hold for months, in small: a plug pulled again and again (readers: `test_readers_endure`)."""

import random
import threading
from pathlib import Path
from typing import Any

from devices.catalogue import open_printer
from kiosk.core.hardware import Condition
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice

PULLS = 100


def test_a_hundred_pulled_plugs_leave_no_thread_and_no_descriptor_behind(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = open_printer(
        "device",
        printer.address,
        "generic-80mm",
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=None,
    )
    closing.append(adapter)
    facts.condition(Condition.READY)
    before = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
    chance = random.Random(7)  # noqa: S311 - when a plug is pulled, not a secret
    for _ in range(PULLS):
        threading.Event().wait(chance.random() * 0.02)
        printer.tell("unplug")
        printer.tell("replug")
    facts.condition(Condition.READY)
    after = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
    assert after <= before
