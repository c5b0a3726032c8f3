"""What the desk and central say to each other.

Responsible for: appointments, cases, services, print orders and terminals as the desk sees them.
Not responsible for: the terminals' documents (`kiosk.central.wire.terminal`).
"""

from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, model_validator

from kiosk.central.wire.terminal import Outcome
from kiosk.central.wire.words import Answered, Asked, CaseId, Line, Name, Queue, Reference, Words


class NewAppointment(Asked):
    """A booking. Without `reference` central makes one."""

    full_name: Words
    birth_date: date | None = None
    starts_at: AwareDatetime
    service: Name
    queue: Queue = ""
    with_whom: Line = ""
    reference: Reference | None = None


class DeskAppointment(Answered):
    """A booking as it stands."""

    appointment_id: str
    reference: str
    full_name: str
    birth_date: date | None
    starts_at: AwareDatetime
    service: str
    queue: str
    with_whom: str
    state: Literal["booked", "arrived", "called", "cancelled"]
    queue_number: str
    arrived_at: AwareDatetime | None


class DeskAppointments(Answered):
    """A day's bookings in order of time."""

    appointments: list[DeskAppointment]


class NewState(Asked):
    """Where a visitor is to stand next: called or cancelled, or back where they were before it."""

    state: Literal["called", "cancelled", "arrived", "booked"]


class CaseLine(Answered):
    """A case in a list: no answers."""

    central_id: str
    case_id: str
    reference: str
    service: str
    language: str
    terminal: str
    created_at: AwareDatetime
    received_at: AwareDatetime
    queue: str
    queue_number: str
    appointment_id: str


class CaseLines(Answered):
    """Cases, newest first."""

    cases: list[CaseLine]


class HistoryEntry(Answered):
    """One thing that happened."""

    at: AwareDatetime
    actor: str
    what: str
    detail: str


class WholeCase(CaseLine):
    """A case with its answers and its history."""

    answers: dict[str, Any]
    history: list[HistoryEntry]


class ServiceSetting(Asked):
    """How a service stands for intake; what is left out stays as it is."""

    accepting: bool | None = None
    reason: Line = ""
    title: Words | None = None
    queue: Queue | None = None


class ServiceLine(Answered):
    """A service as the desk has set it; ``*`` stands for all."""

    service: str
    title: str
    queue: str
    accepting: bool
    reason: str


class ServiceLines(Answered):
    """Services by title."""

    services: list[ServiceLine]


class NewPrintOrder(Asked):
    """Print an appointment's ticket, or a copy of a case's ticket, at a terminal."""

    terminal: Name
    appointment_id: CaseId | None = None
    case_id: CaseId | None = None

    @model_validator(mode="after")
    def _names_one_ticket(self) -> "NewPrintOrder":
        if (self.appointment_id is None) == (self.case_id is None):
            message = "name either appointment_id or case_id"
            raise ValueError(message)
        return self


class DeskOrder(Answered):
    """An order and what became of it: `outcome` is null while nothing is known; `words` says it plainly."""

    order_id: str
    terminal: str
    reference: str
    copy_number: int
    made_at: AwareDatetime
    made_by: str
    outcome: Outcome | None
    reason: str
    words: str


class TerminalLine(Answered):
    """A terminal as it was last heard, and from which address."""

    terminal: str
    peer: str
    paired_at: AwareDatetime
    revoked_at: AwareDatetime | None
    heard_at: AwareDatetime | None
    facts: dict[str, Any]


class TerminalLines(Answered):
    """Terminals by name."""

    terminals: list[TerminalLine]


class PairingCode(Answered):
    """A one-time code; shown now and never again."""

    terminal: str
    code: str
    ends_at: AwareDatetime


class Revoked(Answered):
    """The terminal is shut out."""

    terminal: str
    revoked: Literal[True] = True
