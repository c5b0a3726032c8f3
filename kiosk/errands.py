"""Effects that block, carried out one after another on a thread of their own.

Responsible for: asking store and staff directory, recording outcomes, and what desk and staff want printed.
Not responsible for: deciding (`kiosk.core`), or the order of effects (`kiosk.conductor`).

One worker thread owns every call to the store that the service makes. What it finds is posted back as an
event; whatever breaks becomes an event with a code, so that the visitor is helped and the service goes on.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.codes import UNFORESEEN
from kiosk.core.events import (
    AppointmentsFound,
    CaseNotSaved,
    CaseSaved,
    Event,
    Failed,
    OutOfOrder,
    Repaired,
    StaffJobsListed,
    StaffPrintDone,
    StaffRefused,
    StaffSignedIn,
)
from kiosk.core.facility import Facility
from kiosk.core.hardware import NotPrinted, PrintOutcome, Reason, outcome_word
from kiosk.core.keeping import ServicesInUse
from kiosk.core.sealing import SealedDraft
from kiosk.core.slip import SlipFacts, access_card, slip, slip_of_appointment, slip_of_lines
from kiosk.core.staff import LockedOut, LockedUntil, SignedIn, UnknownBadge, WrongPin
from kiosk.core.staff_view import StaffJob
from kiosk.core.steps.appointment import Search
from kiosk.core.sync import PrintOrder
from kiosk.core.ticket import PrintJob, Ticket
from kiosk.core.times import spell_time
from kiosk.errors import KioskError, RowDamaged, StoreDamaged
from kiosk.logs import Log, place_of
from kiosk.ports import CaseStore, Clock, OrderBook, StaffDirectory, StoredJob

APPOINTMENT = "appointment:"
FOR_EVER_S = 24 * 3600


@dataclass(frozen=True, slots=True)
class Desk:
    """What errands work with; all of it is called from the worker thread only."""

    facility: Facility
    store: CaseStore
    orders: OrderBook
    staff: StaffDirectory
    clock: Clock
    zone: tzinfo
    services: Callable[[], ServicesInUse | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Offer:
    """Another facility to be used between visits.

    Attributes:
        zone: its time zone.
        taken: called on the worker thread once no visit uses the old one.
    """

    facility: Facility
    zone: tzinfo
    taken: Callable[[], None]


class Errands:
    """Run errands in order and post what they find.

    Args:
        desk: store, staff directory, facility and clock.
        post: takes an event; any thread.
        submit: hands a job to the printer; does not block.
        saved: called after a case is on disk, to wake the courier.
        damaged: called when the file turns out not to be what was written.
        log: takes events.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        post: Callable[[Event], None],
        submit: Callable[[PrintJob], None],
        saved: Callable[[], None],
        damaged: Callable[[], None] = lambda: None,
        log: Log,
    ) -> None:
        self._damaged = damaged
        self._desk = desk
        self._post = post
        self._submit = submit
        self._saved = saved
        self._log = log
        self._worker = ThreadPoolExecutor(1, thread_name_prefix="errands")
        self._asked_by_staff: dict[str, str] = {}
        self._ready: SealedDraft | None = None
        self._refuses = ""

    def close(self) -> None:
        """Finish what was begun and stop the thread; may be called twice."""
        self._worker.shutdown(wait=True)

    def adopt(self, offer: Offer) -> None:
        """Work with another facility from the next errand on, then say so."""

        def change() -> None:
            self._desk = replace(self._desk, facility=offer.facility, zone=offer.zone)
            offer.taken()

        self._run(change, lambda _: None)

    # -- what a visit asks

    def save(self, draft: CaseDraft) -> None:
        """Keep a case; posts `CaseSaved` or `CaseNotSaved`."""
        self._run(lambda: self._save(draft), CaseNotSaved)

    def seal_ahead(self, draft: CaseDraft | None) -> None:
        """Seal in memory what is about to be sent, in place of what was sealed before; None forgets it."""
        self._run(lambda: self._seal_ahead(draft), lambda _: None)

    def print_job(self, job_id: str) -> None:
        """Hand a kept job to the printer."""
        self._run(lambda: self._print(self._desk.store.stored_job(job_id)), Failed)

    def print_access_card(self, passport: str, language: str) -> None:
        """Hand an access passport to the printer; nobody waits for it, and no case belongs to it."""
        self._run(lambda: self._print_access_card(passport, language), Failed)

    def find(self, step: str, search: Search) -> None:
        """Look appointments up; posts `AppointmentsFound`, with local times."""
        self._run(lambda: self._post(AppointmentsFound(step, search.among(self._today()))), Failed)

    def check_staff(self, badge: str, pin: str) -> None:
        """Check badge and PIN; posts `StaffSignedIn` or `StaffRefused`."""
        self._run(lambda: self._post(self._check(badge, pin)), Failed)

    def check_store(self) -> None:
        """Look whether a case could be kept; posts `OutOfOrder`, or `Repaired` once it can again."""
        self._run(self._check_store, lambda _: None)

    def list_staff_jobs(self) -> None:
        """List today's tickets; posts `StaffJobsListed`."""
        self._run(lambda: self._post(self._listed()), Failed)

    def staff_print(self, key: str, badge: str) -> None:
        """Print or reprint for staff; posts `StaffPrintDone` when the outcome is known."""
        self._run(lambda: self._staff_print(key, badge), Failed)

    # -- what the devices and the desk tell

    def job_done(self, job_id: str, outcome: PrintOutcome, then: Callable[[], None]) -> None:
        """Record an outcome, and only then let it be told."""
        self._run(lambda: self._record(job_id, outcome), Failed)
        self._run(then, Failed)

    def carry_out(self, order: PrintOrder) -> None:
        """Print what staff at the desk ordered."""
        self._run(lambda: self._carry_out(order), lambda _: None)

    # -- on the worker thread

    def _run(self, errand: Callable[[], None], broken: Callable[[str], Event | None]) -> None:
        def guarded() -> None:
            try:
                errand()
            except KioskError as problem:
                self._log("errand.failed", code=problem.code)
                if isinstance(problem, StoreDamaged) and not isinstance(problem, RowDamaged):
                    self._damaged()
                self._tell(broken(problem.code))
            except Exception as problem:  # noqa: BLE001 - worker boundary: the visitor is helped
                self._log("errand.broke", place=place_of(problem))
                self._tell(broken(UNFORESEEN[0]))

        self._worker.submit(guarded)

    def _tell(self, event: Event | None) -> None:
        if event is not None:
            self._post(event)

    def _local(self) -> datetime:
        return self._desk.clock.now().astimezone(self._desk.zone)

    def _save(self, draft: CaseDraft) -> None:
        facility, local = self._desk.facility, self._local()
        service = facility.services[draft.service]

        def make_ticket(reference: str, queue_number: str) -> Ticket | None:
            return slip(facility, service, draft.language, SlipFacts(reference, queue_number, local))

        ready, self._ready = self._ready, None
        saved = self._desk.store.save(draft, make_ticket, self._desk.clock.now(), ready=ready)
        self._post(CaseSaved(saved))
        self._saved()

    def _seal_ahead(self, draft: CaseDraft | None) -> None:
        self._ready = None
        if draft is not None:
            self._ready = self._desk.store.seal(draft, self._desk.clock.now())

    def _print(self, job: StoredJob) -> None:
        self._submit(PrintJob(job.job_id, str(job.case_id), job.ticket, job.copy))

    def _print_access_card(self, passport: str, language: str) -> None:
        ticket = access_card(self._desk.facility, language, passport)
        self._print(self._desk.orders.loose_job("", ticket, self._desk.clock.now()))

    def _today(self) -> tuple[Appointment, ...]:
        booked = self._desk.store.appointments(self._local().date())
        return tuple(replace(a, starts_at=a.starts_at.astimezone(self._desk.zone)) for a in booked)

    def _check_store(self) -> None:
        before, self._refuses = self._refuses, self._desk.store.refuses_case()
        if self._refuses:
            self._post(OutOfOrder(self._refuses))
        elif before:
            self._post(Repaired())
        if before != self._refuses:
            self._log("store.refuses", code=self._refuses)

    def _check(self, badge: str, pin: str) -> Event:
        now = self._desk.clock.now()
        match self._desk.staff.check(badge, pin, now):
            case SignedIn(name):
                self._log("staff.signed-in")
                return StaffSignedIn(name)
            case WrongPin(left):
                return StaffRefused(left, 0)
            case LockedUntil(at):
                return StaffRefused(0, max(1, round((at - now).total_seconds())))
            case LockedOut():
                return StaffRefused(0, FOR_EVER_S)
            case UnknownBadge():
                return StaffRefused(0, 0)

    def _listed(self) -> StaffJobsListed:
        services = self._desk.services()
        return StaffJobsListed(
            self._jobs(),
            self._desk.store.keeping(self._desk.clock.now()),
            services.local(self._desk.zone) if services else None,
        )

    def _jobs(self) -> tuple[StaffJob, ...]:
        jobs = self._desk.store.jobs_today(self._local().date())
        latest: dict[str, StoredJob] = {}
        for job in jobs:
            latest.setdefault(job.reference, job)
        printed = tuple(self._line(job) for job in latest.values())
        unprinted = tuple(self._booked(a) for a in self._today() if a.reference not in latest)
        return printed + unprinted

    def _booked(self, booked: Appointment) -> StaffJob:
        key, name = APPOINTMENT + booked.appointment_id, self._desk.facility.service_name(booked.service)
        return StaffJob(key, spell_time(booked.starts_at), booked.reference, name, None)

    def _line(self, job: StoredJob) -> StaffJob:
        local = job.created_at.astimezone(self._desk.zone)
        number = job.queue_number or job.reference
        return StaffJob(job.job_id, spell_time(local), number, self._service_name(job), job.outcome, job.copy)

    def _service_name(self, job: StoredJob) -> str:
        return self._desk.facility.service_name(job.service) if job.service else "Appointment"

    def _staff_print(self, key: str, badge: str) -> None:
        now = self._desk.clock.now()
        if key.startswith(APPOINTMENT):
            wanted = next(a for a in self._today() if a.appointment_id == key.removeprefix(APPOINTMENT))
            ticket = slip_of_appointment(self._desk.facility, wanted)
            job = self._desk.orders.loose_job(wanted.reference, ticket, now)
        else:
            first = self._desk.store.stored_job(key)
            job = self._desk.store.copy_job(key, lambda _: first.ticket, now)
        self._log("staff.print", job=job.job_id, copy=job.copy, by=badge[:8])
        self._asked_by_staff[job.job_id] = key
        self._print(job)

    def _record(self, job_id: str, outcome: PrintOutcome) -> None:
        word, reason = outcome_word(outcome), getattr(outcome, "reason", Reason.NONE)
        self._log("ticket.done", job=job_id, outcome=str(word), reason=str(reason))
        try:
            self._desk.store.job_done(job_id, outcome, self._desk.clock.now())
        finally:
            key = self._asked_by_staff.pop(job_id, "")
            if key:
                self._post(StaffPrintDone(key, outcome))

    def _carry_out(self, order: PrintOrder) -> None:
        store, orders, now = self._desk.store, self._desk.orders, self._desk.clock.now()
        if order.case_id:
            jobs: Sequence[StoredJob] = orders.case_jobs(CaseId(order.case_id))
            if not jobs:
                word = outcome_word(NotPrinted(Reason.NONE))
                orders.order_done(order.order_id, word, "this terminal does not have the case", now)
                return
            job = store.copy_job(jobs[0].job_id, lambda _: jobs[0].ticket, now)
        else:
            job = orders.loose_job(order.reference, slip_of_lines(order.lines), now)
        orders.order_job(order.order_id, job.job_id)
        self._print(replace(job, copy=max(job.copy, order.copy)))
