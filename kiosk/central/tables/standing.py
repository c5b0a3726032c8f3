"""How things stand when a batch comes: its services, and whether there are erased cases or webhooks.

Responsible for: one query for what every batch must know.
Not responsible for: the rows themselves (`services`, `tombstones`, `webhooks`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, exists, literal_column, select

from kiosk.central.schema import services
from kiosk.central.schema_outward import webhooks
from kiosk.central.schema_upkeep import tombstones
from kiosk.central.tables.many import Texts, has_one_of, is_server
from kiosk.central.tables.services import Service, of_row


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand.

    Attributes:
        services: those asked for that the desk knows.
        graves: there are marks of erased cases.
        webhooks: somebody is told of events.
    """

    services: Mapping[str, Service]
    graves: bool = False
    webhooks: bool = False


def now(connection: Connection, names: Collection[str]) -> Standing:
    """Return how things stand, for the services named."""
    return of_rows(connection.execute(query(server=is_server(connection.dialect)), {"names": names}).all())


def of_rows(rows: Sequence[Row[Any]]) -> Standing:
    """Return what the rows of `query` tell."""
    known = {row.service: of_row(row) for row in rows if row.service is not None}
    return Standing(known, bool(rows[0].graves), bool(rows[0].told))


@cache
def query(*, server: bool) -> Select[tuple[object, ...]]:
    """Return the query, written once: one row at least, without a service where none is known."""
    asked = has_one_of(services.c.service, bindparam("names", type_=Texts), server=server)
    graves = exists().select_from(tombstones)
    told = exists().where(webhooks.c.ended_at.is_(None))
    always = select(literal_column("1").label("one")).subquery("always")
    return select(*services.c, graves.label("graves"), told.label("told")).select_from(
        always.outerjoin(services, asked)
    )
