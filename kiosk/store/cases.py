"""The table of cases: what a list may show, without answers.

Responsible for: writing a case's row and reading the lists.
Not responsible for: its body on the way to central (`outbox`), or its ticket (`printjobs`).
"""

from dataclasses import dataclass
from datetime import date, datetime

import apsw

from kiosk.core.case import CaseDraft, CaseId, SavedCase
from kiosk.core.hardware import OutcomeWord
from kiosk.errors import RowDamaged
from kiosk.ports import CaseLine
from kiosk.store.rows import Value, checksum, moment, moment_text


@dataclass(frozen=True, slots=True)
class CaseState:
    """How far a case has come; no answers."""

    line: CaseLine
    queue_number: str
    central_id: str
    attempts: int
    settled_at: datetime | None


_STATE = """
    SELECT c.case_id, c.reference, c.service, c.created_at, o.state, o.problem, c.queue_number, o.central_id,
        o.attempts, o.settled_at,
        (SELECT p.outcome FROM print_jobs p
         WHERE p.job_id >= c.job_id AND p.job_id < c.job_id || '/' ORDER BY p.seq DESC LIMIT 1)
    FROM cases c JOIN outbox o ON o.key = c.case_id
"""


def add(connection: apsw.Connection, draft: CaseDraft, saved: SavedCase, at: datetime, day: date) -> None:
    """Write one case."""
    _insert(connection, saved, draft.service, moment_text(at), day.isoformat())


def restore(connection: apsw.Connection, saved: SavedCase, service: str, created_at: str, day: str) -> None:
    """Write a case that was read from a damaged file."""
    _insert(connection, saved, service, created_at, day)


def _insert(connection: apsw.Connection, saved: SavedCase, *rest: str) -> None:
    fields = (saved.case_id, saved.reference, rest[0], saved.queue_number, saved.job_id, rest[1], rest[2])
    connection.execute(
        "INSERT INTO cases (case_id, reference, service, queue_number, job_id, created_at, day, checksum)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*fields, checksum(*fields)),
    )


def saved(connection: apsw.Connection, case_id: CaseId) -> SavedCase | None:
    """Return what was given to a case, or None when there is no such case.

    Raises:
        RowDamaged: the row is not what was written.
    """
    row = connection.execute(
        "SELECT case_id, reference, service, queue_number, job_id, created_at, day, checksum"
        " FROM cases WHERE case_id = ?",
        (case_id,),
    ).fetchone()
    if row is None:
        return None
    if checksum(*row[:-1]) != row[-1]:
        raise RowDamaged("STORE-003", "A stored case is not what was written.", "Call facilities staff.")
    return SavedCase(CaseId(str(row[0])), str(row[1]), str(row[3]), str(row[4]))


def lines(connection: apsw.Connection) -> tuple[CaseLine, ...]:
    """Return all cases, newest first."""
    return tuple(_state(row).line for row in connection.execute(_STATE + " ORDER BY c.seq DESC"))


def state(connection: apsw.Connection, name: str) -> CaseState | None:
    """Return the case with this case id or reference, or None."""
    row = connection.execute(_STATE + " WHERE c.case_id = ?1 OR c.reference = ?1", (name,)).fetchone()
    return _state(row) if row else None


def _state(row: tuple[Value, ...]) -> CaseState:
    case_id, reference, service, created, delivery, problem, number, central_id, attempts, settled, word = row
    line = CaseLine(
        CaseId(str(case_id)),
        str(reference),
        str(service),
        moment(str(created)),
        str(delivery),
        OutcomeWord(str(word)) if word else None,
        str(problem),
    )
    settled_at = moment(str(settled)) if settled else None
    return CaseState(line, str(number), str(central_id), int(str(attempts)), settled_at)
