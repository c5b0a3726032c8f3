"""One visitor's pass as a value, and the scene it is decided in.

Responsible for: what a visit is at one moment.
Not responsible for: how it moves (`kiosk.core.transitions`), or what is shown of it (`kiosk.core.seen`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.core.access import Access, Setting
from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.facility import Facility
from kiosk.core.hardware import Condition, DeviceStatus, Headphones, PrintOutcome
from kiosk.core.journey import Answer, Draft, Service, Step, path
from kiosk.core.keeping import NOTHING_TO_SEE_TO, Keeping, ServicesInUse
from kiosk.core.scans import Scan
from kiosk.core.staff_view import StaffJob
from kiosk.core.views import Problem
from kiosk.core.words import Words


class Stage(StrEnum):
    """Where a visit is."""

    WELCOME = "welcome"
    GROUPS = "groups"
    SERVICES = "services"
    STEP = "step"
    LOOKING = "looking"
    NOT_FOUND = "not-found"
    REVIEW = "review"
    SAVING = "saving"
    PRINTING = "printing"
    DONE = "done"
    FAILED = "failed"
    CLOSED = "closed"
    OUT_OF_ORDER = "out-of-order"
    STAFF_PIN = "staff-pin"
    STAFF_CHECK = "staff-check"
    STAFF_LIST = "staff-list"
    STAFF_PRINT = "staff-print"
    ENDED = "ended"


class Over(StrEnum):
    """What lies over a stage for a while; the stage stays as it is underneath."""

    NOTHING = "nothing"
    LANGUAGES = "languages"
    HELP = "help"
    ACCESS = "access"
    STILL_THERE = "still-there"


@dataclass(frozen=True, slots=True)
class Scene:
    """Against what an event is decided.

    Attributes:
        monotonic_s: seconds that never go back, for idle times.
        local: local wall-clock time, for dates, opening hours and tickets.
        voices: languages that can be read aloud here.
    """

    facility: Facility
    monotonic_s: float
    local: datetime
    voices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffSitting:
    """What a member of staff is doing at the terminal; the PIN lives only here, until it is checked."""

    badge: str
    pin: str = ""
    name: str = ""
    problem: str = ""
    locked_s: int = 0
    jobs: tuple[StaffJob, ...] = ()
    printing: str = ""
    last: PrintOutcome | None = None
    keeping: Keeping = NOTHING_TO_SEE_TO
    services: ServicesInUse | None = None


@dataclass(frozen=True)
class Visit:
    """One pass from welcome to the end.

    Attributes:
        case_id: made when the visit begins, so that saving can be repeated safely.
        access: the visitor's own settings, the facility's until one is changed.
        under: what the access settings were opened over, to go back to.
        easing: the setting that is open, or None for all; over_page: of a list that lies over what is shown.
        service: id of the chosen service, or empty.
        at: id of the step being asked.
        page: of the list or the form in front, from 0.
        drafts: what was typed, by step; kept when a check finds problems.
        answers: what was accepted, by step.
        scans: pages of paper, by step; gone as soon as the case is on disk.
        pages_asked: how many pages were asked for, whatever came of it.
        reviewed: the review was reached once, so each change returns to it.
        touched_s: when somebody last touched anything.
        since_s: when the stage was entered. warned_s: when it was last asked whether anybody is still there.
        printer: last known condition of the printer, or None where there is none configured.
        headphones: whether any are in the socket; unknown is never taken for in.
        by_plug: reading aloud was begun by plugging headphones in, so pulling them out ends it.
        paper_left: about how many tickets are left on its roll; None when nobody can say.
    """

    case_id: CaseId
    language: str
    stage: Stage = Stage.WELCOME
    over: Over = Over.NOTHING
    access: Access = field(default_factory=Access)
    under: Over = Over.NOTHING
    easing: Setting | None = None
    over_page: int = 0
    group: str = ""
    service: str = ""
    at: str = ""
    page: int = 0
    drafts: Mapping[str, Draft] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    scans: Mapping[str, Scan] = field(default_factory=dict, repr=False)
    pages_asked: int = 0
    problems: tuple[Problem, ...] = ()
    reviewed: bool = False
    found: tuple[Appointment, ...] = ()
    appointment: str = ""
    saved: SavedCase | None = None
    outcome: PrintOutcome | None = None
    code: str = ""
    staff: StaffSitting | None = None
    touched_s: float = 0.0
    since_s: float = 0.0
    warned_s: float = 0.0
    printer: DeviceStatus | None = None
    headphones: Headphones = Headphones.UNKNOWN
    by_plug: bool = False
    paper_left: int | None = None

    @property
    def scan(self) -> Scan:
        """Return the pages of the step being asked."""
        return self.scans.get(self.at, Scan())

    def words(self, facility: Facility) -> Words:
        """Return the words of the visit's language."""
        return facility.words(self.language)

    def chosen(self, facility: Facility) -> Service:
        """Return the chosen service.

        Raises:
            KeyError: no service is chosen.
        """
        return facility.services[self.service]

    def steps(self, facility: Facility) -> tuple[Step, ...]:
        """Return the steps on the way that the answers lay out; none when no service is chosen."""
        service = facility.services.get(self.service)
        return path(service.journey, self.answers) if service else ()

    def step(self, facility: Facility) -> Step | None:
        """Return the step being asked."""
        return next((s for s in self.steps(facility) if s.step == self.at), None)

    def enter(self, stage: Stage, scene: Scene) -> "Visit":
        """Go to a stage; what belonged to the last one only is cleared."""
        return replace(self, stage=stage, over=Over.NOTHING, page=0, problems=(), since_s=scene.monotonic_s)


def can_print(status: DeviceStatus | None) -> bool:
    """Say whether a ticket sent now may be expected to come out."""
    return status is not None and status.condition in (
        Condition.READY,
        Condition.READY_WARN,
        Condition.BUSY,
    )
