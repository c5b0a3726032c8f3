"""Forgetting what central has had for long: a case's line, its receipt and its tickets.

Responsible for: which rows go, and that nothing goes that central does not have.
Not responsible for: how long is long (`kiosk.core.keeping`), or when it is done (`kiosk.keeping_watch`).
"""

from datetime import datetime

import apsw

from kiosk.store import audit
from kiosk.store.rows import moment_text

FORGOTTEN = "receipts-forgotten"
_OLD = """
    SELECT case_id FROM cases AS c
    WHERE created_at < ?1
        AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.key >= c.case_id AND o.key < c.case_id || ';'
            AND o.case_id = c.case_id AND (o.state <> 'accepted' OR o.settled_at >= ?1))
    ORDER BY seq LIMIT ?2
"""
_OF_CASES = ("check_ins", "print_jobs", "outbox", "cases")
"""In this order: each row refers to its case. Attachments went when the case was accepted."""
_LOOSE = (
    "DELETE FROM print_jobs WHERE case_id IS NULL AND created_at < ?",
    "DELETE FROM print_orders WHERE reported_at < ?",
)


def forget(connection: apsw.Connection, before: datetime, at: datetime, most: int) -> int:
    """Delete what is left of at most so many cases that were accepted before a moment; return how many.

    The audit keeps its lines, which name a case and nothing of the person, and gets one of this.
    """
    old = [str(row[0]) for row in connection.execute(_OLD, (moment_text(before), most))]
    if not old:
        return 0
    marks = ", ".join("?" * len(old))
    for table in _OF_CASES:
        connection.execute(f"DELETE FROM {table} WHERE case_id IN ({marks})", old)  # noqa: S608 - constants and marks
    for sql in _LOOSE:
        connection.execute(sql, (moment_text(before),))
    audit.append(connection, at, FORGOTTEN, "", str(len(old)))
    return len(old)
