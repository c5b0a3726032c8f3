"""How far a case has come: setting it, by staff or by a back office, with history and event.

Responsible for: one transaction for the status, its history and its event.
Not responsible for: who may set it.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from kiosk.central.ground import Ground
from kiosk.central.tables import cases, events, journal, statuses


@dataclass(frozen=True, slots=True)
class NewStatus:
    """A status and who says so. `notes` are for whoever asks; never personal data."""

    status: str
    notes: str
    actor: str


def set_status(connection: Connection, ground: Ground, case_id: str, new: NewStatus) -> bool:
    """Set the status of a case; False when there is no such case, or it stands there already."""
    case = cases.one(connection, case_id)
    if case is None:
        return False
    before, now = statuses.one(connection, case.case_id), ground.now()
    if before is not None and (before.status, before.notes) == (new.status, new.notes):
        return False
    statuses.put(connection, statuses.Status(case.case_id, new.status, new.notes, now))
    detail = f"{new.status} {new.notes}".strip()
    subject = journal.case_subject(case.case_id)
    journal.happened(connection, subject, journal.Entry(now, new.actor, "status", detail))
    news = events.News(events.STATUS, case.case_id, ground.chance.new_id(), now, new.status)
    events.happened(connection, news, told=ground.settings.outward.told)
    return True
