"""The marks of erased cases: what an offline terminal still brings of them is acknowledged and not kept.

Responsible for: making them, finding those that cover a case, and listing them for terminals.
Not responsible for: erasing (`kiosk.central.erasure`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from kiosk.central.schema_upkeep import tombstones
from kiosk.central.tables.many import found_by_either


@dataclass(frozen=True, slots=True)
class Tombstone:
    """An erased case, by its identifier or, if it never came here, by its reference; the other is empty.

    References come round again: one covers only cases that were made before it.
    """

    tombstone_id: str
    case_id: str
    reference: str
    made_at: datetime

    def covers(self, case_id: str, reference: str, created_at: datetime) -> bool:
        """Say whether a case is one that was to be erased."""
        if self.case_id:
            return self.case_id == case_id
        return self.reference == reference and created_at <= self.made_at


def put(connection: Connection, new: Tombstone) -> None:
    """Keep a new mark."""
    connection.execute(insert(tombstones).values({name: getattr(new, name) for name in Tombstone.__slots__}))


def covering(
    connection: Connection, case_ids: Collection[str], references: Collection[str]
) -> tuple[Tombstone, ...]:
    """Return the marks that may cover these cases."""
    c = tombstones.c
    rows = found_by_either(connection, c.case_id, case_ids, c.reference, references)
    return tuple(_tombstone(row) for row in rows)


def since(connection: Connection, moment: datetime, limit: int) -> tuple[Tombstone, ...]:
    """Return marks made at a moment or later, oldest first."""
    rows = connection.execute(
        select(tombstones)
        .where(tombstones.c.made_at >= moment)
        .order_by(tombstones.c.made_at, tombstones.c.tombstone_id)
        .limit(limit)
    )
    return tuple(_tombstone(row) for row in rows)


def _tombstone(row: object) -> Tombstone:
    return Tombstone(*(getattr(row, name) for name in Tombstone.__slots__))
