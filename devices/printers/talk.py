"""The values of a conversation with a receipt printer.

Responsible for: where a conversation stands, what can happen to it, and what it asks to be done.
Not responsible for: the rules (`conversation` and its parts), bytes on a port (`adapter`).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, Self

from devices.printers.decoder import Message
from devices.printers.encoder import FenceMark
from devices.printers.flags import CLEAR, Flags
from devices.printers.profile import Profile
from kiosk.core.hardware import Condition, DeviceStatus, Fence, PrinterUnit, Reason
from kiosk.core.ticket import PrintJob
from kiosk.ports import DeviceFact

NEVER: Final = float("inf")

# --- where it stands ---


@dataclass(frozen=True, slots=True)
class Away:
    """There is no link; it is tried again at a moment."""

    until: float


class Freed(StrEnum):
    """What was done for a printer that stands in the middle of a picture and swallows what it is sent."""

    NOT = "not"
    BY_ORDER = "by-order"
    BY_NULS = "by-nuls"


@dataclass(frozen=True, slots=True)
class Greeting:
    """The link is open; the printer was asked to introduce itself."""

    until: float
    freed: Freed = Freed.NOT
    answers: bool = False
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Silent:
    """The link is open and nobody answers; greeted again at a moment."""

    until: float


@dataclass(frozen=True, slots=True)
class Naming:
    """The printer was asked for its model and serial number; the answers so far."""

    until: float
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Probing:
    """The printer was asked in one way to confirm; does it know this way?

    Attributes:
        junk: bytes of junk before it was asked.
    """

    until: float
    kind: Fence
    mark: int
    junk: int = 0


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing to print; the status is asked for again at a moment."""

    until: float


class Why(StrEnum):
    """What the answers to a round of questions are for."""

    POLL = "poll"
    BEFORE = "before"
    HELD = "held"
    SILENCE = "silence"
    QUEUED = "queued"


@dataclass(frozen=True, slots=True)
class Asking:
    """A round of real-time questions, one at a time, because an answer does not say its question."""

    until: float
    why: Why
    place: int = 0
    again: bool = False
    found: Flags = CLEAR


@dataclass(frozen=True, slots=True)
class Starting:
    """The job is being encoded and written to the journal."""

    until: float


@dataclass(frozen=True, slots=True)
class Sending:
    """The commands of a ticket are leaving."""

    until: float


@dataclass(frozen=True, slots=True)
class Confirming:
    """Everything has left; the printer's own word is awaited."""

    until: float


Phase = Away | Greeting | Silent | Naming | Probing | Idle | Asking | Starting | Sending | Confirming


@dataclass(frozen=True, slots=True)
class Flight:
    """The one job under way.

    Attributes:
        commands: not yet sent.
        inside: a command has left in part.
        progress_at: when the link last took something.
        blocked_at: since when the printer cannot go on; None while it can.
        asked_at: when it was last asked while it could not.
        is_told: its outcome was told; what comes after is told as settled.
        junk: bytes of junk before the job began.
    """

    job: PrintJob
    fence: FenceMark
    commands: tuple[bytes, ...] = ()
    inside: bool = False
    bytes_sent: int = 0
    progress_at: float = 0.0
    blocked_at: float | None = None
    asked_at: float = 0.0
    is_told: bool = False
    junk: int = 0


# --- what can happen ---


@dataclass(frozen=True, slots=True)
class LinkOpened:
    """The link is open."""


@dataclass(frozen=True, slots=True)
class LinkGone:
    """The link could not be opened, or is lost."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The printer said something."""

    message: Message


@dataclass(frozen=True, slots=True)
class Wrote:
    """The link took so many of the bytes that were to leave."""

    count: int


@dataclass(frozen=True, slots=True)
class Submitted:
    """Somebody wants a ticket."""

    job: PrintJob


@dataclass(frozen=True, slots=True)
class Encoded:
    """The job is in the journal, and these are its commands."""

    commands: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class NotBegun:
    """The job could not be written to the journal, so nothing of it may leave."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Recalled:
    """What was remembered of this unit; None when it was never tried."""

    fence: Fence | None


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time passed."""


TalkEvent = LinkOpened | LinkGone | Heard | Wrote | Submitted | Encoded | NotBegun | Recalled | Ticked

# --- what is to be done ---


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open the link and say how it went."""


@dataclass(frozen=True, slots=True)
class CloseLink:
    """Close the link; bytes that it has not sent are dropped."""


@dataclass(frozen=True, slots=True)
class Begin:
    """Write the job to the journal, then encode it."""

    job: PrintJob
    fence: FenceMark


@dataclass(frozen=True, slots=True)
class Recall:
    """Look up how this unit confirms."""

    unit: PrinterUnit


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep how this unit confirms; None forgets it."""

    unit: PrinterUnit
    fence: Fence | None


@dataclass(frozen=True, slots=True)
class Tell:
    """Tell the service a fact."""

    fact: DeviceFact


Action = OpenLink | CloseLink | Begin | Recall | Remember | Tell


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: everything that is remembered between two events.

    Attributes:
        now: the moment of the event under work.
        flags: the sensors as last told.
        hears_changes: the printer tells changes by itself.
        fence: how this unit confirms; None before it was found out.
        unit: what it calls itself; None while it has not said both model and serial number.
        is_believed: the way of confirming was remembered, and not yet seen on this link.
        probe: mark of the last trial; its answer may come late.
        has_remains: part of a ticket may stick out of the printer.
        outbox: questions and greetings that leave before any ticket.
        wrote_at: when anything last left.
        flow_stopped: the printer asked to stop sending.
        waiting: jobs not begun.
        unsettled: marks of jobs whose outcome was told as unknown; the answer may still come.
        silences: greetings without answer in a row.
        junk: bytes of junk so far.
    """

    device: str
    profile: Profile
    next_mark: int
    phase: Phase
    status: DeviceStatus
    now: float = 0.0
    flags: Flags = CLEAR
    hears_changes: bool = False
    fence: Fence | None = None
    unit: PrinterUnit | None = None
    is_believed: bool = False
    probe: bytes = b""
    has_remains: bool = False
    outbox: bytes = b""
    wrote_at: float = 0.0
    flow_stopped: bool = False
    waiting: tuple[PrintJob, ...] = ()
    flight: Flight | None = None
    unsettled: tuple[tuple[bytes, str], ...] = ()
    silences: int = 0
    junk: int = 0
    actions: tuple[Action, ...] = ()

    def doing(self, *actions: Action) -> Self:
        """Return the conversation with more to be done."""
        return replace(self, actions=self.actions + actions)

    def saying(self, question: bytes) -> Self:
        """Return the conversation with more bytes to leave."""
        return replace(self, outbox=self.outbox + question, wrote_at=self.now)

    def standing(self, phase: Phase) -> Self:
        """Return the conversation in another phase."""
        return replace(self, phase=phase)


def opening(device: str, profile: Profile, first_mark: int) -> Talk:
    """Return a conversation that has not begun; it opens the link at once."""
    status = DeviceStatus(device, Condition.OPENING)
    return Talk(device, profile, first_mark, Away(until=0.0), status)
