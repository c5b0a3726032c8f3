"""What the courier needs: the outbox and books of the store, and the central service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseId
from kiosk.core.hardware import OutcomeWord
from kiosk.core.sealing import CouncilKey
from kiosk.core.sync import PrintOrder, SyncFact
from kiosk.core.ticket import Ticket
from kiosk.ports.bundles import BundleFile, Manifest
from kiosk.ports.store import StoredJob


@dataclass(frozen=True, slots=True)
class Parcel:
    """One outbox row, frozen when it was written: the same bytes on every attempt."""

    seq: int
    key: str
    case_id: CaseId
    kind: str
    body: bytes
    sha256: str
    attempts: int


@dataclass(frozen=True, slots=True)
class UploadProgress:
    """How many bytes of an attachment central keeps; `complete` once it has all and found them right."""

    offset: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """Central has it, now or from an earlier attempt."""

    key: str
    central_id: str


@dataclass(frozen=True, slots=True)
class Parked:
    """Central refused it; it is kept for staff with the reason in plain words."""

    key: str
    error_class: str
    problem: str


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not accepted this time; the courier backs off.

    Attributes:
        answered: central spoke as agreed of this one; else nothing is known of any of the batch.
    """

    key: str
    error_class: str
    problem: str = ""
    retry_after_s: float | None = None
    answered: bool = False


Delivery = Accepted | Parked | RetryLater


@dataclass(frozen=True, slots=True)
class AppointmentList:
    """A day's appointments with the tag that saves fetching them again."""

    appointments: tuple[Appointment, ...]
    etag: str


@dataclass(frozen=True, slots=True)
class OrderReport:
    """The true outcome of a print order, not yet told to the desk."""

    order_id: str
    outcome: OutcomeWord
    reason: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A case that was erased at central, by its id, or by its reference if it never came there.

    References come round again: one covers only a case that was made before `made_at`.
    """

    case_id: str
    reference: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class OutboxDepth:
    """How much is not yet with central; no personal data."""

    waiting: int
    parked: int
    oldest_at: datetime | None
    """When the oldest waiting case was made, or None when nothing waits."""
    unaccepted_since: datetime | None = None
    """The same, of all that central does not have, parked ones too."""


class Outbox(Protocol):
    """What is not yet accepted by central; every call blocks, courier thread."""

    def next_parcels(self, limit: int) -> Sequence[Parcel]:
        """Return what to send now: fresh before retried, a case's parcels in their order."""
        ...

    def attachment(self, case_id: CaseId, sha256: str) -> bytes | None:
        """Return the bytes of a case's attachment as they are uploaded, or None when they are not whole."""
        ...

    def settle(self, deliveries: Sequence[Delivery], at: datetime) -> Sequence[CaseId]:
        """Write down what became of each, in one durable transaction, and say whose each was.

        Accepted: the body is dropped, the receipt stays. Parked: set aside for staff with the reason.
        RetryLater: one more try is counted. What is accepted stays accepted.
        """
        ...

    def depth(self) -> OutboxDepth:
        """Count what waits and what is parked."""
        ...

    def erase(self, marks: Sequence[Tombstone], at: datetime) -> Sequence[CaseId]:
        """Delete what these marks cover and central does not have, in one transaction; returns whose."""
        ...

    def waiting(self) -> int:
        """Count what waits, by an index alone: central is told with every batch."""
        ...

    def last_accepted(self) -> datetime | None:
        """Return when central last took something, or None; reads all receipts, for the start."""
        ...

    def tidy(self) -> None:
        """Move the log into the file and win back space; called when there is nothing else to do."""
        ...


class OrderBook(Protocol):
    """Print orders from the desk, each carried out once; every call blocks, use a worker thread."""

    def take_order(self, order: PrintOrder, at: datetime) -> bool:
        """Write an order down durably; False when it is already known and must not be carried out again."""
        ...

    def order_job(self, order_id: str, job_id: str) -> None:
        """Say which print job carries the order out: from now on the job's outcome is the order's."""
        ...

    def order_done(self, order_id: str, outcome: OutcomeWord, reason: str, at: datetime) -> None:
        """Record the outcome of an order that has no print job, such as one that cannot be printed here."""
        ...

    def unreported_orders(self) -> Sequence[OrderReport]:
        """Return the outcomes that the desk does not know yet."""
        ...

    def order_reported(self, order_id: str, at: datetime) -> None:
        """Record that the desk knows the outcome."""
        ...

    def case_jobs(self, case_id: CaseId) -> Sequence[StoredJob]:
        """Return the print jobs of a case, first print first; empty when there is no such case here."""
        ...

    def loose_job(self, reference: str, ticket: Ticket, at: datetime) -> StoredJob:
        """Make the print job of a ticket that belongs to no case here, such as an appointment's."""
        ...


class AppointmentBook(Protocol):
    """The kept appointments as the courier fills them; every call blocks."""

    def keep_appointments(self, day: date, appointments: Sequence[Appointment], etag: str) -> None:
        """Replace the day's appointments by what central says now."""
        ...

    def appointments_etag(self, day: date) -> str:
        """Return the tag of the kept list, or an empty text."""
        ...

    def forget_before(self, day: date) -> None:
        """Delete appointments, check-ins and queue counters of earlier days."""
        ...


class KeyBook(Protocol):
    """The council's keys as the courier fills them; every call blocks."""

    def keep(self, keys: Sequence[CouncilKey]) -> bool:
        """Keep what central tells now, durably; False when it is known already or says nothing."""
        ...


SyncSink = Callable[[SyncFact], None]
"""Where the courier tells its facts, on the courier's thread; must not block."""


class Central(Protocol):
    """Speak to the central service; every call blocks for at most its deadline, courier thread only.

    Raises:
        Unreachable: no contracted answer in time.
        Refused: an answer that trying again will not change.
    """

    @property
    def clock_offset_s(self) -> float:
        """Return how many seconds central's clock is ahead of this one, as it was last seen."""
        ...

    def deliver(self, parcels: Sequence[Parcel], waiting: int = 0) -> Sequence[Delivery]:
        """Send at most 100 parcels, and say of each what became of it.

        Args:
            parcels: what to send.
            waiting: how many wait in all, these too, so that a full central can say when to come again.
        """
        ...

    def upload(self, sha256: str) -> UploadProgress:
        """Ask how far an attachment is; one that was never begun is at 0."""
        ...

    def upload_piece(self, sha256: str, offset: int, piece: bytes, *, last: bool) -> UploadProgress:
        """Send the bytes of an attachment from an offset on; `last` says that none come after them."""
        ...

    def appointments(self, day: date, etag: str) -> AppointmentList | None:
        """Fetch a day's appointments; None when they are as `etag` says."""
        ...

    def council_keys(self) -> Sequence[CouncilKey]:
        """Fetch the keys that cases are sealed with, the preferred one first."""
        ...

    def print_orders(self) -> Sequence[PrintOrder]:
        """Fetch what staff at the desk want printed here."""
        ...

    def tombstones(self, since: datetime) -> tuple[Sequence[Tombstone], bool]:
        """Fetch what was erased since a moment, oldest first, and whether the list goes on."""
        ...

    def report_print(self, order_id: str, outcome: OutcomeWord, reason: str) -> None:
        """Tell the desk the true outcome of an order."""
        ...

    def heartbeat(self, facts: dict[str, object]) -> None:
        """Tell central how this terminal is; no personal data."""
        ...

    def bundle(self, etag: str) -> Manifest | None:
        """Fetch the newest manifest; None when it is as `etag` says, or nothing was published."""
        ...

    def bundle_file(self, file: BundleFile) -> bytes:
        """Fetch one file of a bundle, exactly as its hash says."""
        ...

    def renew_token(self) -> bool:
        """Get a new token once a third of the old one's life has gone by; False when it was not time yet."""
        ...
