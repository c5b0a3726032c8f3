"""The store as the service uses it.

Responsible for: implementing `kiosk.ports.CaseStore`, `Journal` and `AppointmentBook` over the tables.
Not responsible for: opening and mending the file (`opening`), or the courier's side (`courier_side`).
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import apsw

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseDraft, CaseId, SavedCase
from kiosk.core.hardware import OutcomeWord, PrintOutcome, Reason, outcome_word
from kiosk.core.keeping import Keeping, lateness, receipts_before
from kiosk.core.sealing import SealedDraft
from kiosk.core.ticket import Ticket
from kiosk.ports import CaseLine, StoredJob
from kiosk.store import appointments, attachments, audit, cases, counters, orders, outbox, printjobs, receipts
from kiosk.store.cases import CaseState
from kiosk.store.courier_side import OrderTable, OutboxTable
from kiosk.store.export import Exported, write_bundle
from kiosk.store.faults import no_council_key, not_found, store_full
from kiosk.store.ground import Ground
from kiosk.store.health import CHECKED, Health
from kiosk.store.inspection import inspect
from kiosk.store.printer_memory import PrinterMemory
from kiosk.store.saving import MakeTicket, Saving
from kiosk.store.setting_aside import mark_doubtful
from kiosk.store.staff import StaffTable

RECEIPTS_AT_ONCE = 50


class Store:
    """All that the terminal keeps, in one file; every call blocks and may come from any thread.

    Attributes:
        outbox: what is not yet with central, for the courier and nobody else.
        orders: print orders from the desk.
        staff: who may sign in.
        printers: what printers have taught.
    """

    def __init__(self, ground: Ground, saving: Saving, staff: StaffTable, health: Health) -> None:
        self._ground = ground
        self._health = health
        self._saving = saving
        self._closed = threading.Event()
        self.outbox = OutboxTable(ground, saving.get_ahead)
        self.orders = OrderTable(ground)
        self.staff = staff
        self.printers = PrinterMemory(ground)

    @property
    def path(self) -> Path:
        """Return where the file is."""
        return self._ground.database.path

    def seal(self, draft: CaseDraft, at: datetime) -> SealedDraft:
        """Seal what a visitor said, in memory; nothing of it is written, or kept here."""
        return self._saving.seal(draft, at)

    def save(
        self, draft: CaseDraft, make_ticket: MakeTicket, at: datetime, *, ready: SealedDraft | None = None
    ) -> SavedCase:
        """Write case, outbox row and print job in one durable transaction, once for a `case_id`.

        What the visitor said is sealed first, outside the transaction, where it is not `ready` already.
        """
        made = self._saving.seal(draft, at, ready)
        # Never through the ballast: it is there so that what is already promised can be finished.
        return self._ground.database.write(lambda c: self._saving.save(c, made, make_ticket, at))

    def refuses_case(self) -> str:
        """Return why no new case can be kept now, as a code, or an empty text when one can.

        Asked while nobody is at the terminal: a ballast that was given is laid down again where there is
        room for it, because only a terminal that is paired is tidied.
        """
        if not self._saving.council_keys():
            return no_council_key().code
        self._ground.room.take_ballast()
        return "" if self._ground.room.admits_case() else store_full(self.path).code

    def stored_job(self, job_id: str) -> StoredJob:
        """Return one print job."""
        return self._ground.read(lambda c: _job(c, job_id))

    def copy_job(self, job_id: str, make_ticket: Callable[[int], Ticket], at: datetime) -> StoredJob:
        """Make the next copy of a job: same case and number, copy n."""
        return self._ground.write(lambda c: self._copy(c, job_id, make_ticket, at))

    def job_sent(self, job_id: str) -> None:
        """Record durably that a job's first byte is about to leave; a test page is not kept."""
        self._ground.write(lambda c: printjobs.mark_sent(c, job_id))

    def job_done(self, job_id: str, outcome: PrintOutcome, at: datetime) -> None:
        """Record a job's outcome, and that of the desk's order which it carries out."""
        reason = getattr(outcome, "reason", Reason.NONE)
        self._ground.write(lambda c: _settle(c, job_id, outcome_word(outcome), reason, at))

    def settle_interrupted(self, at: datetime) -> Sequence[StoredJob]:
        """At start: jobs sent without outcome become Unknown(restarted), unsent ones NotPrinted."""
        return self._ground.write(lambda c: _settle_interrupted(c, at))

    def jobs_today(self, day: date) -> Sequence[StoredJob]:
        """Return the day's print jobs, newest first, for the staff view."""
        return self._ground.read(lambda c: printjobs.of_day(c, day))

    def doubtful_tickets(self, day: date) -> Sequence[str]:
        """Return the numbers of the day's tickets that may not have come out, oldest first."""
        return self._ground.read(lambda c: printjobs.doubtful(c, day))

    def appointments(self, day: date) -> Sequence[Appointment]:
        """Return the day's appointments as last pulled from central, check-ins included."""
        return self._ground.read(lambda c: appointments.of_day(c, day))

    def keep_appointments(self, day: date, appointments: Sequence[Appointment], etag: str) -> None:
        """Replace the day's appointments by what central says now."""
        listed = appointments
        self._ground.write(lambda c: _keep(c, day, listed, etag))

    def appointments_etag(self, day: date) -> str:
        """Return the tag of the kept list, or an empty text."""
        return self._ground.read(lambda c: appointments.etag(c, day))

    def forget_before(self, day: date) -> None:
        """Delete appointments, check-ins and queue counters of earlier days."""
        self._ground.write(lambda c: _forget_before(c, day))

    def cases(self) -> Sequence[CaseLine]:
        """Return all cases, newest first."""
        return self._ground.read(cases.lines)

    def case(self, name: str) -> tuple[CaseState, Sequence[StoredJob], Sequence[audit.AuditRow]]:
        """Return how far a case has come, its tickets and its history; `name` is a case id or reference.

        Raises:
            StoreError: there is no such case.
        """
        return self._ground.read(lambda c: _case(c, name))

    def unpark(self, name: str, at: datetime) -> int:
        """Let a parked case go out again; return how many parcels that are.

        Raises:
            StoreError: there is no such case.
        """
        return self._ground.write(lambda c: _unpark(c, name, at))

    def export(self, folder: Path, at: datetime) -> Exported:
        """Write all that central does not have to a new file in a folder, sealed as it is.

        Raises:
            StoreError: it cannot be written there.
        """
        terminal = self._saving.terminal
        return self._ground.read(
            lambda c: write_bundle(
                folder, terminal, outbox.unaccepted(c), lambda p: attachments.whole(c, p.case_id), at
            )
        )

    def keeping(self, now: datetime) -> Keeping:
        """Return what there is to see to: what waits too long, what is damaged."""
        depth = self.outbox.depth()
        return Keeping(
            unaccepted=depth.waiting + depth.parked,
            parked=depth.parked,
            late=lateness(depth.unaccepted_since, now),
            set_aside=self._health.was_set_aside(now),
            damaged=self._health.damaged,
        )

    def last_check(self) -> datetime | None:
        """Return when the whole file was last checked, or None when it never was."""
        return self._health.checked_at

    def check(self, at: datetime) -> bool:
        """Check the whole file, every row and the chain of the audit; False when it must be set aside.

        Takes long, and nobody waits for it. The result is in the audit, and a file that must be set aside is
        marked, so that the next start does so.
        """
        found = inspect(self.path)
        self._health = replace(self._health, checked_at=at, damaged=not found.is_sound)
        if not found.is_readable:
            mark_doubtful(self.path)
            return False
        told = " ".join(f"{table}:{count}" for table, count in found.rows.items()) or "sound"
        self._ground.write(lambda c: audit.append(c, at, CHECKED, self.path.name, told))
        return True

    def forget_receipts(self, at: datetime) -> int:
        """Delete what is left of cases that central has had for long, some at a time; return how many.

        Visitors are saved between two of these transactions.
        """
        before, total = receipts_before(self.outbox.last_accepted()), 0
        while before is not None and not self._closed.is_set():
            gone = self._ground.database.prune(lambda c: receipts.forget(c, before, at, RECEIPTS_AT_ONCE))
            total += gone
            if gone < RECEIPTS_AT_ONCE:
                break
        return total

    def is_sound(self) -> bool:
        """Say whether the whole file, every row and the audit are what was written; takes long."""
        return inspect(self.path).is_sound

    def close(self) -> None:
        """Close the file; may be called twice."""
        if not self._closed.is_set():
            self._closed.set()
            self._ground.database.close()

    def _copy(
        self, connection: apsw.Connection, job_id: str, make_ticket: Callable[[int], Ticket], at: datetime
    ) -> StoredJob:
        original = _job(connection, job_id)
        copy_id, copy = printjobs.next_copy(connection, job_id)
        job = replace(
            original,
            job_id=copy_id,
            copy=copy,
            ticket=make_ticket(copy),
            outcome=None,
            reason="",
            created_at=at,
            sent=False,
        )
        printjobs.add(connection, job, self._ground.day_of(at))
        audit.append(connection, at, "ticket-copied", copy_id)
        return job


def _keep(connection: apsw.Connection, day: date, listed: Sequence[Appointment], etag: str) -> None:
    appointments.keep(connection, day, listed, etag)


def _forget_before(connection: apsw.Connection, day: date) -> None:
    appointments.forget_before(connection, day)
    counters.forget_before(connection, day)


def _job(connection: apsw.Connection, job_id: str) -> StoredJob:
    found = printjobs.job(connection, job_id)
    if found is None:
        raise not_found("such print job")
    return found


def _settle(
    connection: apsw.Connection, job_id: str, word: OutcomeWord, reason: Reason, at: datetime
) -> None:
    if printjobs.settle(connection, job_id, word, reason, at):
        orders.settle_job(connection, job_id, word, reason.value, at)
        audit.append(connection, at, "ticket-" + word.value, job_id, reason.value)


def _settle_interrupted(connection: apsw.Connection, at: datetime) -> tuple[StoredJob, ...]:
    open_jobs = printjobs.unfinished(connection)
    for job in open_jobs:
        word = OutcomeWord.UNKNOWN if job.sent else OutcomeWord.NOT_PRINTED
        _settle(connection, job.job_id, word, Reason.RESTARTED, at)
    orders.settle_jobless(connection, at)
    return tuple(_job(connection, job.job_id) for job in open_jobs)


def _case(
    connection: apsw.Connection, name: str
) -> tuple[CaseState, tuple[StoredJob, ...], tuple[audit.AuditRow, ...]]:
    case_id = _case_id(connection, name)
    state = cases.state(connection, case_id)
    if state is None:
        raise not_found("such case")
    jobs = printjobs.of_case(connection, case_id)
    return state, jobs, audit.about(connection, case_id, *(job.job_id for job in jobs))


def _case_id(connection: apsw.Connection, name: str) -> CaseId:
    state = cases.state(connection, name)
    if state is None:
        raise not_found("such case")
    return state.line.case_id


def _unpark(connection: apsw.Connection, name: str, at: datetime) -> int:
    case_id = _case_id(connection, name)
    released = outbox.unpark(connection, case_id)
    if released:
        audit.append(connection, at, "case-unparked", case_id)
    return released
