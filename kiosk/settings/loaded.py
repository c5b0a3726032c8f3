"""What comes of reading a configuration.

Responsible for: the facility for the core, what the service needs of this terminal, and the problems.
Not responsible for: reading any of it (`kiosk.settings.load`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.core.facility import Facility
from kiosk.core.glass_lines import Outfit, Panel
from kiosk.settings.problems import Problem
from kiosk.settings.tongues import Tongue

EMBEDDED_URL = "http://127.0.0.1:8311"
"""Where a central service on this machine listens unless it is told otherwise."""


@dataclass(frozen=True, slots=True)
class PrinterPlace:
    """The ticket printer: where it is, which profile describes it, and the picture of its logo."""

    address: str
    profile: str
    logo: Path | None = None


@dataclass(frozen=True, slots=True)
class ReaderPlace:
    """A card reader: where it is and how it frames a card."""

    address: str
    kind: str


@dataclass(frozen=True, slots=True)
class DocumentScannerPlace:
    """The document scanner: its name at SANE, and how it scans.

    Attributes:
        program: that drives it; a rehearsal names a simulated one.
    """

    address: str
    colour: bool = False
    source: str = ""
    program: tuple[str, ...] = ("scanimage",)


@dataclass(frozen=True, slots=True)
class TerminalPlace:
    """What the service needs to know of this terminal.

    Attributes:
        power: what tells of battery and mains: ``system``, ``none``, or ``nut:UPS@HOST``.
        headphones: what tells of the socket: ``system``, ``none``, ``sound``, or ``input:NODE``.
        clips: recordings by language and sentence.
    """

    panel: Panel = field(default_factory=Panel)
    outfit: Outfit = field(default_factory=Outfit)
    printer: PrinterPlace | None = None
    readers: tuple[ReaderPlace, ...] = ()
    document_scanner: DocumentScannerPlace | None = None
    power: str = "system"
    headphones: str = "system"
    clips: Mapping[tuple[str, str], Path] = field(default_factory=dict)
    central_url: str = EMBEDDED_URL
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a terminal and its file of cases are known by."""

    terminal: str
    reference_prefix: str
    time_zone: str


@dataclass(frozen=True)
class Loaded:
    """A configuration as far as it could be read.

    Attributes:
        found: facility and terminal; None when a problem keeps them from being built.
        problems: everything that must be put right, by file and line.
        remarks: everything that is only worth knowing.
        lacking: by language, every English sentence that has no translation.
        tongues: the languages offered, with their catalogues.
        identity: None only when kiosk.yaml itself has a problem.
    """

    found: tuple[Facility, TerminalPlace] | None
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...] = ()
    lacking: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tongues: tuple[Tongue, ...] = ()
    identity: Identity | None = None

    @property
    def is_usable(self) -> bool:
        """Say whether a terminal may start with it."""
        return self.found is not None and not self.problems

    @property
    def facility(self) -> Facility:
        """Return the facility; only when it is usable."""
        return self._found()[0]

    @property
    def terminal(self) -> TerminalPlace:
        """Return what the service needs; only when it is usable."""
        return self._found()[1]

    def _found(self) -> tuple[Facility, TerminalPlace]:
        if self.found is None:
            raise RuntimeError("a configuration with problems was used: ask is_usable first")
        return self.found
