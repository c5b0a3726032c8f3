"""What a person did at the glass: the events that a view carries and the glass sends.

Responsible for: every touch event, named in the past tense. The glass knows these and no other event, so it
does not pay for making the rest when it starts.
Not responsible for: what the world does (`kiosk.core.events`), or what follows (`kiosk.core.transitions`).
"""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.core.access import Setting


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
    """A person touched Continue: now the step is checked, or this page of it."""

    step: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class ScanAsked:
    """A person laid a page on the scanner and touched Scan the page, Scan again or Add another page."""

    step: str


@dataclass(frozen=True, slots=True)
class ScanStopped:
    """A person touched Stop scanning."""

    step: str


@dataclass(frozen=True, slots=True)
class PageUsed:
    """A person touched Use this page."""

    step: str


@dataclass(frozen=True, slots=True)
class PageRemoved:
    """A person touched Remove the last page."""

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


BETWEEN_KEYS = "\t"
"""Stands between the keys of a row."""


@dataclass(frozen=True, slots=True)
class Focused:
    """The keypad's focus moved, or what it stands on was drawn anew. Decides nothing; speech follows it.

    Attributes:
        role: ``button``, ``option``, ``key``, ``field``, or ``row`` of keys.
        name: what it shows; of a key, the character it types, or its word; of a row, its keys.
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
class PageTurned:
    """A person touched next or previous on a list longer than the screen."""

    page: int


@dataclass(frozen=True, slots=True)
class StaffPrintAsked:
    """Staff touched Print or Reprint beside a ticket."""

    key: str


TouchEvent = (
    LanguageChosen
    | GroupChosen
    | ServiceChosen
    | Typed
    | OptionTouched
    | Continued
    | ScanAsked
    | ScanStopped
    | PageUsed
    | PageRemoved
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
