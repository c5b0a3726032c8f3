"""Places where the document scanner's adapter meets a scanner: SANE's backend ``test``, and our simulator.

Responsible for: the same few faults at both, so that one conversation can be had at each.
Not responsible for: what must come of it (`test_document_scanner`).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from devices.documents.adapter import PAGE, DocumentScannerAdapter
from devices.documents.scanimage import SCANIMAGE, ScannerAsked
from kiosk.core.scans import PageNotScanned, PageScanned, ScanOutcome
from tests.devices.conftest import PATIENCE_S, Facts, RealClock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from devices.documents.running import Bounds

PLAIN = {
    "geometry_max": "300.0",
    "test-picture": '"Color pattern"',
    "mode": "Gray",
    "number_of_devices": "1",
}
STATUSES = {
    "lid-open": "SANE_STATUS_COVER_OPEN",
    "jam": "SANE_STATUS_JAMMED",
    "no-page": "SANE_STATUS_NO_DOCS",
    "lost": "SANE_STATUS_IO_ERROR",
}


class Machine(Protocol):
    """A scanner that things can be done to."""

    program: tuple[str, ...]
    address: str

    def fault(self, word: str) -> None: ...


class SaneTest:
    """The real scanimage, with the backend that SANE has for tests of programs such as ours."""

    program: tuple[str, ...] = SCANIMAGE
    address = "sane:test"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fault("ok")

    def fault(self, word: str) -> None:
        """Set the backend up; it reads its settings anew for each page."""
        (self.folder / "dll.conf").write_text("" if word == "unplug" else "test\n", "utf-8")
        more = {"read-status-code": f'"{STATUSES[word]}"'} if word in STATUSES else {}
        if word == "slow":
            more = {"read-delay": "true", "read-delay-duration": "200000"}
        self.set(**more)

    def set(self, **settings: str) -> None:
        """Write the backend's own settings."""
        lines = (f"{name} {value}\n" for name, value in {**PLAIN, **settings}.items())
        (self.folder / "test.conf").write_text("".join(lines), "utf-8")


class SimulatedFlatbed:
    """Our simulator, as a rehearsal uses it."""

    address = "sane:any"

    def __init__(self, folder: Path) -> None:
        self._state = folder / "flatbed"
        self.program: tuple[str, ...] = (
            sys.executable,
            "-m",
            "devices.simulators.flatbed",
            str(self._state),
        )
        self.fault("ok")

    def fault(self, word: str) -> None:
        """Say what is wrong with it."""
        self._state.write_text(word, "utf-8")


class ScannerFacts(Facts):
    """A sink that a test can wait at for what came of a page."""

    def outcome_of(self, request: str) -> ScanOutcome:
        """Wait for what came of a request."""
        outcome: ScanOutcome = self.until(lambda _: self.told_of(request))[0]
        return outcome

    def told_of(self, request: str) -> list[ScanOutcome]:
        """Return what was told of a request so far."""
        return [
            each
            for each in self.seen
            if isinstance(each, PageScanned | PageNotScanned) and each.request == request
        ]


@contextmanager
def scanner(
    machine: Machine, *, colour: bool = False, source: str = "", page: Bounds = PAGE
) -> Iterator[tuple[DocumentScannerAdapter, ScannerFacts]]:
    """Start an adapter at a scanner."""
    facts = ScannerFacts()
    asked = ScannerAsked(machine.address, colour, source, machine.program)
    adapter = DocumentScannerAdapter("document-scanner", asked, clock=RealClock(), sink=facts, page=page)
    try:
        yield adapter, facts
    finally:
        adapter.close()


def becomes(holds: Callable[[], object]) -> bool:
    """Wait until something holds; False when it does not in time."""
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > until:
            return False
        threading.Event().wait(0.01)
    return True


def children() -> Sequence[str]:
    """Name the programs that this process has started and that still run."""
    mine = str(os.getpid())
    found: list[str] = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text("utf-8").partition("(")[2].rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        state, parent = rest.split()[:2]
        if parent == mine and state != "Z":
            found.append(name)
    return found
