"""Deleting a case that was erased at central on the person's wish, while it is still here.

Responsible for: which cases a mark covers, and that nothing of such a case stays but its line in the audit.
Not responsible for: fetching the marks (`kiosk.sync`). What central has accepted holds no answers any more.
"""

from collections.abc import Sequence
from datetime import datetime

import apsw

from kiosk.core.case import CaseId
from kiosk.ports import Tombstone
from kiosk.store import audit
from kiosk.store.rows import moment_text

_COVERED = """
    SELECT case_id FROM cases AS c
    WHERE (case_id = ?1 OR (?1 = '' AND reference = ?2 AND created_at <= ?3))
        AND EXISTS (SELECT 1 FROM outbox o WHERE o.key >= c.case_id AND o.key < c.case_id || ';'
            AND o.case_id = c.case_id AND o.state <> 'accepted')
"""
_OF_A_CASE = ("attachments", "check_ins", "print_jobs", "outbox", "cases")
"""In this order: each row refers to its case."""


def covered(connection: apsw.Connection, marks: Sequence[Tombstone]) -> tuple[CaseId, ...]:
    """Return the cases that marks cover, waiting or parked."""
    bindings = [(mark.case_id, mark.reference, moment_text(mark.made_at)) for mark in marks]
    found = {str(row[0]): None for each in bindings for row in connection.execute(_COVERED, each)}
    return tuple(CaseId(case_id) for case_id in found)


def erase(connection: apsw.Connection, case_ids: Sequence[CaseId], at: datetime) -> None:
    """Delete all rows of these cases, and say so in the audit."""
    for case_id in case_ids:
        for table in _OF_A_CASE:
            connection.execute(f"DELETE FROM {table} WHERE case_id = ?", (case_id,))  # noqa: S608 - constants
        audit.append(connection, at, "case-erased", case_id)
