"""The table of print jobs: which tickets were to be printed, and what is known of each.

Responsible for: the jobs, their copies, the mark "first byte about to leave", and their outcomes.
Not responsible for: printing (the devices room).
"""

import itertools
from datetime import date, datetime

import apsw

from kiosk.core.case import CaseId
from kiosk.core.hardware import OutcomeWord, Reason
from kiosk.core.ticket import Ticket
from kiosk.core.ticket_json import ticket_from_json, ticket_to_json
from kiosk.errors import RowDamaged
from kiosk.ports import StoredJob
from kiosk.store.rows import Value, checksum, moment, moment_text

_COLUMNS = (
    "job_id, copy, case_id, reference, queue_number, ticket, created_at, day, checksum, outcome, reason,"
    " sent, (SELECT service FROM cases WHERE cases.case_id = print_jobs.case_id)"
)
_DOUBTFUL = frozenset({OutcomeWord.HELD.value, OutcomeWord.UNKNOWN.value})
_UNCHANGING = 8
_DAY = 7
_FAMILY = "job_id >= ?1 AND job_id < ?1 || '/'"
"""The first job and its copies: a full stop comes just before a slash."""


def add(connection: apsw.Connection, job: StoredJob, day: date) -> None:
    """Write one new job."""
    fields = (
        job.job_id,
        job.copy,
        job.case_id or None,
        job.reference,
        job.queue_number,
        ticket_to_json(job.ticket),
        moment_text(job.created_at),
        day.isoformat(),
    )
    connection.execute(
        "INSERT INTO print_jobs (job_id, copy, case_id, reference, queue_number, ticket,"
        " created_at, day, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*fields, checksum(*fields)),
    )


def new_job(
    job_id: str, case_id: str, reference: str, ticket: Ticket, at: datetime, *, queue_number: str = ""
) -> StoredJob:
    """Make the value of a job that nothing has happened to yet."""
    return StoredJob(job_id, CaseId(case_id), reference, queue_number, 0, ticket, None, "", at, sent=False)


def job(connection: apsw.Connection, job_id: str) -> StoredJob | None:
    """Return one job, or None when the store made no such job."""
    found = _where(connection, "job_id = ?", job_id)
    return found[0] if found else None


def of_case(connection: apsw.Connection, case_id: CaseId) -> tuple[StoredJob, ...]:
    """Return the jobs of a case, first print first."""
    row = connection.execute("SELECT job_id FROM cases WHERE case_id = ?", (case_id,)).fetchone()
    return _where(connection, _FAMILY + " ORDER BY seq", str(row[0])) if row and row[0] else ()


def of_day(connection: apsw.Connection, day: date) -> tuple[StoredJob, ...]:
    """Return the jobs of a local day, newest first; reads back no further than that day."""
    newest_first = connection.execute(f"SELECT {_COLUMNS} FROM print_jobs ORDER BY seq DESC")  # noqa: S608
    reached = itertools.takewhile(lambda row: row[_DAY] >= day.isoformat(), newest_first)
    return tuple(_job(row) for row in reached if row[_DAY] == day.isoformat())


def doubtful(connection: apsw.Connection, day: date) -> tuple[str, ...]:
    """Return the numbers of a local day's tickets whose newest print was held or is unknown, oldest first."""
    newest_first = connection.execute(
        "SELECT day, reference, queue_number, outcome FROM print_jobs ORDER BY seq DESC"
    )
    newest: dict[str, tuple[str, str]] = {}
    for _, reference, number, outcome in itertools.takewhile(
        lambda row: str(row[0]) >= day.isoformat(), newest_first
    ):
        newest.setdefault(str(reference), (str(number or reference), str(outcome)))
    return tuple(number for number, outcome in reversed(newest.values()) if outcome in _DOUBTFUL)


def unfinished(connection: apsw.Connection) -> tuple[StoredJob, ...]:
    """Return the jobs without an outcome, oldest first."""
    return _where(connection, "outcome IS NULL ORDER BY seq")


def next_copy(connection: apsw.Connection, job_id: str) -> tuple[str, int]:
    """Return the id and the number of the next copy of a ticket, whichever of its prints `job_id` is."""
    first = job_id.partition(".")[0]
    copies = connection.execute(f"SELECT max(copy) FROM print_jobs WHERE {_FAMILY}", (first,)).get  # noqa: S608
    copy = int(copies) + 1
    return f"{first}.{copy}", copy


def mark_sent(connection: apsw.Connection, job_id: str) -> None:
    """Record that the first byte is about to leave."""
    connection.execute("UPDATE print_jobs SET sent = 1 WHERE job_id = ?", (job_id,))


def settle(
    connection: apsw.Connection, job_id: str, outcome: OutcomeWord, reason: Reason, at: datetime
) -> bool:
    """Record an outcome; False when the store made no such job."""
    connection.execute(
        "UPDATE print_jobs SET outcome = ?, reason = ?, done_at = ? WHERE job_id = ?",
        (outcome.value, reason.value, moment_text(at), job_id),
    )
    return connection.changes() > 0


def _where(connection: apsw.Connection, condition: str, *bindings: str) -> tuple[StoredJob, ...]:
    rows = connection.execute(f"SELECT {_COLUMNS} FROM print_jobs WHERE {condition}", bindings)  # noqa: S608
    return tuple(_job(row) for row in rows)


def _job(row: tuple[Value, ...]) -> StoredJob:
    damaged = RowDamaged("STORE-003", "A stored ticket is not what was written.", "Call facilities staff.")
    if checksum(*row[:_UNCHANGING]) != row[_UNCHANGING]:
        raise damaged
    job_id, copy, case_id, reference, number, ticket, created, _, _, outcome, reason, sent, service = row
    try:
        document = ticket_from_json(str(ticket))
    except ValueError as error:
        raise damaged from error
    return StoredJob(
        job_id=str(job_id),
        case_id=CaseId(str(case_id or "")),
        reference=str(reference),
        queue_number=str(number),
        copy=int(str(copy)),
        ticket=document,
        outcome=OutcomeWord(str(outcome)) if outcome else None,
        reason=str(reason),
        created_at=moment(str(created)),
        sent=bool(sent),
        service=str(service or ""),
    )
