"""A receipt printer on a desk in virtual time: the conversation here, the simulated mechanism there.

Responsible for: carrying bytes between them, the cable, and a clock that the test moves.
Not responsible for: threads and ports; those are tested with real simulator processes.
"""

from dataclasses import dataclass, field

from devices.printers.conversation import advance, bytes_to_write
from devices.printers.decoder import Decoder
from devices.printers.encoder import encode_commands
from devices.printers.profile import profile_named
from devices.printers.talk import (
    Action,
    Begin,
    CloseLink,
    Encoded,
    Heard,
    LinkGone,
    LinkOpened,
    OpenLink,
    Recall,
    Recalled,
    Remember,
    Submitted,
    Talk,
    TalkEvent,
    Tell,
    Ticked,
    Wrote,
    opening,
)
from devices.simulators.mechanism import Build, Mechanism
from devices.simulators.slip import Slip
from kiosk.core.hardware import DeviceStatus, Fence, PrinterUnit, PrintOutcome
from kiosk.core.ticket import Align, Code, Line, Pair, PrintJob, Rule, Size, Space, Ticket
from kiosk.ports import DeviceFact, JobDone, JobSent, JobSettled

TICK_S = 0.01
BYTES_EACH_TICK = 38
"""What 38,400 baud carry in a tick."""

TICKET = Ticket(
    (
        Line("Demo Borough Council", size=Size.LARGE, bold=True, align=Align.CENTRE),
        Line("Your ticket number", align=Align.CENTRE),
        Line("A042", size=Size.HUGE, bold=True, align=Align.CENTRE),
        Rule(),
        Pair("Date", "24 November 2026, 10:14"),
        Pair("Reference", "K7-0042-X"),
        Space(2.0),
        Code("https://demo.council.example/c/K7-0042-X", "Scan to see how it is going"),
        Line("Please keep this ticket.", align=Align.CENTRE),
    )
)


def job(job_id: str = "job-1", ticket: Ticket = TICKET, copy: int = 0) -> PrintJob:
    return PrintJob(job_id, "case-1", ticket, copy)


@dataclass
class Desk:
    """Everything a test needs to have a conversation."""

    profile_name: str = "generic-80mm"
    plugged: bool = True
    now: float = 100.0
    facts: list[DeviceFact] = field(default_factory=list)
    journal: list[str] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    received: int = 0
    answers: bytes = b""
    units: dict[PrinterUnit, Fence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.profile = profile_named(self.profile_name)
        self.talk: Talk = opening("printer", self.profile, 1000)
        self.machine = Mechanism(Build(self.profile.width_dots), self._say, self.slips.append)
        self.decoder = Decoder()
        self.is_open = False
        self.length = 0
        self._events: list[TalkEvent] = []

    def _say(self, answer: bytes) -> None:
        faults = self.machine.faults
        if self.plugged and self.is_open and not faults.mute and not faults.stall:
            self.answers += answer * (2 if faults.double else 1)

    # --- what a test does ---

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        until = self.now + seconds
        while self.now < until:
            self._tick()

    def until_done(self, job_id: str = "job-1", limit_s: float = 60.0) -> PrintOutcome:
        """Let time pass until the job has its outcome."""
        until = self.now + limit_s
        while not self.outcomes(job_id):
            assert self.now < until, f"no outcome within {limit_s} s in {self.talk.phase}"
            self._tick()
        return self.outcomes(job_id)[0]

    def until_received(self, count: int) -> None:
        """Let time pass until the printer has taken so many bytes of whatever is sent."""
        until = self.now + 10.0
        while self.received < count and self.now < until:
            self._tick()

    def until_sent(self, share: float, limit_s: float = 10.0) -> None:
        """Let time pass until the printer has taken this share of the ticket under way; 1 is all."""
        until = self.now + limit_s
        while (flight := self.talk.flight) is None or flight.bytes_sent < share * self.length:
            assert self.now < until, "the ticket does not get so far"
            self._tick()

    def submit(self, wanted: PrintJob) -> None:
        self.received = 0
        self.step(Submitted(wanted))

    def unplug(self) -> None:
        self.plugged = False
        if self.is_open:
            self.is_open = False
            self.answers = b""
            self.step(LinkGone())

    def plug(self) -> None:
        self.plugged = True

    def mend(self) -> None:
        """Put everything right at the printer, in place."""
        self.machine.new_roll()
        fresh = type(self.machine.faults)()
        for name in fresh.__slots__:
            setattr(self.machine.faults, name, getattr(fresh, name))

    # --- what a test sees ---

    def outcomes(self, job_id: str = "job-1") -> list[PrintOutcome]:
        return [fact.outcome for fact in self.facts if isinstance(fact, JobDone) and fact.job_id == job_id]

    def settled(self, job_id: str = "job-1") -> list[PrintOutcome]:
        return [fact.outcome for fact in self.facts if isinstance(fact, JobSettled) and fact.job_id == job_id]

    def sent(self, job_id: str = "job-1") -> bool:
        return any(isinstance(fact, JobSent) and fact.job_id == job_id for fact in self.facts)

    def status(self) -> DeviceStatus:
        return self.talk.status

    def paper(self) -> str:
        """All that is on paper, cut off or not."""
        return "\n".join(line for slip in [*self.slips, self.machine.slip] for line in slip.lines)

    # --- carrying ---

    def step(self, event: TalkEvent) -> None:
        self._events.append(event)
        while self._events:
            self.talk = advance(self.talk, self._events.pop(0), self.now)
            for action in self.talk.actions:
                self._do(action)

    def _do(self, action: Action) -> None:
        match action:
            case OpenLink():
                self.is_open = self.plugged
                self.decoder = Decoder()
                self._events.append(LinkOpened() if self.plugged else LinkGone())
            case CloseLink():
                self.is_open = False
                self.answers = b""
            case Begin(wanted, fence):
                self.journal.append(wanted.job_id)
                pieces = encode_commands(wanted.ticket, self.profile, fence, None, copy=wanted.copy)
                self.length = sum(map(len, pieces))
                self._events.append(Encoded(pieces))
            case Recall(unit):
                self._events.append(Recalled(self.units.get(unit)))
            case Remember(unit, None):
                del self.units[unit]
            case Remember(unit, known):
                self.units[unit] = known or Fence.NONE
            case Tell(fact):
                self.facts.append(fact)

    def _tick(self) -> None:
        self.now += TICK_S
        self.step(Ticked())
        self._carry_out()
        self.machine.run(self.now)
        heard, self.answers = self.answers, b""
        for message in self.decoder.feed(heard):
            self.step(Heard(message))

    def _carry_out(self) -> None:
        room = BYTES_EACH_TICK
        while room > 0 and self.is_open and not self.machine.faults.stall:
            piece = bytes_to_write(self.talk)[: min(room, self.machine.room)]
            if not piece:
                return
            self.machine.receive(piece)
            room -= len(piece)
            self.received += len(piece)
            self.step(Wrote(len(piece)))
