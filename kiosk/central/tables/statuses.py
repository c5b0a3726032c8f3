"""How far each case has come: one word of the field's list, and a sentence for whoever asks.

Responsible for: the last status of a case; earlier ones stand in its history.
Not responsible for: who sets it, or whom it is told to.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from kiosk.central.schema_outward import case_statuses
from kiosk.central.tables.once import replace

OPEN = (
    "open",
    "for_triage",
    "investigating",
    "in_progress",
    "planned",
    "action_scheduled",
    "internal_referral",
)
CLOSED = ("closed", "fixed", "no_further_action", "not_councils_responsibility", "duplicate", "cancelled")
"""The words that the updates of Open311 are exchanged in, as FixMyStreet and its adapters use them."""


@dataclass(frozen=True, slots=True)
class Status:
    """How far a case has come."""

    case_id: str
    status: str
    notes: str
    updated_at: datetime


def one(connection: Connection, case_id: str) -> Status | None:
    """Return a case's status, or None while nobody has set one."""
    row = connection.execute(select(case_statuses).where(case_statuses.c.case_id == case_id)).one_or_none()
    return None if row is None else Status(row.case_id, row.status, row.notes, row.updated_at)


def put(connection: Connection, new: Status) -> None:
    """Set the status of a case."""
    replace(
        connection,
        case_statuses,
        "case_id",
        case_id=new.case_id,
        status=new.status,
        notes=new.notes[:300],
        updated_at=new.updated_at,
    )
