"""What happened: the only things that move a visit.

Responsible for: every event a visit can meet, named in the past tense.
Not responsible for: what follows (`kiosk.core.visit`), or where an event came from.

Events from the glass carry what a person did; `Button`s of a view carry the event to send, so that the
glass never has to know what a touch means.
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.core.access import Setting
from kiosk.core.appointment import Appointment
from kiosk.core.case import SavedCase
from kiosk.core.hardware import CardOutcome, DeviceStatus, HeadphonesChanged, PrintOutcome
from kiosk.core.keeping import NOTHING_TO_SEE_TO, Keeping
from kiosk.core.staff_view import StaffJob


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """A person touched a language, on any screen."""

    language: str


@dataclass(frozen=True, slots=True)
class GroupChosen:
    """A person touched a group of services."""

    group: str


@dataclass(frozen=True, slots=True)
class ServiceChosen:
    """A person touched a service."""

    service: str


@dataclass(frozen=True, slots=True)
class Typed:
    """The text of one field changed; nothing is checked yet."""

    step: str
    field: str
    text: str


@dataclass(frozen=True, slots=True)
class OptionTouched:
    """A person touched an option of a question: it is now the one, or one more, or one less."""

    step: str
    option: str


@dataclass(frozen=True, slots=True)
class Continued:
    """A person touched Continue: now the step is checked."""

    step: str


@dataclass(frozen=True, slots=True)
class WentBack:
    """A person touched Back."""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """A person touched Change beside an answer on the review."""

    step: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A person touched the button that names the act at the end of the review."""


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """A person touched Speak to reception."""


@dataclass(frozen=True, slots=True)
class HelpClosed:
    """A person went on after asking for help."""


@dataclass(frozen=True, slots=True)
class LanguagesAsked:
    """A person touched the language button."""


@dataclass(frozen=True, slots=True)
class AccessAsked:
    """A person touched Easier to use, or one of its subjects; None for all of them."""

    setting: Setting | None = None


@dataclass(frozen=True, slots=True)
class AccessChanged:
    """A person set one access setting; the value is one of `kiosk.core.access.values`."""

    setting: Setting
    value: str


@dataclass(frozen=True, slots=True)
class AccessClosed:
    """A person is done with the access settings."""


@dataclass(frozen=True, slots=True)
class AccessCardAsked:
    """A person wants the access settings on paper, to show them to another terminal."""


@dataclass(frozen=True, slots=True)
class Focused:
    """The keypad's focus moved, or what it stands on was drawn anew. Decides nothing; speech follows it.

    Attributes:
        role: ``button``, ``option``, ``key`` or ``field``.
        name: what it shows; of a key, the character it types, or its word.
        place, count: which one it is of how many, in reading order, from 1.
        selected: chosen, in force, or typed into.
        moved: a person moved the focus; False when the screen changed under it.
    """

    role: str
    name: str
    place: int
    count: int
    selected: bool = False
    moved: bool = True


class Wish(StrEnum):
    """What a key of the keypad asks for that is not on the glass."""

    REPEAT = "repeat"
    LOUDER = "louder"
    QUIETER = "quieter"
    FASTER = "faster"
    SLOWER = "slower"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class Wished:
    """A person pressed a key of the keypad that belongs to speech."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class Left:
    """A person touched Leave now, or Finish."""


@dataclass(frozen=True, slots=True)
class MoreTimeAsked:
    """A person touched I need more time."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A person touched or pressed anything at all; keeps the visit from growing idle."""


@dataclass(frozen=True, slots=True)
class Ticked:
    """Time went by; sent about once a second."""


@dataclass(frozen=True, slots=True)
class CardRead:
    """The reader told what was presented."""

    outcome: CardOutcome


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
class PinDigit:
    """Staff touched a digit of the PIN pad."""

    digit: str


@dataclass(frozen=True, slots=True)
class PinDeleted:
    """Staff touched Delete on the PIN pad."""


@dataclass(frozen=True, slots=True)
class PinEntered:
    """Staff touched Sign in."""


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
    """Today's tickets, for the staff view, and how well cases are kept."""

    jobs: tuple[StaffJob, ...]
    keeping: Keeping = NOTHING_TO_SEE_TO


@dataclass(frozen=True, slots=True)
class PageTurned:
    """A person touched next or previous on a list longer than the screen."""

    page: int


@dataclass(frozen=True, slots=True)
class StaffPrintAsked:
    """Staff touched Print or Reprint beside a ticket."""

    key: str


@dataclass(frozen=True, slots=True)
class StaffPrintDone:
    """What staff asked to print has its outcome."""

    key: str
    outcome: PrintOutcome


TouchEvent = (
    LanguageChosen
    | GroupChosen
    | ServiceChosen
    | Typed
    | OptionTouched
    | Continued
    | WentBack
    | ChangeAsked
    | Sent
    | HelpAsked
    | HelpClosed
    | LanguagesAsked
    | AccessAsked
    | AccessChanged
    | AccessClosed
    | AccessCardAsked
    | Focused
    | Wished
    | Left
    | MoreTimeAsked
    | Touched
    | PinDigit
    | PinDeleted
    | PinEntered
    | PageTurned
    | StaffPrintAsked
)
"""What may come from the glass; anything else from there is refused at the socket."""

WorldEvent = (
    Ticked
    | CardRead
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
