"""Facts about devices that cross a port: statuses, outcomes, and what was read.

Responsible for: the words in which the devices room tells the service what happened.
Not responsible for: bytes, ports, threads (the devices room), or what is shown (views).
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Condition(StrEnum):
    """How a device is, as far as it can be known."""

    ABSENT = "absent"
    OPENING = "opening"
    SILENT = "silent"
    READY = "ready"
    READY_WARN = "ready-warn"
    BUSY = "busy"
    BLOCKED = "blocked"
    FAULT = "fault"


class Reason(StrEnum):
    """Why a device is blocked, or why a ticket was held, not printed or unknown."""

    NONE = "none"
    PAPER_OUT = "paper-out"
    PAPER_LOW = "paper-low"
    COVER_OPEN = "cover-open"
    JAM = "jam"
    CUTTER = "cutter"
    OVERHEATED = "overheated"
    UNRECOVERABLE = "unrecoverable"
    OFFLINE = "offline"
    NO_PRINTER = "no-printer"
    NO_ANSWER = "no-answer"
    STALLED = "stalled"
    LINK_LOST = "link-lost"
    GARBAGE = "garbage"
    RESTARTED = "restarted"
    NOT_KEPT = "not-kept"
    """The terminal could not write down that the ticket is about to be sent, so it was not."""


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """The condition of one device at one moment."""

    device: str
    condition: Condition
    reason: Reason = Reason.NONE
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer itself confirmed that the ticket is on paper."""

    copies: int = 1


@dataclass(frozen=True, slots=True)
class PrintedUnconfirmed:
    """All bytes were taken and nothing went wrong, but this printer cannot confirm."""

    reason: Reason = Reason.NO_ANSWER


@dataclass(frozen=True, slots=True)
class Held:
    """The printer took part of the ticket and waits for a person; it may still come out."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Nothing of the ticket is on paper: not one byte was sent."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Unknown:
    """Bytes were sent and nobody knows what is on paper; for staff to settle, never reprinted by itself."""

    reason: Reason
    bytes_sent: int = 0


PrintOutcome = Printed | PrintedUnconfirmed | Held | NotPrinted | Unknown


class Fence(StrEnum):
    """A way to learn from a printer that everything before it was carried out."""

    COMPLETION = "completion"
    STATUS = "status"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class PrinterUnit:
    """One printer, by what it says of itself; untrusted: copies name themselves after what they copy."""

    model: str
    serial: str


@dataclass(frozen=True, slots=True)
class PaperUse:
    """What is known of the paper in one printer; kept across restarts. Lengths are in dots of its head.

    Attributes:
        used: printed on this roll.
        tickets: on this roll.
        ticket_length: of a usual ticket.
        near_end_at: what had been used when the roll was told to be near its end; 0 before that.
        whole_roll: what a roll holds, learned from one that was used up from its start; 0 until then.
        after_near_end: what a roll still holds when it is told to be near its end; learned likewise.
        from_start: everything since this roll was put in was counted.
        is_low: near its end.
        is_out: there is no paper.
    """

    used: int = 0
    tickets: int = 0
    ticket_length: int = 0
    near_end_at: int = 0
    whole_roll: int = 0
    after_near_end: int = 0
    from_start: bool = False
    is_low: bool = False
    is_out: bool = False


class OutcomeWord(StrEnum):
    """The five words in which print outcomes are stored, logged and sent."""

    PRINTED = "printed"
    PRINTED_UNCONFIRMED = "printed-unconfirmed"
    HELD = "held"
    NOT_PRINTED = "not-printed"
    UNKNOWN = "unknown"


def outcome_word(outcome: PrintOutcome) -> OutcomeWord:
    """Name an outcome by its one word."""
    match outcome:
        case Printed():
            return OutcomeWord.PRINTED
        case PrintedUnconfirmed():
            return OutcomeWord.PRINTED_UNCONFIRMED
        case Held():
            return OutcomeWord.HELD
        case NotPrinted():
            return OutcomeWord.NOT_PRINTED
        case Unknown():
            return OutcomeWord.UNKNOWN


class CardPurpose(StrEnum):
    """What a card is asked for; cards that nobody asked for are dropped by the adapter."""

    ANSWER = "answer"
    NUMBER = "number"
    """An answer of a service that cannot work without the number itself (docs/decisions/0017-*.md)."""
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class CardPresented:
    """A card was read while it was asked for.

    Attributes:
        device: name of the reader.
        kind: ``badge``, ``smartcard``, ``magstripe`` or ``code``.
        token: keyed hash of the card's number, hex; stable for one site.
        number: the number itself, only when the purpose needs it, otherwise empty.
    """

    device: str
    kind: str
    token: str
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CardUnreadable:
    """Something was presented that could not be read or must not be (a payment card)."""

    device: str
    reason: str


CardOutcome = CardPresented | CardUnreadable


class PowerSource(StrEnum):
    """What feeds the terminal."""

    MAINS = "mains"
    BATTERY = "battery"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """The terminal is fed otherwise than before, or for less long.

    Attributes:
        device: what told it.
        source: ``unknown`` when what tells it is gone; never taken for mains or for battery.
        charge: of the battery, in whole percent; -1 when it is not told.
        minutes_left: on the battery; -1 when it is not told.
        is_low: the battery itself says that it will not last.
    """

    device: str
    source: PowerSource
    charge: int = -1
    minutes_left: int = -1
    is_low: bool = False


class Headphones(StrEnum):
    """Whether headphones are in the socket."""

    IN = "in"
    OUT = "out"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HeadphonesChanged:
    """Headphones were plugged in or pulled out, or nobody can tell any more.

    Attributes:
        device: what told it.
        state: ``unknown`` is never taken for ``in``: what one person alone may hear is then not said.
    """

    device: str
    state: Headphones
