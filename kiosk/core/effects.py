"""What must be done: what a visit asks of the world.

Responsible for: every effect, named in the imperative.
Not responsible for: carrying any out (`kiosk.conductor`).
"""

from dataclasses import dataclass

from kiosk.core.case import CaseDraft
from kiosk.core.hardware import CardPurpose
from kiosk.core.steps.appointment import Search


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Take the next card that is presented; answered by `CardRead`."""

    purpose: CardPurpose


@dataclass(frozen=True, slots=True)
class StopReading:
    """Drop cards again."""


@dataclass(frozen=True, slots=True)
class ScanPage:
    """Read the page that lies on the document scanner; answered by `ScanDone` with the same request."""

    request: str


@dataclass(frozen=True, slots=True)
class StopScanning:
    """Let the document scanner stop; nothing more is told of the page it was reading."""


@dataclass(frozen=True, slots=True)
class FindAppointments:
    """Look appointments up; answered by `AppointmentsFound`."""

    step: str
    search: Search


@dataclass(frozen=True, slots=True)
class SaveCase:
    """Keep case, outbox row and print job in one durable transaction; `CaseSaved` or `CaseNotSaved`."""

    draft: CaseDraft


@dataclass(frozen=True, slots=True)
class PrintTicket:
    """Print the job that was kept with the case; answered by `TicketDone`."""

    job_id: str


@dataclass(frozen=True, slots=True)
class PrintAccessCard:
    """Print an access passport (`kiosk.core.passport`) as a code, with words in a language."""

    passport: str
    language: str


@dataclass(frozen=True, slots=True)
class CheckStaff:
    """Check badge and PIN, or the token of a code card in its place.

    Answered by `StaffSignedIn` or `StaffRefused`.
    """

    badge: str
    pin: str


@dataclass(frozen=True, slots=True)
class ListStaffJobs:
    """List today's tickets; answered by `StaffJobsListed`."""


@dataclass(frozen=True, slots=True)
class StaffPrint:
    """Print or reprint a ticket for staff; answered by `StaffPrintDone`.

    Attributes:
        key: of the line in the list.
        badge: keyed hash of who asked, for the log.
    """

    key: str
    badge: str


@dataclass(frozen=True, slots=True)
class CheckStore:
    """Look whether a case could be kept now; answered by `OutOfOrder`, or `Repaired` when it can again."""


@dataclass(frozen=True, slots=True)
class EndVisit:
    """Forget everything: answers dropped, speech cut, the glass replaced."""


@dataclass(frozen=True, slots=True)
class Note:
    """Log that something happened: a code and ids, never a value."""

    code: str
    detail: str = ""


Effect = (
    ReadCard
    | StopReading
    | ScanPage
    | StopScanning
    | FindAppointments
    | SaveCase
    | PrintTicket
    | PrintAccessCard
    | CheckStaff
    | ListStaffJobs
    | StaffPrint
    | CheckStore
    | EndVisit
    | Note
)
