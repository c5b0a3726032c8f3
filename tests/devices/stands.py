"""Places where a printer adapter meets a printer: in virtual time, on a pseudo-terminal, on a TCP port.

Responsible for: the same few words for all three, so that one conversation can be had at each.
Not responsible for: what must come of a conversation (`test_printer_conformance`).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from devices.catalogue import open_printer
from devices.printers.profile import profile_named
from kiosk.core.hardware import Condition, PrintOutcome
from tests.devices.conftest import Facts, KeptJournal, RealClock, start, stop
from tests.devices.desk import Desk, job

READY = (Condition.READY, Condition.READY_WARN)


class Stand(Protocol):
    """A printer adapter, a simulated printer, and somebody who can do things to both."""

    def submit(self, job_id: str) -> None: ...
    def outcome(self, job_id: str) -> PrintOutcome: ...
    def settled(self, job_id: str) -> PrintOutcome: ...
    def fault(self, line: str) -> None: ...
    def until(self, *conditions: Condition) -> None: ...
    def tickets(self) -> int: ...
    def is_untouched(self) -> bool: ...


class DeskStand:
    """In process, in virtual time."""

    def __init__(self, profile: str) -> None:
        self._desk = Desk(profile)
        self.until(*READY)

    def submit(self, job_id: str) -> None:
        self._desk.submit(job(job_id))

    def outcome(self, job_id: str) -> PrintOutcome:
        return self._desk.until_done(job_id)

    def settled(self, job_id: str) -> PrintOutcome:
        while not self._desk.settled(job_id):
            self._desk.wait(0.1)
        return self._desk.settled(job_id)[0]

    def fault(self, line: str) -> None:
        faults = self._desk.machine.faults
        match line.split():
            case ["ok"]:
                self._desk.mend()
            case ["unplug"]:
                self._desk.unplug()
            case ["replug"]:
                self._desk.plug()
            case ["paper", lines]:
                faults.lines_left(int(lines))
            case ["paper-out"]:
                faults.lines_left(0)
            case ["clone"]:
                faults.has_completion = False
            case ["bare"]:
                faults.has_completion = faults.has_queued_status = False
            case [name]:
                setattr(faults, {"cover-open": "cover_open"}.get(name, name), True)

    def until(self, *conditions: Condition) -> None:
        for _ in range(400):
            self._desk.wait(0.1)
            if self._desk.status().condition in conditions:
                return
        raise AssertionError(self._desk.status())

    def tickets(self) -> int:
        return len(self._desk.slips)

    def is_untouched(self) -> bool:
        return not self._desk.paper().strip()


class WireStand:
    """A simulator process, and the adapter's thread."""

    def __init__(self, device: Any, adapter: Any, facts: Facts) -> None:
        self._device = device
        self._adapter = adapter
        self._facts = facts
        self.until(*READY)

    def submit(self, job_id: str) -> None:
        self._adapter.submit(job(job_id))

    def outcome(self, job_id: str) -> PrintOutcome:
        return self._facts.outcome(job_id)

    def settled(self, job_id: str) -> PrintOutcome:
        return self._facts.settled(job_id)

    def fault(self, line: str) -> None:
        self._device.tell(line)

    def until(self, *conditions: Condition) -> None:
        self._facts.until(lambda _: self._adapter.status().condition in conditions)

    def tickets(self) -> int:
        return int(self._device.tell("status")["tickets"])

    def is_untouched(self) -> bool:
        status = self._device.tell("status")
        return not status["tickets"] and not status["unfinished"]


@contextmanager
def standing(way: str, profile: str, folder: Path) -> Iterator[Stand]:
    """Put a printer of a profile up at a stand: ``desk``, ``pty`` or ``tcp``."""
    if way == "desk":
        yield DeskStand(profile)
        return
    width = str(profile_named(profile).width_dots)
    words = ["--baud", "0", "--speed", "0", "--width", width, *(["--over-tcp"] if way == "tcp" else [])]
    device = start(folder, "printer", *words)
    facts = Facts()
    adapter = open_printer(
        "printer",
        device.address,
        profile,
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=None,
    )
    try:
        yield WireStand(device, adapter, facts)
    finally:
        adapter.close()
        stop(device)
