"""What a visitor must see now: complete, translated, ready to draw.

Responsible for: values that say everything on the screen, words included, and the event behind each touch.
Not responsible for: pixels, colours, fonts (`screens`), or how a view comes about (`kiosk.core.seen`).

A view carries every word, so the glass holds no catalogue and speech says exactly what is shown.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.core.bulletin_line import BulletinLine
from kiosk.core.entries import (
    Button,
    CardSlot,
    Entry,
    Field,
    Fields,
    Keyboard,
    KeyWords,
    Option,
    Options,
    PageSlot,
    Problem,
    Reading,
)
from kiosk.core.look import Look
from kiosk.core.touches import TouchEvent

__all__ = [
    "AccessChoice",
    "AccessPanel",
    "Body",
    "BulletinLine",
    "Button",
    "CardSlot",
    "Confirmation",
    "Direction",
    "Entry",
    "Field",
    "Fields",
    "Frame",
    "KeyWords",
    "Keyboard",
    "Languages",
    "Look",
    "Menu",
    "Notice",
    "Option",
    "Options",
    "PageSlot",
    "Pager",
    "Paper",
    "Problem",
    "Question",
    "Reading",
    "Review",
    "Row",
    "SignIn",
    "StaffRow",
    "StaffTickets",
    "Stepper",
    "StillThere",
    "Tile",
    "Tone",
    "View",
    "Welcome",
    "Working",
]


class Direction(StrEnum):
    """Which way the script of a language runs."""

    LTR = "ltr"
    RTL = "rtl"


class Tone(StrEnum):
    """What a notice is about; chooses its colour and icon, never carried by colour alone."""

    NEUTRAL = "neutral"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every body, always in the same place.

    Attributes:
        language: of all words of the view that name no other.
        council: name of the council, at the top.
        title: name of the service in hand, or empty.
        back, help, leave, languages: absent where they make no sense.
        english: back to English with one touch; absent where it is spoken already.
        access: on every screen; selected while the access settings are shown.
        sensitive: what is chosen here must not be overheard.
        notice: a short truth that holds for the whole terminal, for instance that it has no paper.
    """

    language: str
    direction: Direction
    council: str
    title: str = ""
    back: Button | None = None
    help: Button | None = None
    leave: Button | None = None
    languages: Button | None = None
    english: Button | None = None
    access: Button | None = None
    notice: str = ""
    sensitive: bool = False
    look: Look = field(default_factory=Look)


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one is in a list that is longer than the screen."""

    text: str
    previous: Button | None
    next: Button | None


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nobody is here yet: a greeting, and a language to begin with."""

    heading: str
    text: str
    languages: tuple[Button, ...]
    bulletins: tuple[BulletinLine, ...] = ()
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages, to change to another in the middle of a visit."""

    heading: str
    languages: tuple[Button, ...]
    close: Button
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """One large thing to touch in a menu."""

    label: str
    event: TouchEvent
    hint: str = ""
    icon: str = ""
    """Name of a drawing in the glass's assets, or empty."""


@dataclass(frozen=True, slots=True)
class Menu:
    """Choose a group or a service."""

    heading: str
    tiles: tuple[Tile, ...]
    text: str = ""
    pager: Pager | None = None
    bulletins: tuple[BulletinLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a journey, whatever its kind.

    Attributes:
        step: id of the step; also makes two questions of one kind different.
        heading: the question itself.
        problems_heading: "There is a problem"; empty when there is none.
        why: why it is asked, or empty.
        forward: Continue, or the like.
        skip: another way on: without a card, or scan again.
        part: which page of its form this is, or empty. pager: of options that are more than a page.
    """

    step: str
    heading: str
    entry: Entry
    forward: Button
    hint: str = ""
    why: str = ""
    problems_heading: str = ""
    problems: tuple[Problem, ...] = ()
    skip: Button | None = None
    part: str = ""
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its answer on the review."""

    step: str
    label: str
    answer: str
    change: Button


@dataclass(frozen=True, slots=True)
class Review:
    """Check the answers before they are sent."""

    heading: str
    rows: tuple[Row, ...]
    send: Button
    text: str = ""
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Working:
    """Something takes a moment: it is being kept, printed or scanned; `stop` where that can be stopped."""

    heading: str
    text: str = ""
    stop: Button | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The truth about the ticket."""

    tone: Tone
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """It is done: the number, the truth about paper, and what happens next.

    Attributes:
        number_label, number: the queue number, or empty.
        reference_label, reference: for taking along.
        code: content of a QR code that carries the reference to a phone, or empty.
        on_ticket: what else the ticket says; for who listens, the paper shows it.
    """

    heading: str
    reference_label: str
    reference: str
    paper: Paper
    next_heading: str
    next: tuple[str, ...]
    finish: Button
    number_label: str = ""
    number: str = ""
    code: str = ""
    code_label: str = ""
    on_ticket: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """A whole screen that tells one thing: closed, out of order, help is coming, something went wrong.

    Attributes:
        code: shown small, for staff; empty when there is none.
    """

    tone: Tone
    heading: str
    paragraphs: tuple[str, ...]
    buttons: tuple[Button, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class StillThere:
    """Nobody touched anything for a while; answers are hidden meanwhile."""

    heading: str
    text: str
    seconds_left: int
    more: Button
    leave: Button


@dataclass(frozen=True, slots=True)
class SignIn:
    """A PIN pad for staff whose badge was read."""

    heading: str
    text: str
    typed: int
    digits: tuple[Button, ...]
    delete: Button
    enter: Button
    problem: str = ""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One ticket of today, with what can be done about it."""

    time: str
    number: str
    service: str
    status: str
    act: Button


@dataclass(frozen=True, slots=True)
class StaffTickets:
    """Today's tickets, for staff who signed in at the terminal; `notices` are what somebody must see to."""

    heading: str
    text: str
    rows: tuple[StaffRow, ...]
    finish: Button
    pager: Pager | None = None
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessPanel:
    """All access settings, each with what it is set to."""

    heading: str
    tiles: tuple[Tile, ...]
    close: Button
    pager: Pager | None = None


@dataclass(frozen=True, slots=True)
class Stepper:
    """Something with steps: what it is at, and one step less or more; absent at the end of its range."""

    label: str
    text: str
    less: Button | None
    more: Button | None


@dataclass(frozen=True, slots=True)
class AccessChoice:
    """One access setting: what it can be set to; a touch changes the glass at once."""

    heading: str
    text: str
    options: Options
    close: Button
    steppers: tuple[Stepper, ...] = ()


Body = (
    Welcome
    | Languages
    | AccessPanel
    | AccessChoice
    | Menu
    | Question
    | Review
    | Working
    | Confirmation
    | Notice
    | StillThere
    | SignIn
    | StaffTickets
)


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the glass at one moment."""

    frame: Frame
    body: Body
