"""What central itself has seen of each terminal's deliveries.

Responsible for: which failed within a window and never succeeded since.
Not responsible for: what terminals tell of themselves (`kiosk.central.tables.terminals`).
"""

from datetime import datetime

from sqlalchemy import Connection, func, select

from kiosk.central.schema import intake, refusals


def failing(connection: Connection, since: datetime) -> dict[str, datetime]:
    """Return when each terminal's refusals began, where nothing was taken from it after the first of them."""
    refused = (
        select(refusals.c.terminal, func.min(refusals.c.refused_at).label("begun"))
        .where(refusals.c.refused_at >= since)
        .group_by(refusals.c.terminal)
        .subquery()
    )
    taken = (
        select(intake.c.terminal)
        .where(intake.c.terminal == refused.c.terminal, intake.c.received_at > refused.c.begun)
        .exists()
    )
    rows = connection.execute(select(refused.c.terminal, refused.c.begun).where(~taken))
    return {row.terminal: row.begun for row in rows}
