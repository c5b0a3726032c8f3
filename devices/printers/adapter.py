"""The thread that owns a receipt printer.

Responsible for: moving bytes between link and conversation, carrying out what the conversation asks for.
Not responsible for: any decision about a ticket (`conversation`), bytes of the language (`encoder`,
`decoder`).
"""

import logging
from collections import deque
from functools import partial
from typing import Final, assert_never

from devices.links.link import Link
from devices.own_thread import OwnThread
from devices.printers.conversation import advance, bytes_to_write, next_moment
from devices.printers.decoder import Decoder
from devices.printers.dots import RasterLine
from devices.printers.encoder import FenceMark, Slip, encode_slip
from devices.printers.paper_watch import PaperWatch
from devices.printers.profile import Profile
from devices.printers.talk import (
    Action,
    Begin,
    CloseLink,
    Confirming,
    Encoded,
    Heard,
    Idle,
    LinkGone,
    LinkOpened,
    NotBegun,
    OpenLink,
    Recall,
    Recalled,
    Remember,
    Sending,
    Starting,
    Submitted,
    TalkEvent,
    Tell,
    Ticked,
    Wrote,
    opening,
)
from kiosk.core.hardware import DeviceStatus, Fence, NotPrinted, PrinterUnit, Reason, Unknown
from kiosk.core.ticket import PrintJob
from kiosk.errors import KioskError, LinkError, StoreError
from kiosk.ports import (
    Clock,
    DeviceFact,
    DeviceSink,
    JobDone,
    JobSettled,
    Journal,
    PaperForecast,
    PaperMemory,
    UnitMemory,
)
from kiosk.typeset import Bitmap

LOG: Final = logging.getLogger("devices.printers")
LONGEST_WAIT_S: Final = 1.0
AHEAD_BYTES: Final = 512
"""How far sending may run ahead of what the wire can have carried."""
_SENSORS_KNOWN: Final = (Idle, Starting, Sending, Confirming)
"""Where a conversation stands when its sensors are this printer's, not yet to be found out."""


class PrinterAdapter:
    """A receipt printer behind the port of the service; the thread starts at once.

    Args:
        name: what the service calls the printer.
        link: how bytes reach it; owned by the adapter from now on.
        profile: what the model can do.
        clock: real time; time-outs of the wire are measured with `monotonic`.
        journal: told before the first byte of a job leaves.
        sink: takes every fact, on the adapter's thread.
        raster: shapes lines that no code page carries; None prints ``?`` for missing letters.
        paper: keeps what is known of the paper; None tells no forecast.
        units: keeps how each unit confirms; None finds it out at each opening.
        logo: printed where a ticket says so; None prints none.
    """

    def __init__(
        self,
        name: str,
        link: Link,
        profile: Profile,
        *,
        clock: Clock,
        journal: Journal,
        sink: DeviceSink,
        raster: RasterLine | None,
        paper: PaperMemory | None = None,
        units: UnitMemory | None = None,
        logo: Bitmap | None = None,
    ) -> None:
        self._logo = logo
        self._units = units
        self._paper = PaperWatch(name, profile, paper) if paper is not None else None
        self._link = link
        self._profile = profile
        self._clock = clock
        self._journal = journal
        self._sink = sink
        self._raster = raster
        self._talk = opening(name, profile, int(clock.now().timestamp()))
        self._status = self._talk.status
        self._inbox: deque[PrintJob] = deque()
        self._events: deque[TalkEvent] = deque()
        self._decoder = Decoder()
        self._is_open = False
        self._paced_until = 0.0
        self._thread = OwnThread(name, self._turn, recover=self._recover, end=self._end)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the device and its condition."""
        return f"PrinterAdapter({self._status.device!r}, {self._status.condition.value})"

    def submit(self, job: PrintJob) -> None:
        """Queue one job; its `JobDone` comes through the sink exactly once."""
        if not self._thread.hand_over(partial(self._inbox.append, job)):
            self._tell(JobDone(job.job_id, NotPrinted(Reason.RESTARTED)))

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        return self._status

    def close(self) -> None:
        """Stop the thread and let go of the printer; a ticket under way is told as unknown."""
        self._thread.stop()

    # --- on the thread ---

    def _recover(self) -> None:
        self._close_link()
        self._events.clear()
        self._step(LinkGone())

    def _end(self) -> None:
        self._close_link()
        self._say_goodbye()

    def _turn(self) -> None:
        self._step(Ticked())
        while self._inbox:
            self._step(Submitted(self._inbox.popleft()))
        now = self._clock.monotonic()
        wait = min(LONGEST_WAIT_S, max(0.0, next_moment(self._talk) - now))
        wants_to_write = self._is_open and bool(bytes_to_write(self._talk))
        if wants_to_write and (pause := self._pause(now)):
            wait, wants_to_write = min(wait, pause), False
        line = [self._link.fileno()] if self._is_open else []
        readable, writable = self._thread.wait(wait, line, line if wants_to_write else [])
        if readable:
            self._listen()
        if writable and self._is_open:
            self._speak()

    def _pause(self, now: float) -> float:
        """How long to wait before the wire can have carried what was sent."""
        rate = self._link.bytes_per_s
        return max(0.0, self._paced_until - now - AHEAD_BYTES / rate) if rate else 0.0

    def _listen(self) -> None:
        try:
            received = self._link.read()
        except LinkError as error:
            self._lose(error)
            return
        for message in self._decoder.feed(received):
            self._step(Heard(message))

    def _speak(self) -> None:
        try:
            count = self._link.write_some(bytes_to_write(self._talk))
        except LinkError as error:
            self._lose(error)
            return
        if count:
            rate = self._link.bytes_per_s
            self._paced_until = max(self._paced_until, self._clock.monotonic()) + (
                count / rate if rate else 0.0
            )
            self._step(Wrote(count))

    def _lose(self, error: LinkError) -> None:
        LOG.warning("device.lost device=%s code=%s", self._status.device, error.code)
        self._close_link()
        self._step(LinkGone())

    def _step(self, event: TalkEvent) -> None:
        """Let the conversation take an event, and what follows from carrying out its actions."""
        self._events.append(event)
        while self._events:
            self._talk = advance(self._talk, self._events.popleft(), self._clock.monotonic())
            for action in self._talk.actions:
                self._do(action)
        if self._paper is not None and isinstance(self._talk.phase, _SENSORS_KNOWN):
            self._forecast(self._paper.sensors(self._talk.flags))

    def _do(self, action: Action) -> None:
        match action:
            case OpenLink():
                self._events.append(self._open_link())
            case CloseLink():
                self._close_link()
            case Begin(job, fence):
                self._events.append(self._begin(job, fence))
            case Recall(unit):
                self._events.append(Recalled(self._recall(unit)))
            case Remember(unit, fence):
                self._remember(unit, fence)
            case Tell(fact):
                self._tell(fact)
            case _:
                assert_never(action)

    def _open_link(self) -> TalkEvent:
        try:
            self._link.open()
        except LinkError:
            return LinkGone()
        self._decoder = Decoder()
        self._paced_until = 0.0
        self._is_open = True
        return LinkOpened()

    def _close_link(self) -> None:
        self._is_open = False
        self._link.close()

    def _recall(self, unit: PrinterUnit) -> Fence | None:
        try:
            fence = self._units.fence_of(unit) if self._units is not None else None
        except StoreError as error:
            LOG.warning("unit.not_recalled device=%s code=%s", self._status.device, error.code)
            return None
        LOG.info("unit.seen device=%s model=%r serial=%r", self._status.device, unit.model, unit.serial)
        return fence

    def _remember(self, unit: PrinterUnit, fence: Fence | None) -> None:
        LOG.info("unit.confirms device=%s serial=%r by=%s", self._status.device, unit.serial, fence)
        if self._units is None:
            return
        try:
            if fence is None:
                self._units.forget(unit)
            else:
                self._units.keep_fence(unit, fence)
        except StoreError as error:
            LOG.warning("unit.not_kept device=%s code=%s", self._status.device, error.code)

    def _begin(self, job: PrintJob, fence: FenceMark) -> TalkEvent:
        try:
            slip = self._encode(job, fence)
            self._journal.job_sent(job.job_id)
        except StoreError as error:
            LOG.error("job.not_kept job=%s code=%s", job.job_id, error.code)  # noqa: TRY400 - code says all
            return NotBegun(Reason.NOT_KEPT)
        if self._paper is not None:
            self._paper.begin(slip.height_dots)
        return Encoded(slip.commands)

    def _encode(self, job: PrintJob, fence: FenceMark) -> Slip:
        """Encode, without shaped lines if there is no shaping: a ticket with gaps is better than none."""
        try:
            return encode_slip(job.ticket, self._profile, fence, self._raster, copy=job.copy, logo=self._logo)
        except KioskError as error:
            LOG.warning("job.not_shaped job=%s code=%s", job.job_id, error.code)
            return encode_slip(job.ticket, self._profile, fence, None, copy=job.copy, logo=self._logo)

    def _tell(self, fact: DeviceFact) -> None:
        match fact:
            case DeviceStatus(device, condition, reason):
                self._status = fact
                LOG.info("device.status device=%s condition=%s reason=%s", device, condition, reason)
            case JobDone(job_id, outcome) | JobSettled(job_id, outcome):
                LOG.info("job.%s job=%s outcome=%s", _word(fact), job_id, type(outcome).__name__)
            case _:
                pass
        self._sink(fact)
        if self._paper is not None and isinstance(fact, JobDone):
            self._forecast(self._paper.done(fact))

    def _forecast(self, forecast: PaperForecast | None) -> None:
        if forecast is not None:
            self._sink(forecast)

    def _say_goodbye(self) -> None:
        """Tell of each job that is not finished what is known of it; exactly once, as ever."""
        flight = self._talk.flight
        if flight is not None and not flight.is_told:
            sent = flight.bytes_sent
            outcome = Unknown(Reason.RESTARTED, sent) if sent else NotPrinted(Reason.RESTARTED)
            self._tell(JobDone(flight.job.job_id, outcome))
        for job in (*self._talk.waiting, *self._inbox):
            self._tell(JobDone(job.job_id, NotPrinted(Reason.RESTARTED)))


def _word(fact: JobDone | JobSettled) -> str:
    return "done" if isinstance(fact, JobDone) else "settled"
