"""The terminal as it stands in `kiosk.yaml`.

Responsible for: the keys of the file.
Not responsible for: addresses (`kiosk.settings.addresses`) and hours (`kiosk.settings.hours`), which check
what is written in one line.
"""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema, model_validator

from kiosk.core.keypad import KEY_CODES, KeyMeaning, KeypadAct
from kiosk.core.reference import prefix_is_usable
from kiosk.settings.addresses import (
    checked_central,
    checked_device,
    checked_document_scanner,
    checked_headphones,
    checked_host,
    checked_power,
    checked_printer,
)
from kiosk.settings.documents.document import Document, Id, Said, wrong
from kiosk.settings.hours import Hours, read_hours, read_zone
from kiosk.settings.problems import did_you_mean, quoted

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ICONS = (
    "bins", "housing", "council-tax", "benefits", "parking", "planning", "registrars", "streets", "calendar",
    "help", "card", "printer", "generic",
)  # fmt: skip


def _prefix(text: str) -> str:
    if not prefix_is_usable(text):
        raise wrong(
            "SET-206",
            f"'{text[:20]}' cannot be the prefix of references.",
            "A letter, then a letter or digit, such as K7; never I, L, O, U. Each terminal needs its own.",
        )
    return text


class IdleDocument(Document):
    """When nobody touches anything; seconds."""

    after_s: float = Field(default=120, ge=60, le=300, description="Then the warning comes.")
    warning_s: float = Field(default=30, ge=20, le=120, description="Then the visit ends.")


class PanelDocument(Document):
    """The glass as it hangs: its pixels, and its real size with a ruler."""

    width_px: int = Field(default=1080, ge=480, le=8192)
    height_px: int = Field(default=1920, ge=480, le=8192)
    width_mm: float = Field(default=268, ge=80, le=2500)
    height_mm: float = Field(default=476, ge=80, le=2500)


class AccessDocument(Document):
    """What every visit begins with; each visitor can change all of it, and it is set back afterwards."""

    text: Literal["usual", "large", "largest"] = Field(
        default="usual", description="Height of a capital letter: 4.8, 6.8 or 9 mm."
    )
    theme: Literal["light", "dark", "yellow-on-black", "soft"] = "light"
    reach: Literal["whole", "low", "low-left", "low-right"] = Field(
        default="whole", description="Where everything stands that is touched; low is the lower half."
    )
    speech: bool = Field(default=False, description="Read aloud from the first touch.")
    rate: Literal["50", "75", "100", "125", "150", "175", "200"] = Field(
        default="100", description="Of speech, in percent of 125 words a minute."
    )
    volume: int = Field(default=4, ge=1, le=6, description="Of speech, in steps.")
    time: Literal["usual", "x2", "x10"] = Field(default="usual", description="Times the idle seconds.")
    pictures: bool = Field(default=True, description="Show icons.")


class TouchDocument(Document):
    """How touches are taken."""

    again_s: float = Field(
        default=0.5,
        ge=0.5,
        le=3,
        description="Seconds before the same control acts again, for trembling hands.",
    )


def _keys(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _known_key(name: str) -> str:
    if name not in KEY_CODES:
        advice = did_you_mean(name, KEY_CODES)
        raise wrong("SET-210", f"There is no key {quoted(name)} that can move the focus.", advice)
    return name


Keys = Annotated[
    tuple[Annotated[str, AfterValidator(_known_key)], ...],
    BeforeValidator(_keys),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": sorted(KEY_CODES)},
                {"type": "array", "items": {"enum": sorted(KEY_CODES)}},
            ]
        }
    ),
]


class KeypadDocument(Document):
    """Which keys of a keypad do what; every other key of any keyboard is swallowed."""

    up: Keys = ("up",)
    down: Keys = ("down",)
    left: Keys = ("left",)
    right: Keys = ("right",)
    next: Keys = Field(default=("tab", "space"), description="One further; with select, all of two switches.")
    previous: Keys = ()
    select: Keys = ("enter", "keypad-enter")
    back: Keys = ("f23",)
    help: Keys = ("f13",)
    access: Keys = ("f22",)
    language: Keys = ("f21",)
    repeat: Keys = ("f14",)
    louder: Keys = ("volume-up", "f20")
    quieter: Keys = ("volume-down", "f19")
    faster: Keys = ("f18",)
    slower: Keys = ("f17",)
    speech: Keys = ("f24",)

    def meanings(self) -> tuple[KeyMeaning, ...]:
        """Return what each key stands for."""
        return tuple(
            KeyMeaning(KEY_CODES[name], act) for act in KeypadAct for name in getattr(self, act.value)
        )

    @model_validator(mode="after")
    def _each_key_once(self) -> "KeypadDocument":
        seen: set[int] = set()
        for meaning in self.meanings():
            if meaning.code in seen:
                name = next(name for name, code in KEY_CODES.items() if code == meaning.code)
                raise wrong("SET-211", f"The key '{name}' stands for two things.", "Take one of them away.")
            seen.add(meaning.code)
        return self


DeviceAddress = Annotated[str, AfterValidator(checked_device)]


class PrinterDocument(Document):
    """The ticket printer."""

    address: Annotated[str, AfterValidator(checked_printer)] = Field(
        description="serial:/dev/serial/by-id/NAME, usb:/dev/usb/lp0, tcp:10.0.0.5:9100"
    )
    profile: str = "generic-80mm"
    logo: str = Field(
        default="", description="A PNG beside kiosk.yaml, printed where a ticket says 'logo'; black on white."
    )


class ReaderDocument(Document):
    """A card reader."""

    address: DeviceAddress
    kind: str = "rdm6300"


class DocumentScannerDocument(Document):
    """The document scanner: a flatbed or a sheet scanner that SANE knows."""

    address: Annotated[str, AfterValidator(checked_document_scanner)] = Field(
        description="sane: and how its name begins, such as sane:genesys; sane:any where there is only one."
    )
    colour: bool = Field(default=False, description="Scan in colours; grey is half as large.")
    source: str = Field(
        default="", max_length=40, description="By the scanner's own word, such as Flatbed or ADF."
    )


class DevicesDocument(Document):
    """What is plugged in."""

    printer: PrinterDocument | None = None
    readers: tuple[ReaderDocument, ...] = ()
    document_scanner: DocumentScannerDocument | None = None
    power: Annotated[str, AfterValidator(checked_power)] = Field(
        default="system", description="What tells of battery and mains: system, nut:UPS@HOST, or none."
    )
    headphones: Annotated[str, AfterValidator(checked_headphones)] = Field(
        default="system",
        description="What tells of the socket: system, sound, input:/dev/input/by-path/NODE, or none.",
    )


class CentralDocument(Document):
    """The central service."""

    url: Annotated[str, AfterValidator(checked_central)] = Field(
        description="https://… ; 'embedded' for a demonstration on this machine."
    )
    ca_file: str = Field(default="", description="The council's own certificate authority, as a file.")


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


class GroupDocument(Document):
    """Services that belong together on the first menu."""

    name: Annotated[str, Said(40), Field(min_length=1)]
    hint: Annotated[str, Said(100)] = ""
    icon: str = "generic"


GroupShape = Annotated[GroupDocument, BeforeValidator(_named, json_schema_input_type=str | GroupDocument)]
HoursShape = Annotated[
    tuple[Hours, ...],
    BeforeValidator(read_hours),
    WithJsonSchema(
        {"type": "string", "description": "'9am to 5pm', '9am to 12:30pm, 2pm to 5pm' or 'closed'."}
    ),
]


class KioskDocument(Document):
    """Everything about this facility and this terminal."""

    council: Annotated[str, Said(48), Field(min_length=1)]
    facility: Annotated[str, Said(60), Field(min_length=1, description="Where the terminal stands.")]
    terminal: Id = Field(description="This terminal's own name.")
    reference_prefix: Annotated[str, AfterValidator(_prefix)] = Field(
        description="Two characters in front of every reference made here; another for each terminal."
    )
    languages: tuple[str, ...] = Field(min_length=1, max_length=24, description="Codes such as en, cy, ur.")
    unreviewed_words: Literal["show", "warn", "hide"] = Field(
        default="warn",
        description="Translations that no reader of the language has checked: show them, show them and tell "
        "visitors so, or hide them behind the English.",
    )
    time_zone: Annotated[str, AfterValidator(read_zone)] = "Europe/London"
    host: Annotated[str, AfterValidator(checked_host)] = Field(
        default="", description="The council's web host; QR codes lead nowhere else."
    )
    help: Annotated[str, Said(160), Field(description="How to reach a person here.")] = ""
    opening: dict[
        Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"], HoursShape
    ] = Field(default_factory=dict, description="Without it the facility is always open.")
    idle: IdleDocument = IdleDocument()
    panel: PanelDocument = PanelDocument()
    access: AccessDocument = AccessDocument()
    touch: TouchDocument = TouchDocument()
    keypad: KeypadDocument = KeypadDocument()
    devices: DevicesDocument = DevicesDocument()
    central: CentralDocument
    groups: dict[Id, GroupShape] = Field(min_length=1, max_length=24)
