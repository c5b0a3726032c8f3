"""The table of what is not yet with central, and the receipts of what is.

Responsible for: the order in which parcels go out, and what became of each.
Not responsible for: carrying them (`kiosk.sync.courier`).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import apsw

from kiosk.core.case import CaseId
from kiosk.ports import Accepted, OutboxDepth, Parcel, Parked, RetryLater
from kiosk.store.rows import Value, checksum, moment, moment_text, readable, sha256_hex

_COLUMNS = "seq, key, case_id, kind, body, sha256, attempts"
_UNCHANGING = "key, case_id, kind, sha256, key_id, created_at, checksum"
"""What never changes in a row, and the checksum of it."""


def add(
    connection: apsw.Connection, case_id: CaseId, kind: str, body: bytes, at: datetime, *, key_id: str
) -> None:
    """Put a new case's frozen body out for central; its key is the case's id."""
    fields = (case_id, case_id, kind, sha256_hex(body), key_id, moment_text(at))
    connection.execute(
        "INSERT INTO outbox (key, case_id, kind, sha256, key_id, created_at, checksum, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*fields, checksum(*fields), body),
    )


def next_parcels(connection: apsw.Connection, limit: int) -> tuple[Parcel, ...]:
    """Return what to send now: fewest attempts first, then oldest; of one case only the earliest."""
    rows = connection.execute(
        f"SELECT {_COLUMNS}, {_UNCHANGING} FROM outbox AS mine WHERE state = 'waiting' AND NOT EXISTS"  # noqa: S608 - a constant
        " (SELECT 1 FROM outbox AS earlier"
        "  WHERE earlier.key >= mine.case_id AND earlier.key < mine.case_id || ';'"
        "  AND earlier.seq < mine.seq AND earlier.state <> 'accepted')"
        " ORDER BY attempts, seq LIMIT ?",
        (limit,),
    )
    return tuple(_checked(row) for row in rows)


def is_whole(parcel: Parcel) -> bool:
    """Say whether the body is what was frozen."""
    return sha256_hex(parcel.body) == parcel.sha256


def accept(connection: apsw.Connection, delivery: Accepted, at: datetime) -> CaseId:
    """Keep the receipt and delete the body."""
    return _settle(
        connection,
        "state = 'accepted', body = NULL, central_id = ?, error_class = '', problem = ''",
        (receipt_text(delivery), moment_text(at), delivery.key),
    )


def receipt_text(delivery: Accepted) -> str:
    """Return central's id of a case as it is kept."""
    return readable(delivery.central_id)


def park(connection: apsw.Connection, delivery: Parked, at: datetime) -> CaseId:
    """Keep the body aside with the reason."""
    return _settle(
        connection,
        "state = 'parked', error_class = ?, problem = ?",
        (str(delivery.error_class), readable(delivery.problem), moment_text(at), delivery.key),
    )


def retry(connection: apsw.Connection, delivery: RetryLater) -> CaseId:
    """Count one more try, and keep why it failed."""
    connection.execute(
        "UPDATE outbox SET attempts = attempts + 1, error_class = ?, problem = ?"
        " WHERE key = ? AND state = 'waiting'",
        (str(delivery.error_class), readable(delivery.problem), delivery.key),
    )
    return _whose(connection, delivery.key)


def _settle(connection: apsw.Connection, change: str, bindings: tuple[str, ...]) -> CaseId:
    """Settle a row that is not accepted yet; what was accepted stays accepted."""
    connection.execute(
        f"UPDATE outbox SET {change}, attempts = attempts + 1, settled_at = ?"  # noqa: S608 - constants above
        " WHERE key = ? AND state <> 'accepted'",
        bindings,
    )
    return _whose(connection, bindings[-1])


def _whose(connection: apsw.Connection, key: str) -> CaseId:
    row = connection.execute("SELECT case_id FROM outbox WHERE key = ?", (key,)).fetchone()
    return CaseId(str(row[0]) if row else "")


def unpark(connection: apsw.Connection, case_id: CaseId) -> int:
    """Let the parked parcels of a case go out again, as fresh ones; return how many."""
    connection.execute(
        "UPDATE outbox SET state = 'waiting', attempts = 0, settled_at = NULL"
        " WHERE key >= ?1 AND key < ?1 || ';' AND state = 'parked'",
        (case_id,),
    )
    return connection.changes()


def depth(connection: apsw.Connection) -> OutboxDepth:
    """Count what waits and what is parked."""
    waiting, parked, oldest, since = connection.execute(
        "SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'parked'),"
        " min(created_at) FILTER (WHERE state = 'waiting'), min(created_at)"
        " FROM outbox WHERE state <> 'accepted'"
    ).get
    return OutboxDepth(waiting, parked, moment(oldest) if oldest else None, moment(since) if since else None)


def waiting(connection: apsw.Connection) -> int:
    """Count what waits; the index of what is to be sent answers it, no row is read."""
    return int(connection.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").get)


def last_accepted(connection: apsw.Connection) -> datetime | None:
    """Return when central last took something, or None; reads every receipt."""
    at = connection.execute("SELECT max(settled_at) FROM outbox WHERE state = 'accepted'").get
    return moment(at) if at else None


def unaccepted(connection: apsw.Connection, *, downwards: bool = False) -> Iterator[Parcel]:
    """Go through all that central does not have, oldest first, or newest first when `downwards`."""
    order = "seq DESC" if downwards else "seq"
    for row in connection.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE state <> 'accepted' ORDER BY {order}"  # noqa: S608 - constants
    ):
        yield _parcel(row)


def _checked(row: tuple[Value, ...]) -> Parcel:
    """Read a row; one that is not what was written has no SHA-256, so it is not whole and is never sent."""
    *kept, written = row[_COLUMNS.count(",") + 1 :]
    parcel = _parcel(row[: _COLUMNS.count(",") + 1])
    return parcel if checksum(*kept) == written else replace(parcel, sha256="")


def _parcel(row: tuple[Value, ...]) -> Parcel:
    seq, key, case_id, kind, body, sha256, attempts = row
    content = body if isinstance(body, bytes) else b""
    name = CaseId(str(case_id))
    return Parcel(int(str(seq)), str(key), name, str(kind), content, str(sha256), int(str(attempts)))
