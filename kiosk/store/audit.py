"""The table of what was done, as a chain that shows when a row was changed or taken out.

Responsible for: adding to the chain, reading one subject's part of it, and checking it.
Not responsible for: deciding what is worth a row. Rows carry ids and codes, never personal data.
"""

from dataclasses import dataclass
from datetime import datetime

import apsw

from kiosk.store.rows import checksum, moment_text


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One thing that was done."""

    at: str
    event: str
    subject: str
    detail: str


def append(connection: apsw.Connection, at: datetime, event: str, subject: str, detail: str = "") -> None:
    """Add one row to the chain, within the caller's transaction."""
    last = connection.execute("SELECT hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    fields = (moment_text(at), event, subject, detail)
    linked = checksum(last[0] if last else "", *fields)
    connection.execute(
        "INSERT INTO audit (at, event, subject, detail, hash) VALUES (?, ?, ?, ?, ?)", (*fields, linked)
    )


def about(connection: apsw.Connection, *subjects: str) -> tuple[AuditRow, ...]:
    """Return what was done with some subjects, such as a case and its print jobs, oldest first."""
    places = ", ".join("?" * len(subjects))
    asked = f"SELECT at, event, subject, detail FROM audit WHERE subject IN ({places}) ORDER BY seq"  # noqa: S608
    rows = connection.execute(asked, subjects)
    return tuple(AuditRow(*row) for row in rows)


def latest(connection: apsw.Connection, event: str) -> AuditRow | None:
    """Return the last row of an event, or None; reads all of the table, for the start."""
    row = connection.execute(
        "SELECT at, event, subject, detail FROM audit WHERE event = ? ORDER BY seq DESC LIMIT 1", (event,)
    ).fetchone()
    return AuditRow(*row) if row else None


def first_break(connection: apsw.Connection) -> int:
    """Return the number of the first row that does not fit the chain, or 0 when all fit."""
    before = ""
    rows = connection.execute("SELECT seq, at, event, subject, detail, hash FROM audit ORDER BY seq")
    for expected, (seq, at, event, subject, detail, linked) in enumerate(rows, start=1):
        if seq != expected or linked != checksum(before, at, event, subject, detail):
            return expected
        before = str(linked)
    return 0
