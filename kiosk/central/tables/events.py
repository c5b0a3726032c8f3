"""What happened to cases, told to other systems in one order that never changes.

Responsible for: writing an event in the transaction of what happened, and reading on from a place.
Not responsible for: whom it is told to (`kiosk.central.announcing`); there is no personal data in it.

On a server, transactions end in another order than their rows are numbered. A row is therefore told only
once every transaction that began before its own has ended; rows are in the order of transaction and number,
and nothing can appear before a place that was told.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, literal_column, select, tuple_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from kiosk.central.schema_outward import case_events
from kiosk.central.tables import effects, webhooks
from kiosk.central.tables.many import Into, found, insert_new, same

CREATED, STATUS = "case.created", "case.status"
ANNOUNCE = "case-event"
"""The kind of effect that tells an event to whoever is to know."""
FIRST_STATUS = "open"


class ThisTransaction(FunctionElement[int]):
    """The number of this transaction on a server; there is none on SQLite, where writers take turns."""

    type = BigInteger()
    inherit_cache = True


@compiles(ThisTransaction)
def _none(_element: ThisTransaction, _compiler: object, **_how: Any) -> str:
    return "0"


@compiles(ThisTransaction, "postgresql")
def _on_a_server(_element: ThisTransaction, _compiler: object, **_how: Any) -> str:
    return "pg_current_xact_id()::text::bigint"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """How far a reader has come."""

    tx: int = 0
    seq: int = 0

    def __str__(self) -> str:
        """Write it as a cursor."""
        return f"{self.tx}.{self.seq}"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case."""

    place: Place
    event_id: str
    kind: str
    case_id: str
    at: datetime
    status: str


@dataclass(frozen=True, slots=True)
class News:
    """What happened to a case now. `event_id` was never used."""

    kind: str
    case_id: str
    event_id: str
    at: datetime
    status: str = FIRST_STATUS


EVENTS = Into(case_events, same(News.__slots__), (("tx", ThisTransaction()),))


def happened(connection: Connection, news: News, *, told: bool) -> None:
    """Write an event down, in the transaction of it, and that it is to be told, if somebody is to know.

    `told` says that the settings name somebody; webhooks are looked up here.
    """
    insert_new(connection, {name: [getattr(news, name)] for name in News.__slots__}, EVENTS)
    if told or webhooks.every(connection):
        tell(connection, [news.event_id], news.at)


def tell(connection: Connection, event_ids: Sequence[str], at: datetime) -> None:
    """Write down that events are to be told: one effect serves all, so a batch costs little more than one."""
    payload = json.dumps({"event_ids": list(event_ids)})
    effects.put(connection, effects.Effect(event_ids[0], ANNOUNCE, "events", payload, 0, at))


def one(connection: Connection, event_id: str) -> Event | None:
    """Return one event."""
    row = connection.execute(select(case_events).where(case_events.c.event_id == event_id)).one_or_none()
    return None if row is None else _event(row)


def named(connection: Connection, event_ids: Collection[str]) -> tuple[Event, ...]:
    """Return those of these events that are known, in order."""
    events = (_event(row) for row in found(connection, case_events.c.event_id, event_ids))
    return tuple(sorted(events, key=attrgetter("place")))


def after(connection: Connection, place: Place, limit: int) -> tuple[Event, ...]:
    """Return what happened after a place, in order."""
    query = (
        select(case_events)
        .where(tuple_(case_events.c.tx, case_events.c.seq) > tuple_(place.tx, place.seq))
        .order_by(case_events.c.tx, case_events.c.seq)
        .limit(limit)
    )
    if connection.dialect.name == "postgresql":
        ended: ColumnElement[int] = literal_column("pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        query = query.where(case_events.c.tx < ended)
    return tuple(_event(row) for row in connection.execute(query))


def _event(row: Any) -> Event:
    return Event(Place(row.tx, row.seq), row.event_id, row.kind, row.case_id, row.at, row.status)
