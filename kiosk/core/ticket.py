"""A ticket as a typed document: what is on the slip, never how a printer says it.

Responsible for: the parts of a ticket, and the job that carries one to a printer.
Not responsible for: bytes, dots or code pages (`devices.printers`), or the words (`config/tickets`).
"""

from dataclasses import dataclass
from enum import StrEnum


class Size(StrEnum):
    """How large a line stands on paper."""

    SMALL = "small"
    NORMAL = "normal"
    LARGE = "large"
    HUGE = "huge"


class Align(StrEnum):
    """Where a part stands across the paper; start follows the line's direction."""

    START = "start"
    CENTRE = "centre"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of text; the printer room breaks it to the width of the paper."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.START
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and its value on one line, such as ``Desk`` and ``3``."""

    label: str
    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Space:
    """Empty paper, in millimetres."""

    height_mm: float = 3.0


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code; leads to the council's own host, or leads nowhere (`kiosk.core.passport`)."""

    content: str
    caption: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Logo:
    """The council's mark, as the printer's settings name it; nothing where they name none."""


Part = Line | Pair | Rule | Space | Code | Logo


@dataclass(frozen=True, slots=True)
class Ticket:
    """A whole slip, from the top edge to the cut."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One ticket for one printer, once.

    Attributes:
        job_id: made by the service; the same ticket printed again is a new job.
        case_id: the case whose ticket this is; empty for a test page.
        ticket: the document.
        copy: 0 for the first print, n for staff reprint number n, which is marked as a copy on paper.
    """

    job_id: str
    case_id: str
    ticket: Ticket
    copy: int = 0
