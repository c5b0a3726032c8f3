"""One facility as the core needs it: checked, complete, frozen.

Responsible for: the value that all decisions are made against.
Not responsible for: reading or checking the files it comes from (`kiosk.settings`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from kiosk.core.access import Access
from kiosk.core.bulletin import Bulletin
from kiosk.core.journey import Group, Service
from kiosk.core.ticket import Align, Size
from kiosk.core.words import Words


@dataclass(frozen=True, slots=True)
class LayoutPart:
    """One part of a ticket's layout; text holds places such as ``{reference}``.

    Attributes:
        part: ``line``, ``pair``, ``rule``, ``space``, ``code`` or ``logo``.
        only_if: name of a place that must not be empty for the part to be printed.
        both: print in the visitor's language and in English.
    """

    part: str
    text: str = ""
    label: str = ""
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.START
    height_mm: float = 3.0
    only_if: str = ""
    both: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """From when to when the facility is open on one weekday; local time."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Idle:
    """How long nobody may touch anything: first a warning, then the visit ends. Seconds."""

    after_s: float = 120.0
    warning_s: float = 30.0


@dataclass(frozen=True)
class Facility:
    """Everything a visit is decided against.

    Attributes:
        opening: empty means always open.
        time_zone: IANA name; local time is only for people.
        reference_prefix: letters that make references of this terminal its own.
        access: what every visit begins with.
        spoken_keys: what is spoken for a sign on a key, in English; `Words.say` translates it.
        host: the council's own web host, the only one a QR code may lead to.
    """

    council: str
    facility: str
    terminal: str
    reference_prefix: str
    groups: tuple[Group, ...]
    services: Mapping[str, Service]
    languages: tuple[Words, ...]
    layouts: Mapping[str, tuple[LayoutPart, ...]] = field(default_factory=dict)
    opening: tuple[Opening, ...] = ()
    time_zone: str = "Europe/London"
    idle: Idle = field(default_factory=Idle)
    access: Access = field(default_factory=Access)
    host: str = ""
    spoken_keys: Mapping[str, str] = field(default_factory=dict)
    bulletins: tuple[Bulletin, ...] = ()
    help_text: str = "Go to the reception desk, or ask any member of staff"

    def words(self, language: str) -> Words:
        """Return the words of a language, or of the first one where it is not offered."""
        return next((w for w in self.languages if w.language == language), self.languages[0])

    def service_name(self, service: str) -> str:
        """Return the English name of a service, or what is known of one that this terminal does not offer."""
        offered = self.services.get(service)
        return offered.name if offered else service.replace("-", " ").capitalize()

    def services_of(self, group: str) -> tuple[Service, ...]:
        """Return the services of a group in the order of the files."""
        return tuple(s for s in self.services.values() if s.group == group)

    def is_open(self, local: datetime) -> bool:
        """Say whether the facility is open at a local time."""
        if not self.opening:
            return True
        clock = local.time().replace(tzinfo=None)
        return any(o.weekday == local.weekday() and o.opens <= clock < o.closes for o in self.opening)
