"""The tables of counters and of the file's own identity.

Responsible for: the next reference and queue number, within the caller's transaction, and the file's id.
Not responsible for: numbers that must survive the loss of the file (`reserve`).
"""

from datetime import date, datetime

import apsw

from kiosk.core.reference import next_reference
from kiosk.store.rows import moment_text

REFERENCE = "reference"


def queue_counter(queue: str, day: date) -> str:
    """Name the counter of one queue on one local day."""
    return f"queue:{queue}:{day.isoformat()}"


def value(connection: apsw.Connection, name: str) -> int:
    """Return the number last given out, 0 when none was."""
    row = connection.execute("SELECT value FROM counters WHERE name = ?", (name,)).fetchone()
    return int(row[0]) if row else 0


def set_value(connection: apsw.Connection, name: str, number: int) -> None:
    """Record the number last given out."""
    connection.execute(
        "INSERT INTO counters (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, number),
    )


def take_reference(connection: apsw.Connection, prefix: str) -> tuple[int, str]:
    """Give out the next reference; return its counter and its text."""
    number, reference = next_reference(prefix, value(connection, REFERENCE))
    set_value(connection, REFERENCE, number)
    return number, reference


def take_queue_number(connection: apsw.Connection, queue: str, day: date) -> tuple[int, str]:
    """Give out the next number of a queue on a local day, such as ``A001``."""
    counter = queue_counter(queue, day)
    number = value(connection, counter) + 1
    set_value(connection, counter, number)
    return number, f"{queue}{number:03d}"


def forget_before(connection: apsw.Connection, day: date) -> None:
    """Delete queue counters of earlier days."""
    connection.execute(
        "DELETE FROM counters WHERE name LIKE 'queue:%' AND substr(name, -10) < ?", (day.isoformat(),)
    )


def store_id(connection: apsw.Connection) -> str:
    """Return the id of this file, empty in a file that was just made."""
    row = connection.execute("SELECT store_id FROM identity").fetchone()
    return str(row[0]) if row else ""


def name_store(connection: apsw.Connection, new_id: str, at: datetime) -> None:
    """Give a new file its id."""
    connection.execute(
        "INSERT INTO identity (one, store_id, created_at) VALUES (1, ?, ?)", (new_id, moment_text(at))
    )
