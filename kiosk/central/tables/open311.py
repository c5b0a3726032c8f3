"""Keys, published services and requests of other systems.

Responsible for: who may hand in, what is published, and that a caller's own identifier has one request.
Not responsible for: the protocol (`kiosk.central.open311`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, not_, or_, select, update

from kiosk.central.schema import cases
from kiosk.central.schema_outward import case_statuses, open311_keys, open311_requests, open311_services
from kiosk.central.tables.cases import Case
from kiosk.central.tables.once import insert_once
from kiosk.central.tables.statuses import CLOSED


def add_key(connection: Connection, label: str, key_hash: str, at: datetime) -> bool:
    """Keep a new key; False when its label is taken."""
    return insert_once(connection, open311_keys, label=label, key_hash=key_hash, made_at=at, revoked_at=None)


def revoke_key(connection: Connection, label: str, at: datetime) -> bool:
    """End a key; False when none of this label is good."""
    wanted = and_(open311_keys.c.label == label, open311_keys.c.revoked_at.is_(None))
    return connection.execute(update(open311_keys).where(wanted).values(revoked_at=at)).rowcount > 0


def label_of(connection: Connection, key_hash: str) -> str | None:
    """Return whose key this is, or None when it is unknown or ended."""
    wanted = and_(open311_keys.c.key_hash == key_hash, open311_keys.c.revoked_at.is_(None))
    return connection.execute(select(open311_keys.c.label).where(wanted)).scalar_one_or_none()


def publish(connection: Connection, documents: Iterable[tuple[str, str]]) -> None:
    """Put these services, each with its document, in place of all that were published."""
    connection.execute(delete(open311_services))
    rows = [{"service": service, "document": document} for service, document in documents]
    if rows:
        connection.execute(insert(open311_services), rows)


def published(connection: Connection) -> dict[str, str]:
    """Return the document of each published service."""
    rows = connection.execute(select(open311_services).order_by(open311_services.c.service))
    return {row.service: row.document for row in rows}


@dataclass(frozen=True, slots=True)
class Known:
    """A request that was taken in before under a caller's own identifier."""

    case_id: str
    fingerprint: str


def known(connection: Connection, label: str, own_id: str) -> Known | None:
    """Return what a caller's own identifier stands for, or None when it is new."""
    wanted = and_(open311_requests.c.label == label, open311_requests.c.own_id == own_id)
    row = connection.execute(select(open311_requests).where(wanted)).one_or_none()
    return None if row is None else Known(row.case_id, row.fingerprint)


def claim(connection: Connection, *, case_id: str, label: str, own_id: str, fingerprint: str) -> bool:
    """Take a caller's own identifier; False when somebody has it, who may have been a moment earlier."""
    return insert_once(
        connection, open311_requests, case_id=case_id, label=label, own_id=own_id, fingerprint=fingerprint
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A case as a request. `label` is empty when it came from a terminal; `status` when nobody set one."""

    case: Case
    label: str
    status: str
    notes: str
    updated_at: datetime | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which requests are asked for; empty tuples ask for all."""

    since: datetime | None = None
    until: datetime | None = None
    ids: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    is_open: bool | None = None


def find(
    connection: Connection, wanted: Wanted, public: tuple[str, ...], *, most: int, skip: int = 0
) -> tuple[Row, ...]:
    """Return requests, newest first: those that came in as requests, and cases of public services."""
    joined = cases.outerjoin(open311_requests, open311_requests.c.case_id == cases.c.case_id).outerjoin(
        case_statuses, case_statuses.c.case_id == cases.c.case_id
    )
    seen = or_(open311_requests.c.case_id.is_not(None), cases.c.service.in_(public))
    query = (
        select(
            cases,
            open311_requests.c.label,
            case_statuses.c.status,
            case_statuses.c.notes,
            case_statuses.c.updated_at,
        )
        .select_from(joined)
        .where(seen, *_conditions(wanted))
        .order_by(cases.c.received_at.desc(), cases.c.central_id)
        .limit(most)
        .offset(skip)
    )
    return tuple(_row(each) for each in connection.execute(query))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.since is not None:
        found.append(cases.c.received_at >= wanted.since)
    if wanted.until is not None:
        found.append(cases.c.received_at <= wanted.until)
    if wanted.ids:
        found.append(cases.c.central_id.in_(wanted.ids))
    if wanted.services:
        found.append(cases.c.service.in_(wanted.services))
    if wanted.is_open is not None:
        closed = func.coalesce(case_statuses.c.status, "open").in_(CLOSED)
        found.append(not_(closed) if wanted.is_open else closed)
    return found


def _row(found: object) -> Row:
    values = {name: getattr(found, name) for name in ("label", "status", "notes")}
    whole = Case(*(getattr(found, name) for name in Case.__slots__))
    return Row(
        whole,
        **{name: value or "" for name, value in values.items()},
        updated_at=getattr(found, "updated_at", None),
    )
