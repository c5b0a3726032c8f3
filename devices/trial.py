"""Tries what settings name: a page on the printer, a card at each reader, a page on the document scanner.

Responsible for: asking each device and returning what truly came of it, as values.
Not responsible for: telling a person (the command). Every call blocks; not for a running terminal, whose
adapters hold their ports.
"""

from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Final

from devices.catalogue import open_document_scanner, open_printer, open_reader
from devices.printers.dots import RasterLine
from kiosk.core.hardware import (
    CardOutcome,
    CardPresented,
    CardPurpose,
    CardUnreadable,
    Condition,
    DeviceStatus,
    NotPrinted,
    PrintOutcome,
    Reason,
    Unknown,
)
from kiosk.core.scans import PageNotScanned, PageScanned, ScanFault, ScanOutcome
from kiosk.core.ticket import PrintJob, Ticket
from kiosk.ports import CardReader, Clock, DeviceFact, JobDone

ANSWER_S: Final = 10.0
"""How long a device may take to say how it is."""
PAGE_S: Final = 90.0
"""How long a page may take; a slow line carries many pictures."""
SCAN_S: Final = 120.0
"""How long a scanner may take to be found and to read a page."""
JOB: Final = "test-page"
UNSETTLED: Final = (Condition.OPENING, Condition.BUSY)


@dataclass(frozen=True, slots=True)
class PrinterTrial:
    """What came of a page: how the printer is afterwards, and the outcome."""

    status: DeviceStatus
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class ReaderTrial:
    """What came of asking for a card: how the reader is, and what was read; None when no card came."""

    status: DeviceStatus
    card: CardOutcome | None


@dataclass(frozen=True, slots=True)
class ScannerTrial:
    """What came of a page on the document scanner: how it is afterwards, and the outcome."""

    status: DeviceStatus
    outcome: ScanOutcome


class _NothingKept:
    """A page is no case: nothing of it needs to be found again after a crash."""

    def job_sent(self, job_id: str) -> None:
        """Keep nothing."""


class Waiting:
    """Facts of one device in the order in which they come.

    Args:
        clock: how long is waited.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._facts: SimpleQueue[DeviceFact] = SimpleQueue()

    def __call__(self, fact: DeviceFact) -> None:
        """Take a fact; any thread."""
        self._facts.put(fact)

    def until(self, wanted: type[DeviceFact] | tuple[type, ...], limit_s: float) -> DeviceFact | None:
        """Return the next fact of a kind, no unsettled status; None when none comes in time."""
        end = self._clock.monotonic() + limit_s
        while (left := end - self._clock.monotonic()) > 0:
            try:
                fact = self._facts.get(timeout=left)
            except Empty:
                return None
            unsettled = isinstance(fact, DeviceStatus) and fact.condition in UNSETTLED
            if isinstance(fact, wanted) and not unsettled:
                return fact
        return None


def try_printer(
    address: str,
    profile_name: str,
    page: Ticket,
    *,
    clock: Clock,
    raster: RasterLine | None,
    logo: Path | None = None,
) -> PrinterTrial:
    """Print a page and return the printer's own word for it; at most 100 seconds.

    Raises:
        SettingsError: the address or the profile is not understood.
    """
    facts = Waiting(clock)
    printer = open_printer(
        "printer",
        address,
        profile_name,
        clock=clock,
        journal=_NothingKept(),
        sink=facts,
        raster=raster,
        logo=logo,
    )
    try:
        facts.until(DeviceStatus, ANSWER_S)
        if printer.status().condition is Condition.ABSENT:
            return PrinterTrial(printer.status(), NotPrinted(Reason.NO_PRINTER))
        printer.submit(PrintJob(JOB, "", page))
        done = facts.until(JobDone, PAGE_S)
        outcome = done.outcome if isinstance(done, JobDone) else Unknown(Reason.NO_ANSWER)
        return PrinterTrial(printer.status(), outcome)
    finally:
        printer.close()


def try_document_scanner(
    address: str, *, colour: bool, source: str, program: tuple[str, ...], clock: Clock
) -> ScannerTrial:
    """Read the page that lies there; at most two minutes. Nothing of it is kept."""
    facts = Waiting(clock)
    scanner = open_document_scanner(
        "document-scanner", address, colour=colour, source=source, program=program, clock=clock, sink=facts
    )
    try:
        scanner.scan(JOB)
        outcome = facts.until((PageScanned, PageNotScanned), SCAN_S)
        done = outcome if isinstance(outcome, PageScanned | PageNotScanned) else None
        return ScannerTrial(scanner.status(), done or PageNotScanned(JOB, ScanFault.TOO_SLOW))
    finally:
        scanner.close()


class ReaderOnTrial:
    """A reader that is asked for one card; a context, so that it is let go.

    Args:
        address: as settings write it.
        kind: as settings write it.
        clock: how long is waited.
    """

    def __init__(self, address: str, kind: str, clock: Clock) -> None:
        self._facts = Waiting(clock)
        # A key of its own: the token of a trial is worth nothing anywhere else, and is never shown.
        self._reader: CardReader = open_reader(
            "reader", address, kind, clock=clock, site_key=JOB.encode(), sink=self._facts
        )

    def __enter__(self) -> "ReaderOnTrial":
        """Nothing more to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let the reader go."""
        self._reader.close()

    def is_there(self) -> bool:
        """Whether the reader could be opened; waits until that is known."""
        self._facts.until(DeviceStatus, ANSWER_S)
        return self._reader.status().condition is not Condition.ABSENT

    def one_card(self, limit_s: float) -> ReaderTrial:
        """Wait for one card; what is shown of it is that it was read, never its number."""
        self._reader.arm(CardPurpose.ANSWER)
        fact = self._facts.until((CardPresented, CardUnreadable), limit_s)
        card = fact if isinstance(fact, CardPresented | CardUnreadable) else None
        return ReaderTrial(self._reader.status(), card)
