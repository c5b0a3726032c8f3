"""The long look at the whole file, on a connection of its own: no save and no list waits for it.

Responsible for: the structure, every index, every row's checksum, and the chain of the audit.
Not responsible for: when it is done (`kiosk.core.keeping`), or what follows (`kiosk.keeping_watch`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw

from kiosk.store import audit
from kiosk.store.rows import checksum, sha256_hex

_ROWS = {
    "cases": "SELECT case_id, reference, service, queue_number, job_id, created_at, day, checksum FROM cases",
    "print_jobs": (
        "SELECT job_id, copy, case_id, reference, queue_number, ticket, created_at, day, checksum"
        " FROM print_jobs"
    ),
    "outbox": "SELECT key, case_id, kind, sha256, key_id, created_at, checksum FROM outbox",
}


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the look found.

    Attributes:
        is_readable: the structure holds, so that the file can be used.
        rows: how many rows are not what was written, by table; without those that are.
    """

    is_readable: bool
    rows: dict[str, int]

    @property
    def is_sound(self) -> bool:
        """Say that nothing at all is wrong."""
        return self.is_readable and not self.rows


def inspect(path: Path) -> Inspection:
    """Look at the whole file; takes long, blocks nobody else."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        connection.set_busy_timeout(5000)
        if connection.pragma("integrity_check") != "ok":
            return Inspection(is_readable=False, rows={})
        return Inspection(is_readable=True, rows=dict(_changed(connection)))
    except (apsw.CorruptError, apsw.NotADBError):
        return Inspection(is_readable=False, rows={})
    finally:
        connection.close()


def _changed(connection: apsw.Connection) -> Iterator[tuple[str, int]]:
    for table, asked in _ROWS.items():
        count = sum(checksum(*row[:-1]) != row[-1] for row in connection.execute(asked))
        if count:
            yield table, count
    bodies = connection.execute("SELECT body, sha256 FROM outbox WHERE body IS NOT NULL")
    count = sum(sha256_hex(bytes(body)) != written for body, written in bodies)
    if count:
        yield "bodies", count
    files = connection.execute("SELECT content, sha256 FROM attachments")
    count = sum(sha256_hex(bytes(content)) != written for content, written in files)
    if count:
        yield "attachments", count
    if audit.first_break(connection):
        yield "audit", 1
