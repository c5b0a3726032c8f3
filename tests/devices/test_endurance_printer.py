"""A printer whose plug is pulled a hundred times, also inside tickets: nothing grows, nothing lies."""

import gc
import logging
import random
import threading
import tracemalloc
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_printer, typeset_raster
from kiosk.core.hardware import Condition, DeviceStatus, Printed
from kiosk.core.ticket import Line, Ticket
from kiosk.ports import JobDone, JobSettled
from kiosk.typeset import Typesetter
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice
from tests.devices.desk import TICKET, job

PULLS = 100
SETTLED_AFTER = 20
MOST_GROWTH = 100_000
LONGEST_OUT_S = 0.05
LONGEST_IN_S = 0.3
PUNJABI = Ticket((*TICKET.parts, Line("ਕਿਰਪਾ ਕਰਕੇ ਆਪਣੀ ਟਿਕਟ ਰੱਖੋ।", language="pa")))


def held() -> tuple[int, int]:
    """Count threads and descriptors."""
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def memory() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


class Tally:
    """What was told, counted and then forgotten: the test itself must not grow."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self.outcomes: Counter[str] = Counter()
        self.conditions: Counter[Condition] = Counter()
        self.printed = 0

    def take(self) -> None:
        for fact in self._facts.taken():
            match fact:
                case DeviceStatus(condition=condition):
                    self.conditions[condition] += 1
                case JobDone(job_id, outcome):
                    self.outcomes[job_id] += 1
                    self.printed += isinstance(outcome, Printed)
                case JobSettled(outcome=outcome):
                    self.printed += isinstance(outcome, Printed)
                case _:
                    pass


@pytest.fixture
def quiet_logs() -> Iterator[None]:
    """Keep pytest from collecting a line for each loss: what grows here must be ours."""
    logging.disable()
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("quiet_logs")
@pytest.mark.timeout(120)
def test_a_hundred_pulled_plugs_leave_nothing_behind_and_no_ticket_twice(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = open_printer(
        "printer",
        printer.address,
        "generic-80mm",
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=typeset_raster(Typesetter()),
    )
    closing.append(adapter)
    facts.condition(Condition.READY)
    tally = Tally(facts)
    chance = random.Random(7)  # noqa: S311 - when a plug is pulled, not a secret
    pause = threading.Event()
    before, early = held(), 0
    tracemalloc.start()
    for pull in range(PULLS):
        if pull == SETTLED_AFTER:
            tally.take()
            early = memory()
        adapter.submit(job(f"job-{pull}", PUNJABI if pull % 3 else TICKET))
        pause.wait(chance.random() * LONGEST_IN_S)
        printer.tell("unplug")
        pause.wait(chance.random() * LONGEST_OUT_S)
        printer.tell("replug")
        tally.take()
    facts.until(lambda _: adapter.status().condition is Condition.READY)
    tally.take()
    grown = memory() - early
    tracemalloc.stop()
    assert held() == before
    assert grown < MOST_GROWTH
    assert set(tally.outcomes.values()) == {1}, "each ticket has its outcome, once"
    assert len(tally.outcomes) == PULLS
    assert tally.conditions[Condition.ABSENT] > PULLS // 5, "the plug was out too short to be noticed"
    assert tally.printed <= int(printer.tell("status")["tickets"]) <= PULLS, "printed without proof, or twice"
