"""What the service asks of the store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseDraft, CaseId, SavedCase
from kiosk.core.hardware import OutcomeWord, PrintOutcome
from kiosk.core.keeping import Keeping
from kiosk.core.sealing import SealedDraft
from kiosk.core.staff import SignIn
from kiosk.core.ticket import Ticket


@dataclass(frozen=True, slots=True)
class StoredJob:
    """A print job as the store knows it."""

    job_id: str
    case_id: CaseId
    reference: str
    queue_number: str
    copy: int
    ticket: Ticket
    outcome: OutcomeWord | None
    reason: str
    created_at: datetime
    sent: bool
    service: str = ""
    """Id of the service, empty for a ticket that belongs to no case here."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as lists show it: no answers, no personal data."""

    case_id: CaseId
    reference: str
    service: str
    created_at: datetime
    delivery: str
    """``waiting``, ``accepted`` or ``parked``."""
    print_outcome: OutcomeWord | None
    problem: str = ""


class CaseStore(Protocol):
    """Keep cases, their outbox rows and print jobs in one file; every call blocks, use a worker thread."""

    def seal(self, draft: CaseDraft, at: datetime) -> SealedDraft:
        """Seal what a visitor said, in memory; nothing of it is written, or kept here.

        Raises:
            StoreError: there is no key to seal with, or more is attached than central takes.
        """
        ...

    def save(
        self,
        draft: CaseDraft,
        make_ticket: Callable[[str, str], Ticket | None],
        at: datetime,
        *,
        ready: SealedDraft | None = None,
    ) -> SavedCase:
        """Write case, outbox row and print job in one durable transaction, once for a `case_id`.

        Args:
            draft: the finished visit. Saving the same `case_id` again returns the first result.
            make_ticket: called inside the transaction with (reference, queue number).
            at: wall-clock time, UTC.
            ready: what `seal` returned before; where it is not of this very draft and the key of now, it is
                sealed anew.

        Raises:
            StoreFull, StoreDamaged, StoreError: nothing was written; also when there is no key to seal with.
        """
        ...

    def refuses_case(self) -> str:
        """Return why no new case can be kept now, as a code, or an empty text when one can.

        Asked while nobody is at the terminal; whatever can be mended for it is.
        """
        ...

    def keeping(self, now: datetime) -> Keeping:
        """Return what there is to see to: what waits too long, what is damaged."""
        ...

    def stored_job(self, job_id: str) -> StoredJob:
        """Return one print job."""
        ...

    def copy_job(self, job_id: str, make_ticket: Callable[[int], Ticket], at: datetime) -> StoredJob:
        """Make the next copy of a job (a reprint by staff): same case and number, copy n."""
        ...

    def job_sent(self, job_id: str) -> None:
        """Record durably that the job's first byte is about to leave."""
        ...

    def job_done(self, job_id: str, outcome: PrintOutcome, at: datetime) -> None:
        """Record a job's outcome."""
        ...

    def settle_interrupted(self, at: datetime) -> Sequence[StoredJob]:
        """At start: jobs sent without outcome become Unknown(restarted), unsent ones NotPrinted."""
        ...

    def jobs_today(self, day: date) -> Sequence[StoredJob]:
        """Return the day's print jobs, newest first, for the staff view."""
        ...

    def appointments(self, day: date) -> Sequence[Appointment]:
        """Return the day's appointments as last pulled from central, check-ins included."""
        ...

    def keep_appointments(self, day: date, appointments: Sequence[Appointment], etag: str) -> None:
        """Replace the day's appointments by what central says now."""
        ...

    def appointments_etag(self, day: date) -> str:
        """Return the tag of the kept list, or an empty text."""
        ...

    def cases(self) -> Sequence[CaseLine]:
        """Return all cases, newest first."""
        ...

    def close(self) -> None:
        """Close the file; may be called twice."""
        ...


class StaffDirectory(Protocol):
    """Staff who may sign in at this terminal; every call blocks (a PIN costs about 50 ms).

    Who adds, unlocks or removes says when: the act is in the audit, without name, number or PIN.
    """

    def add(self, name: str, badge_token: str, pin: str, at: datetime) -> None:
        """Enter a member of staff, or give a known badge a new name and PIN.

        Raises:
            UsageError: the PIN is weak, or name or badge is empty.
        """
        ...

    def add_code(self, name: str, badge_token: str, code_token: str, at: datetime) -> None:
        """Enter a member of staff who holds a code card to the scanner and types no PIN.

        Raises:
            UsageError: name or badge is empty, or the code is none.
        """
        ...

    def check(self, badge_token: str, pin: str, now: datetime) -> SignIn:
        """Compare a PIN; a wrong one is on disk before this returns."""
        ...

    def unlock(self, badge_token: str, at: datetime) -> bool:
        """Forget the wrong PINs of a badge; False when nobody has it."""
        ...

    def badges_of(self, name: str) -> Sequence[str]:
        """Return the badges of everybody of a name, however its letters and spaces were typed."""
        ...

    def remove(self, badge_token: str, at: datetime) -> bool:
        """Take a badge away with its PIN or code, durably; False when nobody has it."""
        ...

    def names(self) -> Sequence[str]:
        """Return the names of all staff entered here, in order."""
        ...
