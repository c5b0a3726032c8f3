"""What happened: the only things that move a visit.

Responsible for: every event a visit can meet, named in the past tense.
Not responsible for: what follows (`kiosk.core.visit`), or where an event came from.

Events from the glass carry what a person did; `Button`s of a view carry the event to send, so that the
glass never has to know what a touch means.
"""

from dataclasses import dataclass

from kiosk.core.appointment import Appointment
from kiosk.core.case import SavedCase
from kiosk.core.hardware import CardOutcome, DeviceStatus, HeadphonesChanged, PrintOutcome
from kiosk.core.keeping import NOTHING_TO_SEE_TO, Keeping, ServicesInUse
from kiosk.core.scans import ScanOutcome
from kiosk.core.staff_view import StaffJob
from kiosk.core.touches import (
    AccessAsked,
    AccessCardAsked,
    AccessChanged,
    AccessClosed,
    ChangeAsked,
    Continued,
    Focused,
    GroupChosen,
    HelpAsked,
    HelpClosed,
    LanguageChosen,
    LanguagesAsked,
    Left,
    MoreTimeAsked,
    OptionTouched,
    PageRemoved,
    PageTurned,
    PageUsed,
    PinDeleted,
    PinDigit,
    PinEntered,
    ScanAsked,
    ScanStopped,
    Sent,
    ServiceChosen,
    StaffPrintAsked,
    Touched,
    TouchEvent,
    Typed,
    WentBack,
    Wish,
    Wished,
)

__all__ = [
    "AccessAsked",
    "AccessCardAsked",
    "AccessChanged",
    "AccessClosed",
    "AppointmentsFound",
    "CardRead",
    "CaseNotSaved",
    "CaseSaved",
    "ChangeAsked",
    "Continued",
    "DeviceChanged",
    "Event",
    "FacilityClosed",
    "FacilityOpened",
    "Failed",
    "Focused",
    "GroupChosen",
    "HelpAsked",
    "HelpClosed",
    "LanguageChosen",
    "LanguagesAsked",
    "Left",
    "MoreTimeAsked",
    "OptionTouched",
    "OutOfOrder",
    "PageRemoved",
    "PageTurned",
    "PageUsed",
    "PaperForeseen",
    "PinDeleted",
    "PinDigit",
    "PinEntered",
    "Repaired",
    "ScanAsked",
    "ScanDone",
    "ScanStopped",
    "Sent",
    "ServiceChosen",
    "StaffJobsListed",
    "StaffPrintAsked",
    "StaffPrintDone",
    "StaffRefused",
    "StaffSignedIn",
    "Ticked",
    "TicketDone",
    "TouchEvent",
    "Touched",
    "Typed",
    "WentBack",
    "Wish",
    "Wished",
    "WorldEvent",
]


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time went by; sent about once a second."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """The reader told what was presented."""

    outcome: CardOutcome


@dataclass(frozen=True, slots=True)
class ScanDone:
    """The document scanner read a page, or could not."""

    outcome: ScanOutcome


@dataclass(frozen=True, slots=True)
class AppointmentsFound:
    """The look-up is done; empty when nothing matched."""

    step: str
    appointments: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class CaseSaved:
    """The case is on disk."""

    saved: SavedCase


@dataclass(frozen=True, slots=True)
class CaseNotSaved:
    """The case could not be kept; nothing was promised."""

    code: str


@dataclass(frozen=True, slots=True)
class TicketDone:
    """A print job has its outcome."""

    job_id: str
    outcome: PrintOutcome


@dataclass(frozen=True, slots=True)
class DeviceChanged:
    """The ticket printer is in another condition; None where no printer is configured."""

    printer: DeviceStatus | None


@dataclass(frozen=True, slots=True)
class PaperForeseen:
    """About so many tickets are left on the printer's roll; None when nobody can say."""

    tickets_left: int | None


@dataclass(frozen=True, slots=True)
class FacilityOpened:
    """The opening hours began."""


@dataclass(frozen=True, slots=True)
class FacilityClosed:
    """The opening hours ended."""


@dataclass(frozen=True, slots=True)
class OutOfOrder:
    """The terminal cannot keep its promises; code says why."""

    code: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """The terminal can keep its promises again."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Something broke while an effect was carried out; the visitor is helped, the case so far is kept."""

    code: str


@dataclass(frozen=True, slots=True)
class StaffSignedIn:
    """Badge and PIN were right."""

    name: str


@dataclass(frozen=True, slots=True)
class StaffRefused:
    """Badge or PIN were not accepted.

    Attributes:
        tries_left: before a lock; 0 when it is locked now.
        locked_s: seconds until the next try is allowed; 0 when it is allowed now.
    """

    tries_left: int
    locked_s: int


@dataclass(frozen=True, slots=True)
class StaffJobsListed:
    """Today's tickets, for the staff view, how well cases are kept, and which services are in use."""

    jobs: tuple[StaffJob, ...]
    keeping: Keeping = NOTHING_TO_SEE_TO
    services: ServicesInUse | None = None


@dataclass(frozen=True, slots=True)
class StaffPrintDone:
    """What staff asked to print has its outcome."""

    key: str
    outcome: PrintOutcome


WorldEvent = (
    Ticked
    | CardRead
    | ScanDone
    | AppointmentsFound
    | CaseSaved
    | CaseNotSaved
    | TicketDone
    | DeviceChanged
    | PaperForeseen
    | HeadphonesChanged
    | FacilityOpened
    | FacilityClosed
    | OutOfOrder
    | Repaired
    | Failed
    | StaffSignedIn
    | StaffRefused
    | StaffJobsListed
    | StaffPrintDone
)

Event = TouchEvent | WorldEvent
