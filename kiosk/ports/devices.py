"""What the devices room tells and takes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.hardware import (
    CardOutcome,
    CardPurpose,
    DeviceStatus,
    Fence,
    HeadphonesChanged,
    PaperUse,
    PowerChanged,
    PrinterUnit,
    PrintOutcome,
)
from kiosk.core.scans import ScanOutcome
from kiosk.core.ticket import PrintJob


@dataclass(frozen=True, slots=True)
class JobSent:
    """The first byte of a job is about to leave; journaled before it does."""

    job_id: str


@dataclass(frozen=True, slots=True)
class JobDone:
    """A job has its outcome."""

    job_id: str
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class JobSettled:
    """What became of a job after its outcome was told as held or unknown; at most once, and only if known."""

    job_id: str
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class PaperForecast:
    """How much paper is left, as far as it can be known from what was printed; None when nobody can say."""

    device: str
    tickets_left: int | None


DeviceFact = (
    DeviceStatus
    | JobSent
    | JobDone
    | JobSettled
    | CardOutcome
    | ScanOutcome
    | PaperForecast
    | PowerChanged
    | HeadphonesChanged
)
"""Everything that the devices room tells the service."""

DeviceSink = Callable[[DeviceFact], None]


class Journal(Protocol):
    """Keep, on disk, that a job is about to be sent, before its first byte leaves."""

    def job_sent(self, job_id: str) -> None:
        """Record durably that the first byte is about to leave; blocks, called on the device thread."""
        ...


class PaperMemory(Protocol):
    """Keep what is known of the paper in a printer, for after a restart; losing it does no harm."""

    def recall(self, device: str) -> PaperUse | None:
        """Return what was kept last; None when nothing was. Called once, before the device thread starts."""
        ...

    def keep(self, device: str, use: PaperUse) -> None:
        """Take what is known now; on the device thread, once for each ticket at most, must not block long."""
        ...


class UnitMemory(Protocol):
    """Keep how each printer unit confirms, for after a restart; losing it does no harm.

    All calls come from the device thread and must not block long.
    """

    def fence_of(self, unit: PrinterUnit) -> Fence | None:
        """Return how a unit confirmed when it was tried; None when it never was."""
        ...

    def keep_fence(self, unit: PrinterUnit, fence: Fence) -> None:
        """Remember how a unit confirms."""
        ...

    def forget(self, unit: PrinterUnit) -> None:
        """Forget how a unit confirms: it did not do so when it was believed to."""
        ...


class ReceiptPrinter(Protocol):
    """Print tickets and tell the truth about each."""

    def submit(self, job: PrintJob) -> None:
        """Queue one job; its `JobDone` comes through the sink exactly once."""
        ...

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        ...

    def close(self) -> None:
        """Stop the adapter's thread and let go of the device; may be called twice."""
        ...


class CardReader(Protocol):
    """Read cards when asked, and drop those that nobody asked for."""

    def arm(self, purpose: CardPurpose) -> None:
        """From now on a presented card is told through the sink."""
        ...

    def disarm(self) -> None:
        """From now on presented cards are dropped."""
        ...

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        ...

    def close(self) -> None:
        """Stop the adapter's thread and let go of the device; may be called twice."""
        ...


class DocumentScanner(Protocol):
    """Read one page of paper when asked."""

    def scan(self, request: str) -> None:
        """Read the page that lies there; its `ScanOutcome` comes through the sink at most once."""
        ...

    def cancel(self) -> None:
        """Stop; nothing is told of the page being read."""
        ...

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        ...

    def close(self) -> None:
        """Stop the adapter's thread and let go of the device; may be called twice."""
        ...


class Watch(Protocol):
    """Tell one thing of the terminal's surroundings: its power, or its headphone socket.

    It goes through the sink when it is first known, and then on each change, as `PowerChanged` or
    `HeadphonesChanged`. Until then, and after what tells it has gone, it is unknown.
    """

    def close(self) -> None:
        """Stop the watch's thread and let go of what it listens to; may be called twice."""
        ...
