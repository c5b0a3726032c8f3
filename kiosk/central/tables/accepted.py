"""What is kept of accepted cases: the record of the key, the case itself, and the event that tells it.

Responsible for: that all three are written together, on a server by one statement.
Not responsible for: reading them (`cases`, `events`), or deciding whether a case is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from sqlalchemy import Connection, literal_column

from kiosk.central.schema import cases, intake
from kiosk.central.schema_outward import case_events
from kiosk.central.tables import events
from kiosk.central.tables.cases import Case, Record
from kiosk.central.tables.many import Into, insert_new, same


@dataclass(frozen=True, slots=True)
class Accepted:
    """A case under the key that brought it; the event has the identifier that central gave the case."""

    key: str
    sha256: str
    case: Case


RECORDS = Into(intake, same(Record.__slots__), in_order_of="key")
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
    """Keep new cases.

    Raises:
        Raced: somebody took one of the keys, or brought one of the cases, a moment earlier.
    """
    if not accepted:
        return
    of_cases = zip(*map(attrgetter(*Case.__slots__), (each.case for each in accepted)), strict=True)
    keys = {name: [getattr(each, name) for each in accepted] for name in ("key", "sha256")}
    insert_new(connection, {**dict(zip(Case.__slots__, of_cases, strict=True)), **keys}, RECORDS, CASES, NEWS)


def keep_keys(connection: Connection, records: Sequence[Record]) -> None:
    """Keep the record alone, of cases that were erased before they came.

    Raises:
        Raced: somebody took one of the keys a moment earlier.
    """
    if records:
        values = {name: [getattr(each, name) for each in records] for name in Record.__slots__}
        insert_new(connection, values, RECORDS)
