"""The whole story of a case: how it came here, which its own row says, and what happened since.

Responsible for: putting both together, oldest first.
Not responsible for: what happened since (`kiosk.central.tables.journal`).

That a case was made and accepted stands in its row. Writing it down a second time for each case would cost
more than keeping the case.
"""

from sqlalchemy import Connection

from kiosk.central.tables.cases import Case
from kiosk.central.tables.journal import Entry, case_subject, history_of


def story_of(connection: Connection, case: Case) -> tuple[Entry, ...]:
    """Return what happened to a case, oldest first."""
    since = history_of(connection, case_subject(case.case_id))
    told = {entry.what for entry in since}
    own = (
        Entry(case.created_at, f"terminal {case.terminal}", "made", case.service),
        Entry(case.received_at, "central", "accepted", ""),
    )
    return (*(entry for entry in own if entry.what not in told), *since)
