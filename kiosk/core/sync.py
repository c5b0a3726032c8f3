"""What the courier tells the service, and the words for why something did not go through.

Responsible for: facts about central, deliveries and print orders, as plain values.
Not responsible for: how they come about (`kiosk.sync`), or what follows from them (`kiosk.conductor`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ErrorClass(StrEnum):
    """Why central did not take something; one acts on the class, never on a status number."""

    TRANSIENT = "transient"
    """No answer, or not now: the same later."""
    LATER = "later"
    """Central answered as agreed, and wants this one thing later."""
    TIMEOUT = "timeout"
    """As transient, but the request may have been too much at once: less, later."""
    AUTH = "auth"
    """This terminal is not let in: pair it again."""
    PORTAL = "portal"
    """Somebody answered, but not the central service: a login page, a proxy."""
    TOO_LARGE = "too_large"
    INVALID = "invalid"
    CONFLICT = "conflict"
    """The key is already used for something else."""
    GONE = "gone"
    """Central has retired this terminal."""
    UPGRADE = "upgrade"
    """Central does not speak this version, no longer or not yet."""
    LOCAL = "local"
    """The fault is here: the disk, a damaged row."""


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Staff at the desk ask this terminal to print a ticket.

    Attributes:
        order_id: made by central; an order is carried out once.
        case_id: set for a reprint of a case's ticket; else empty.
        appointment_id: set for an appointment ticket; else empty.
        reference: what the ticket shows.
        lines: for an appointment ticket, the words in order; ready for paper.
    """

    order_id: str
    kind: str
    case_id: str
    appointment_id: str
    reference: str
    lines: tuple[str, ...] = ()
    copy: int = 0


@dataclass(frozen=True, slots=True)
class CentralUp:
    """Central answered as agreed, after it did not, or for the first time."""


@dataclass(frozen=True, slots=True)
class CentralDown:
    """Central cannot be used; told once per change of class. `problem` is for staff, in plain words."""

    error_class: ErrorClass
    problem: str


@dataclass(frozen=True, slots=True)
class CaseAccepted:
    """Central has the case."""

    case_id: str
    central_id: str


@dataclass(frozen=True, slots=True)
class CaseParked:
    """Central refused the case; it is kept for staff with the reason in plain words."""

    case_id: str
    error_class: ErrorClass
    problem: str


@dataclass(frozen=True, slots=True)
class CaseErased:
    """The case was erased at central on the person's wish, and is deleted here too."""

    case_id: str


@dataclass(frozen=True, slots=True)
class UpdateNeeded:
    """Central does not know the version of a case, which waits; told once, `problem` is for staff."""

    problem: str


@dataclass(frozen=True, slots=True)
class OrderArrived:
    """The desk wants a ticket printed; already written down, and told exactly once."""

    order: PrintOrder


@dataclass(frozen=True, slots=True)
class AppointmentsPulled:
    """The kept list of this day changed."""

    day: date


@dataclass(frozen=True, slots=True)
class KeysPulled:
    """Central told other keys than before; cases are sealed with the first of them from now on."""

    key_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BundleStaged:
    """Services and settings of this version lie ready; they are taken up between visits."""

    version: int


@dataclass(frozen=True, slots=True)
class CourierStumbled:
    """The courier's own work failed here (the disk, or a fault of the program); it goes on by itself."""

    code: str
    problem: str


SyncFact = (
    BundleStaged
    | CentralUp
    | CentralDown
    | CaseAccepted
    | CaseParked
    | CaseErased
    | UpdateNeeded
    | OrderArrived
    | AppointmentsPulled
    | KeysPulled
    | CourierStumbled
)
"""Everything that the courier tells the service."""
