"""The one loop of the terminal service: events in, decisions by the core, effects out.

Responsible for: the order of things, the visit of the moment, and that nothing stops the loop.
Not responsible for: deciding (`kiosk.core`), what blocks (`kiosk.errands`), building adapters (`kiosk.app`).

Threads. `run` belongs to one thread, the only one that touches the visit; all others post to a queue.
"""

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import assert_never

from kiosk.core.case import CaseDraft, CaseId
from kiosk.core.codes import UNFORESEEN
from kiosk.core.effects import (
    CheckStaff,
    CheckStore,
    Effect,
    EndVisit,
    FindAppointments,
    ListStaffJobs,
    Note,
    PrintAccessCard,
    PrintTicket,
    ReadCard,
    SaveCase,
    ScanPage,
    StaffPrint,
    StopReading,
    StopScanning,
)
from kiosk.core.ending import in_hand
from kiosk.core.events import (
    CardRead,
    Event,
    Failed,
    Focused,
    ScanDone,
    Ticked,
    TicketDone,
    Typed,
)
from kiosk.core.facility import Facility
from kiosk.core.hardware import (
    CardPresented,
    CardUnreadable,
    DeviceStatus,
    HeadphonesChanged,
    NotPrinted,
    PowerChanged,
    Reason,
)
from kiosk.core.moves import Move
from kiosk.core.scans import PageNotScanned, PageScanned, ScanFault
from kiosk.core.seen import seen
from kiosk.core.sync import OrderArrived, SyncFact
from kiosk.core.ticket import PrintJob
from kiosk.core.transitions import AT_REST, TOUCHES, advance, begin
from kiosk.core.views import View
from kiosk.core.visit import Over, Scene, Stage, Visit
from kiosk.devices_told import DevicesTold
from kiosk.errands import Errands, Offer
from kiosk.logs import Log, event_of, place_of
from kiosk.ports import (
    CardReader,
    Clock,
    DeviceFact,
    DocumentScanner,
    Glass,
    JobDone,
    JobSent,
    JobSettled,
    PaperForecast,
    ReceiptPrinter,
    Speaker,
)
from kiosk.reading_aloud import ReadingAloud

Errand = (
    FindAppointments
    | SaveCase
    | PrintTicket
    | PrintAccessCard
    | CheckStaff
    | ListStaffJobs
    | StaffPrint
    | CheckStore
)
"""Effects that block, and so are carried out elsewhere."""

TICK_S = 1.0
BETWEEN_VISITS = frozenset({Stage.WELCOME, Stage.CLOSED, Stage.OUT_OF_ORDER})


@dataclass(frozen=True, slots=True)
class House:
    """What every visit of this terminal is decided in.

    Attributes:
        new_case_id: makes the id of the next visit's case.
    """

    facility: Facility
    clock: Clock
    zone: tzinfo
    new_case_id: Callable[[], CaseId]
    log: Log


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who carry effects out.

    Attributes:
        printer: None where the facility has none; every ticket is then NotPrinted.
        speaker: None where nothing can speak.
        document_scanner: None where the facility has none; every page is then not scanned.
    """

    glass: Glass
    printer: ReceiptPrinter | None
    readers: Sequence[CardReader]
    errands: Errands
    speaker: Speaker | None = None
    document_scanner: DocumentScanner | None = None


@dataclass(frozen=True, slots=True)
class _Stop:
    """Put in the queue to end the loop: at once, or with the visit."""

    at_rest: bool


class _Mark(threading.Event):
    """Put in the queue to learn when all before it was decided."""


class Conductor:
    """Run visits one after another until stopped."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._events: queue.SimpleQueue[Event | _Stop | _Mark | Offer] = queue.SimpleQueue()
        self._employed: Crew | None = None
        self._aloud = ReadingAloud(None)
        self._offered: Offer | None = None
        self.devices = DevicesTold(self.post, self._hush, house.log)
        self._visit = self._next_visit()
        self._shown: View | None = None
        self._in_hand: CaseDraft | None = None

    # -- any thread

    def post(self, event: Event) -> None:
        """Let an event happen; never blocks. Whatever a person does cuts what is being read aloud."""
        if isinstance(event, TOUCHES) and not (isinstance(event, Focused) and not event.moved):
            self._aloud.hush()
        self._events.put(event)

    def stop(self, *, at_rest: bool = False) -> None:
        """End `run` after what has already happened, or `at_rest` once nobody is served; never blocks."""
        self._events.put(_Stop(at_rest))

    def offer(self, offer: Offer) -> None:
        """Use another facility from the next visit on; never during one, never blocks."""
        self._events.put(offer)

    def drain(self, timeout_s: float) -> bool:
        """Wait until everything that has happened so far is decided; blocks, for rehearsals."""
        mark = _Mark()
        self._events.put(mark)
        return mark.wait(timeout_s)

    def device_fact(self, fact: DeviceFact) -> None:
        """Take what the devices room tells; never blocks."""
        match fact:
            case JobDone(job_id, outcome) | JobSettled(job_id, outcome):
                self._crew.errands.job_done(job_id, outcome, lambda: self.post(TicketDone(job_id, outcome)))
            case CardPresented() | CardUnreadable():
                self.post(CardRead(fact))
            case PageScanned() | PageNotScanned():
                self.post(ScanDone(fact))
            case DeviceStatus() | PaperForecast() | PowerChanged() | HeadphonesChanged():
                self.devices.take(fact)
            case JobSent(job_id):
                self._house.log("ticket.sent", job=job_id)
            case _:
                self._house.log("device.told", fact=type(fact).__name__)

    def sync_fact(self, fact: SyncFact) -> None:
        """Take what the courier tells; never blocks."""
        event, ids = event_of(fact)
        self._house.log(event, **ids)
        if isinstance(fact, OrderArrived):
            self._crew.errands.carry_out(fact.order)

    def _hush(self) -> None:
        self._aloud.hush()

    def submit(self, job: PrintJob) -> None:
        """Hand a job to the printer, or answer at once that there is none; never blocks."""
        printer = self._crew.printer
        if printer is None:
            self.device_fact(JobDone(job.job_id, NotPrinted(Reason.NO_PRINTER)))
        else:
            printer.submit(job)

    # -- the conductor's thread

    def employ(self, crew: Crew) -> None:
        """Take those who carry effects out; once, before `run`. What happened before waits in the queue."""
        self._aloud = ReadingAloud(crew.speaker)
        self._employed = crew

    def run(self) -> None:
        """Conduct visits until `stop`; blocks."""
        self._take(begin(self._visit, self._scene()))
        self._read_aloud(Ticked(), self._visit)
        stopping = False
        while not (stopping and self._visit.stage in AT_REST):
            event = self._next()
            match event:
                case _Stop(at_rest):
                    stopping = True
                    if not at_rest:
                        return
                case _Mark():
                    event.set()
                case Offer():
                    self._offered = event
                    self._adopt_if_free()
                case _:
                    self.happen(event)

    def _next(self) -> Event | _Stop | _Mark | Offer:
        try:
            return self._events.get(timeout=TICK_S)
        except queue.Empty:
            return Ticked()

    def happen(self, event: Event) -> None:
        """Decide one event and carry its effects out; a fault in here becomes a view that helps."""
        before = self._visit
        try:
            self._take(advance(self._visit, event, self._scene()), quiet=isinstance(event, Typed))
            self._read_aloud(event, before)
        except Exception as problem:  # noqa: BLE001 - failsafe: the visitor is helped
            self._house.log("visit.broke", place=place_of(problem))
            if not isinstance(event, Failed):
                self.happen(Failed(UNFORESEEN[0]))

    def _take(self, move: Move, *, quiet: bool = False) -> None:
        self._visit = move.visit
        for effect in move.effects:
            self._carry_out(effect)
        if not quiet:
            self._show()
        self._get_ahead()
        self._adopt_if_free()

    def _adopt_if_free(self) -> None:
        """Take up an offered facility while nobody is here."""
        offer, visit = self._offered, self._visit
        if offer is None or visit.stage not in BETWEEN_VISITS or visit.over is not Over.NOTHING:
            return
        self._offered = None
        self._house = replace(self._house, facility=offer.facility, zone=offer.zone)
        self._crew.errands.adopt(offer)
        self._visit = self._next_visit()
        self._take(begin(self._visit, self._scene()))

    def _read_aloud(self, event: Event, before: Visit) -> None:
        self._aloud.follow(event, before, self._visit, self._scene())

    def _show(self) -> None:
        view = seen(self._visit, self._scene())
        if view != self._shown:
            self._shown = view
            self._crew.glass.show(view)

    def _get_ahead(self) -> None:
        """Let what the visitor is about to send be sealed while they read it, or be forgotten."""
        draft = in_hand(self._visit, self._scene())
        if draft != self._in_hand:
            self._in_hand = draft
            self._crew.errands.seal_ahead(draft)

    def _scene(self) -> Scene:
        clock = self._house.clock
        local = clock.now().astimezone(self._house.zone)
        return Scene(self._house.facility, clock.monotonic(), local, self._aloud.voices())

    def _carry_out(self, effect: Effect) -> None:
        match effect:
            case ReadCard(purpose):
                for reader in self._crew.readers:
                    reader.arm(purpose)
            case StopReading():
                for reader in self._crew.readers:
                    reader.disarm()
            case ScanPage(request):
                self._scan(request)
            case StopScanning():
                self._stop_scanning()
            case EndVisit():
                self._end_visit()
            case Note(code, detail):
                self._house.log("visit.note", code=code, detail=detail)
            case _:
                self._send(effect)

    def _send(self, errand: Errand) -> None:
        errands = self._crew.errands
        match errand:
            case FindAppointments(step, search):
                errands.find(step, search)
            case SaveCase(draft):
                errands.save(draft)
            case PrintTicket(job_id):
                errands.print_job(job_id)
            case PrintAccessCard(passport, language):
                errands.print_access_card(passport, language)
            case CheckStaff(badge, pin):
                errands.check_staff(badge, pin)
            case CheckStore():
                errands.check_store()
            case ListStaffJobs():
                errands.list_staff_jobs()
            case StaffPrint(key, badge):
                errands.staff_print(key, badge)
            case _ as never:
                assert_never(never)

    def _scan(self, request: str) -> None:
        if self._crew.document_scanner is None:
            self.post(ScanDone(PageNotScanned(request, ScanFault.ABSENT)))
        else:
            self._crew.document_scanner.scan(request)

    def _stop_scanning(self) -> None:
        if self._crew.document_scanner is not None:
            self._crew.document_scanner.cancel()

    def _end_visit(self) -> None:
        self._house.log("visit.ended", case=self._visit.case_id)
        self._stop_scanning()
        self._aloud.rest()
        self._crew.glass.replace()
        self._shown = None
        self._visit = self._next_visit()
        self._take(begin(self._visit, self._scene()))

    def _next_visit(self) -> Visit:
        language = self._house.facility.languages[0].language
        return Visit(
            self._house.new_case_id(),
            language,
            printer=self.devices.printer(),
            paper_left=self.devices.paper_left(),
        )

    @property
    def _crew(self) -> Crew:
        if self._employed is None:
            raise RuntimeError("the conductor has no crew yet: employ() comes before run()")
        return self._employed
