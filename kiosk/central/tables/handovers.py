"""Cases on their way to back offices, and how each office was last spoken with.

Responsible for: one row for each case and office, the circuit of each office, and which updates were read.
Not responsible for: what is done next (`kiosk.central.bridge.decide`).
"""

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from kiosk.central.bridge.decide import Circuit, Handover, Stand
from kiosk.central.schema_outward import handovers, office_updates, offices
from kiosk.central.tables.once import insert_once, replace


def begin(connection: Connection, case_id: str, office: str, at: datetime) -> bool:
    """Put a case on its way; False when it is already."""
    row = {**asdict(Handover(next_at=at)), "stand": Stand.WAITING.value}
    return insert_once(connection, handovers, case_id=case_id, office=office, **row)


def keep(connection: Connection, case_id: str, office: str, handover: Handover) -> None:
    """Keep where a handover stands."""
    values = {**asdict(handover), "stand": handover.stand.value, "problem": handover.problem[:300]}
    mine = (handovers.c.case_id == case_id, handovers.c.office == office)
    connection.execute(update(handovers).where(*mine).values(values))


def one(connection: Connection, case_id: str, office: str) -> Handover | None:
    """Return where a case stands with an office."""
    mine = (handovers.c.case_id == case_id, handovers.c.office == office)
    row = connection.execute(select(handovers).where(*mine)).one_or_none()
    return None if row is None else _handover(row)


def case_of(connection: Connection, office: str, request_id: str) -> str | None:
    """Return the case that an office calls by this identifier."""
    mine = (handovers.c.office == office, handovers.c.request_id == request_id)
    return connection.execute(select(handovers.c.case_id).where(*mine)).scalars().first()


def _handover(row: Any) -> Handover:
    values = {name: getattr(row, name) for name in Handover.__slots__}
    return Handover(**{**values, "stand": Stand(values["stand"])})


def circuit(connection: Connection, office: str) -> Circuit:
    """Return whether an office is spoken with."""
    row = connection.execute(select(offices).where(offices.c.office == office)).one_or_none()
    return Circuit() if row is None else Circuit(row.failures, row.open_until)


def put_circuit(connection: Connection, office: str, now_is: Circuit) -> None:
    """Keep whether an office is spoken with."""
    values = {"failures": now_is.failures, "open_until": now_is.open_until}
    replace(connection, offices, "office", office=office, **values)


def begin_updates(connection: Connection, office: str, now: datetime, every: timedelta) -> datetime | None:
    """Return since when updates are wanted, or None when it is not time; nobody else asks meanwhile."""
    insert_once(connection, offices, office=office, failures=0)
    row = connection.execute(select(offices).where(offices.c.office == office).with_for_update()).one()
    if row.asked_at is not None and now - row.asked_at < every:
        return None
    connection.execute(update(offices).where(offices.c.office == office).values(asked_at=now))
    since: datetime = row.updates_at or now - timedelta(days=30)
    return since


def updates_read(connection: Connection, office: str, now: datetime) -> None:
    """Write down until when an office's updates were read."""
    connection.execute(update(offices).where(offices.c.office == office).values(updates_at=now))


def first_time(connection: Connection, office: str, update_id: str) -> bool:
    """Write an update down; False when it was before."""
    return insert_once(connection, office_updates, office=office, update_id=update_id[:100])
