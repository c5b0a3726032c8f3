"""The ways a question can be answered, as views: options, fields, a card, a page, only reading.

Responsible for: values that say what can be chosen or typed.
Not responsible for: the question around them (`kiosk.core.views`), or checking answers (`kiosk.core.steps`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kiosk.core.touches import TouchEvent

SHORT_FIELD: Final = 8
"""Digits that a field may be wide to stand in one line with others."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to touch: its label and the event it sends.

    Attributes:
        label: verb and noun where it acts.
        event: what the glass sends when it is touched.
        language: of the label, where it differs from the frame's (language buttons).
        selected: this is the one in force now (a chosen language).
        said: what is spoken instead, where the label alone does not tell what it is about.
    """

    label: str
    event: TouchEvent
    language: str = ""
    selected: bool = False
    said: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: the same words in the summary and at the field."""

    field: str
    text: str


class Keyboard(StrEnum):
    """Which keys a field needs."""

    LETTERS = "letters"
    EMAIL = "email"
    DIGITS = "digits"
    DECIMAL = "decimal"
    PHONE = "phone"
    CODE = "code"
    """Capital letters and digits, for references and postcodes."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer that can be chosen."""

    option: str
    label: str
    event: TouchEvent
    chosen: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """Choose one of several, or any number of them."""

    options: tuple[Option, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One place to type.

    Attributes:
        name: goes back in `Typed`.
        label: above the field; empty when the heading is the label.
        text: what was typed so far.
        chars: how wide the field is drawn, in digits.
        lines: 1, or more for long text.
        prefix: stands before the text, such as a pound sign.
        longest: characters that can be typed.
        spoken_private: not to be spoken aloud over loudspeakers.
        required: it may not be left empty.
    """

    name: str
    label: str
    text: str
    keyboard: Keyboard = Keyboard.LETTERS
    chars: int = 30
    lines: int = 1
    prefix: str = ""
    longest: int = 200
    hint: str = ""
    spoken_private: bool = True
    required: bool = False


@dataclass(frozen=True, slots=True)
class KeyWords:
    """Words on the keys that are not letters."""

    space: str
    delete: str
    capitals: str
    symbols: str
    letters: str
    accents: str
    next_line: str


@dataclass(frozen=True, slots=True)
class Fields:
    """Type into one or more fields with the glass's own keyboard."""

    fields: tuple[Field, ...]
    keys: KeyWords

    @property
    def stand_beside(self) -> bool:
        """Say whether all are short and stand in one line, as day, month and year do."""
        return len(self.fields) > 1 and all(field.chars <= SHORT_FIELD for field in self.fields)


@dataclass(frozen=True, slots=True)
class CardSlot:
    """Hold a card to the reader; `read` says that one was taken."""

    text: str
    read: bool = False
    ready: bool = True


@dataclass(frozen=True, slots=True)
class PageSlot:
    """Lay a page on the scanner, or look at one.

    Attributes:
        text: what to do, or how many pages there are; may be empty beside a picture.
        more: what can be done besides.
        picture: a JPEG in base64; empty while there is nothing to look at.
        picture_name: what the picture is called, for who does not see it.
        width_px, height_px: of the picture.
        remove: take the last page out again.
        code: why the last page did not come, shown small for staff.
    """

    text: str
    more: str = ""
    picture: str = field(default="", repr=False)
    picture_name: str = ""
    width_px: int = 0
    height_px: int = 0
    remove: Button | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Only text to read; private where it tells something about the visitor."""

    paragraphs: tuple[str, ...]
    private: bool = False


Entry = Options | Fields | CardSlot | PageSlot | Reading
