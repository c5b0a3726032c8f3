"""The one loop that carries cases to central, and lists and orders back.

Responsible for: doing what `pacing` decides, writing down each result, and telling the service.
Not responsible for: the decisions (`pacing`), speaking HTTP (`client`), or printing what was ordered.
"""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kiosk.core.sync import (
    AppointmentsPulled,
    BundleStaged,
    CaseAccepted,
    CaseErased,
    CaseParked,
    CentralDown,
    CentralUp,
    CourierStumbled,
    ErrorClass,
    KeysPulled,
    OrderArrived,
    UpdateNeeded,
)
from kiosk.errors import CentralError, StoreError
from kiosk.ports import (
    Accepted,
    AppointmentBook,
    BundleShelf,
    Central,
    Clock,
    Delivery,
    KeyBook,
    OrderBook,
    Outbox,
    Parcel,
    Parked,
    RetryLater,
    SyncSink,
)
from kiosk.sync import heartbeat, pacing, wire
from kiosk.sync.forgetting import Forgetting
from kiosk.sync.heartbeat import Noted
from kiosk.sync.pacing import Pace, Task
from kiosk.sync.uploads import Uploads

_AFTER_STUMBLE_S = 10.0
_DAMAGED = "The copy of this case on the terminal is damaged. Ask the visitor again if you can reach them."


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where the courier takes from and puts to; `bundles` is None where services are configured by hand."""

    outbox: Outbox
    orders: OrderBook
    appointments: AppointmentBook
    keys: KeyBook
    bundles: BundleShelf | None = None


class Courier:
    """Carry until closed, on one thread of its own.

    Args:
        central: used on the courier's thread only.
        shelves: the store.
        sink: told every `SyncFact` on the courier's thread; must not block or raise.
        clock: tells the time.
        chance: gives numbers in [0, 1), for jitter.
        today: tells the local date.
        facts: tells how the terminal is, for the heartbeat; no personal data, must not block.
        hang_up: ends a call to central that is under way, from another thread.
    """

    def __init__(
        self,
        central: Central,
        shelves: Shelves,
        sink: SyncSink,
        *,
        clock: Clock,
        chance: Callable[[], float],
        today: Callable[[], date],
        facts: Callable[[], Mapping[str, object]],
        pace: Pace | None = None,
        hang_up: Callable[[], None] = lambda: None,
    ) -> None:
        self._central = central
        self._shelves = shelves
        self._uploads = Uploads(central, shelves.outbox)
        self._sink = sink
        self._clock = clock
        self._chance = chance
        self._today = today
        self._facts = facts
        self._pace = pace or Pace()
        self._hang_up = hang_up
        self._course = pacing.first_course(clock.monotonic(), self._pace, chance())
        self._told: ErrorClass | CentralUp | None = None
        self._ways: Mapping[Task, Callable[[], None]] = {
            Task.DELIVER: self._deliver,
            Task.REPORT: self._report,
            Task.ORDERS: self._pull_orders,
            Task.FORGET: self._forget,
            Task.APPOINTMENTS: lambda: self._pull_appointments(self._today()),
            Task.AHEAD: self._pull_ahead,
            Task.BUNDLE: self._pull_bundle,
            Task.RENEW: self._renew,
            Task.KEYS: self._pull_keys,
            Task.HEARTBEAT: self._beat,
            Task.TIDY: shelves.outbox.tidy,
        }
        self._noted = Noted()
        self._forgetting = Forgetting()
        self._wake = threading.Event()
        self._poked = threading.Event()
        self._wants_bundle = threading.Event()
        self._link_is_back = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        """Begin to carry; returns at once."""
        self._thread.start()

    def poke(self) -> None:
        """Say that there is a new case or a print outcome; from any thread, returns at once."""
        self._poked.set()
        self._wake.set()

    def look_for_bundle(self) -> None:
        """Ask central at once what is published; from any thread, returns at once."""
        self._wants_bundle.set()
        self.poke()

    def link_returned(self) -> None:
        """Say that the network is there again; from any thread, returns at once."""
        self._link_is_back.set()
        self._wake.set()

    def close(self) -> None:
        """Stop; waits for the call under way, which ends at once. May be called twice."""
        self._closing.set()
        self._wake.set()
        self._hang_up()
        if self._thread.is_alive():
            self._thread.join()

    def step(self) -> float:
        """Do the next thing, if anything is due; return the seconds until something may be."""
        if self._link_is_back.is_set():
            self._link_is_back.clear()
            self._course = pacing.link_back(self._course, self._now(), self._pace, self._chance())
        if self._poked.is_set():
            self._poked.clear()
            self._course = pacing.poked(self._course, self._now(), self._pace)
        if self._wants_bundle.is_set():
            self._wants_bundle.clear()
            self._course = pacing.again(self._course, Task.BUNDLE, self._now())
        task, wait = pacing.next_task(self._course, self._now())
        if task is not None:
            self._do(task)
        return wait

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wake.wait(self._step_safely())
            self._wake.clear()

    def _step_safely(self) -> float:
        try:
            return self.step()
        except StoreError as error:
            self._sink(CourierStumbled(error.code, error.what))
        except Exception as error:  # noqa: BLE001 - the courier's thread must outlive any fault of the program
            self._sink(CourierStumbled("SYNC-090", f"The courier stumbled ({type(error).__name__})."))
        self._closing.wait(_AFTER_STUMBLE_S)
        return 0.0

    def _now(self) -> float:
        return self._clock.monotonic()

    def _do(self, task: Task) -> None:
        # Noted before it is done: should it stumble, the next thing has its turn first.
        self._course = pacing.done(
            self._course, task, now=self._now(), pace=self._pace, chance=self._chance()
        )
        try:
            self._ways[task]()
        except CentralError as error:
            self._failed_task(task, error)

    def _deliver(self) -> None:
        waiting = pacing.fitting(self._shelves.outbox.next_parcels(self._course.batch))
        whole = [parcel for parcel in waiting if _is_whole(parcel)]
        damaged = [Parked(p.key, ErrorClass.LOCAL, _DAMAGED) for p in waiting if not _is_whole(p)]
        self._settle(damaged)
        light = [parcel for parcel in whole if not wire.attachments(parcel.body)]
        heavy = [parcel for parcel in whole if parcel not in light]
        if light:
            self._carry(light)
        if heavy and (not light or isinstance(self._told, CentralUp)):
            self._bring(heavy)

    def _bring(self, parcels: Sequence[Parcel]) -> None:
        """Bring attachments, then those cases that have all of theirs at central."""
        brought = self._uploads.bring(parcels)
        self._settle(brought.settled)
        if brought.ready:
            self._carry(brought.ready)
        if brought.failure is not None:
            self._failed_task(Task.DELIVER, brought.failure)
        elif len(brought.ready) < len(parcels):
            self._answered()
            self._course = pacing.again(self._course, Task.DELIVER, self._now())

    def _carry(self, parcels: Sequence[Parcel]) -> None:
        try:
            deliveries = self._central.deliver(parcels, self._shelves.outbox.waiting())
        except CentralError as error:
            fault = ErrorClass(error.error_class)
            deliveries = [RetryLater(p.key, fault, error.what, error.retry_after_s) for p in parcels]
        failure = _whole_failure(deliveries)
        if failure is not None:
            self._refused_batch(parcels, deliveries, failure)
            return
        self._answered()
        self._settle(deliveries)
        self._note_update(deliveries)
        self._after_batch(progress=any(not isinstance(one, RetryLater) for one in deliveries))

    def _note_update(self, deliveries: Sequence[Delivery]) -> None:
        """Note whether central does not know the version of a case: it waits, and staff are told."""
        waits = [one for one in deliveries if isinstance(one, RetryLater) and _is_too_new(one)]
        if waits and not self._noted.needs_update:
            self._sink(UpdateNeeded(waits[0].problem))
        self._noted = replace(self._noted, needs_update=bool(waits))

    def _after_batch(self, *, progress: bool) -> None:
        self._course = pacing.after_batch(
            self._course, progress=progress, now=self._now(), pace=self._pace, chance=self._chance()
        )

    def _refused_batch(
        self, parcels: Sequence[Parcel], deliveries: Sequence[Delivery], failure: RetryLater
    ) -> None:
        """Make of a whole refused batch a park, smaller batches, or a wait."""
        fault = ErrorClass(failure.error_class)
        self._course = pacing.smaller(self._course, fault, len(parcels))
        if pacing.is_poison(fault, len(parcels)):
            self._answered()
            self._settle([Parked(parcels[0].key, fault, failure.problem)])
            self._after_batch(progress=True)
            return
        self._settle(deliveries)
        self._course = pacing.again(self._course, Task.DELIVER, self._now())
        if pacing.may_split(fault, len(parcels)):
            self._answered()
        else:
            self._failed(fault, failure.problem, failure.retry_after_s)

    def _settle(self, deliveries: Sequence[Delivery]) -> None:
        if not deliveries:
            return
        owners = self._shelves.outbox.settle(deliveries, self._clock.now())
        for delivery, case_id in zip(deliveries, owners, strict=True):
            match delivery:
                case Accepted():
                    self._noted = replace(self._noted, accepted_at=self._clock.now())
                    self._sink(CaseAccepted(case_id, delivery.central_id))
                case Parked():
                    self._sink(CaseParked(case_id, ErrorClass(delivery.error_class), delivery.problem))
                case RetryLater():
                    pass

    def _report(self) -> None:
        refused: CentralError | None = None
        for report in self._shelves.orders.unreported_orders():
            try:
                self._central.report_print(report.order_id, report.outcome, report.reason)
            except CentralError as error:
                if not pacing.spares_the_rest(Task.REPORT, ErrorClass(error.error_class)):
                    raise
                refused = (
                    error  # such as an order that central has forgotten: the others are told all the same
                )
                continue
            self._answered()
            self._shelves.orders.order_reported(report.order_id, self._clock.now())
        if refused is not None:
            raise refused

    def _pull_orders(self) -> None:
        orders = self._central.print_orders()
        self._answered()
        for order in orders:
            if self._shelves.orders.take_order(order, self._clock.now()):
                self._sink(OrderArrived(order))

    def _forget(self) -> None:
        gone = self._forgetting.pull(self._central, self._shelves.outbox, self._clock.now())
        if gone is not None:
            self._answered()
        for case_id in gone or ():
            self._sink(CaseErased(case_id))

    def _pull_appointments(self, day: date) -> None:
        book = self._shelves.appointments
        pulled = self._central.appointments(day, book.appointments_etag(day))
        self._answered()
        if pulled is not None:
            book.keep_appointments(day, pulled.appointments, pulled.etag)
            self._sink(AppointmentsPulled(day))

    def _pull_ahead(self) -> None:
        today = self._today()
        self._shelves.appointments.forget_before(today)
        for days in range(1, self._pace.days_ahead + 1):
            self._pull_appointments(today + timedelta(days=days))

    def _pull_bundle(self) -> None:
        shelf = self._shelves.bundles
        if shelf is None:
            return
        manifest = self._central.bundle(shelf.etag())
        self._answered()
        shelf.checked(self._clock.now())
        if manifest is None:
            return
        for file in shelf.lacking(manifest):
            shelf.take_file(file, self._central.bundle_file(file))
        if shelf.stage(manifest):
            self._sink(BundleStaged(manifest.version))

    def _renew(self) -> None:
        if self._central.renew_token():
            self._answered()

    def _pull_keys(self) -> None:
        told = self._central.council_keys()
        self._answered()
        if self._shelves.keys.keep(told):
            self._sink(KeysPulled(tuple(key.key_id for key in told)))

    def _beat(self) -> None:
        if self._noted.accepted_at is None:
            self._noted = replace(self._noted, accepted_at=self._shelves.outbox.last_accepted())
        depth, ahead_s = self._shelves.outbox.depth(), self._central.clock_offset_s
        self._central.heartbeat(
            heartbeat.told(self._facts(), depth, self._noted, ahead_s=ahead_s, now=self._clock.now())
        )
        self._answered()

    def _answered(self) -> None:
        self._course = pacing.after_answer(self._course, self._now())
        if not isinstance(self._told, CentralUp):
            self._told = CentralUp()
            self._sink(self._told)

    def _failed_task(self, task: Task, error: CentralError) -> None:
        fault = ErrorClass(error.error_class)
        if pacing.spares_the_rest(task, fault):
            self._course = pacing.put_off(self._course, task, now=self._now(), pace=self._pace)
            return
        self._course = pacing.again(self._course, task, self._now())
        self._failed(fault, error.what, error.retry_after_s)

    def _failed(self, fault: ErrorClass, problem: str, retry_after_s: float | None) -> None:
        self._course = pacing.after_failure(
            self._course, fault, retry_after_s, now=self._now(), pace=self._pace, chance=self._chance()
        )
        at = self._clock.now().isoformat()
        self._noted = replace(self._noted, error_class=fault.value, error_at=at)
        if self._told != fault and not self._closing.is_set():
            self._told = fault
            self._sink(CentralDown(fault, problem))


def _whole_failure(deliveries: Sequence[Delivery]) -> RetryLater | None:
    """Return what failed for all alike, or None when central answered about each."""
    first = deliveries[0]
    if not isinstance(first, RetryLater) or first.answered:
        return None
    alike = all(isinstance(d, RetryLater) and d.error_class == first.error_class for d in deliveries)
    return first if alike else None


def _is_too_new(delivery: RetryLater) -> bool:
    return delivery.answered and delivery.error_class == ErrorClass.UPGRADE


def _is_whole(parcel: Parcel) -> bool:
    return hashlib.sha256(parcel.body).hexdigest() == parcel.sha256
