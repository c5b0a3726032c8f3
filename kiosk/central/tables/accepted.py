"""What is kept of accepted cases: the record of the key, the case itself, and the event that tells it.

Responsible for: that all three are written together, on a server by one statement.
Not responsible for: reading them (`cases`, `events`), or deciding whether a case is taken.
"""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import Connection, literal_column

from kiosk.central.schema import cases, intake
from kiosk.central.schema_outward import case_events
from kiosk.central.tables import events
from kiosk.central.tables.cases import Case, Record
from kiosk.central.tables.many import Into, Values, every_or_each, insert_new, same
from kiosk.central.wire.terminal import CaseBody


class Accepted(NamedTuple):
    """A case under the key that brought it, and the text that is kept of it.

    The event of it has the identifier that central gave the case.
    """

    record: Record
    told: CaseBody
    body: str


TOLD = tuple(name for name in Case.__slots__ if name not in {*Record._fields, "body"})
OF_TOLD = attrgetter(*TOLD)
RECORDS = Into(intake, same(Record._fields), in_order_of="key")
CASES = Into(cases, same(Case.__slots__), in_order_of="case_id")
NEWS = Into(
    case_events,
    (("event_id", "central_id"), ("case_id", "case_id"), ("at", "received_at")),
    (
        ("kind", literal_column(f"'{events.CREATED}'")),
        ("status", literal_column(f"'{events.FIRST_STATUS}'")),
        ("tx", events.ThisTransaction()),
    ),
)


def keep(connection: Connection, accepted: Sequence[Accepted]) -> None:
    """Keep new cases; their events are in the order in which they are given.

    Raises:
        Raced: one of the keys is taken, or one of the cases is there.
    """
    if accepted:
        records, told, bodies = zip(*accepted, strict=True)
        of_told = zip(*map(OF_TOLD, told), strict=True)
        values = {**_of(records), **dict(zip(TOLD, of_told, strict=True)), "body": bodies}
        insert_new(connection, values, RECORDS, CASES, NEWS)


def keep_keys(connection: Connection, records: Sequence[Record]) -> None:
    """Keep the record alone, of cases that were erased before they came.

    Raises:
        Raced: one of the keys is taken.
    """
    if records:
        insert_new(connection, _of(records), RECORDS)


def _of(records: Sequence[Record]) -> Values:
    """Return them by column; those of one batch have one terminal and one moment."""
    columns = dict(zip(Record._fields, zip(*records, strict=True), strict=True))
    return columns | {name: every_or_each(columns[name]) for name in ("terminal", "received_at")}
