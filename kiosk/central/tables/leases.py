"""Who does the work that only one process may do at a time.

Responsible for: giving a lease to one holder, until it ends.
Not responsible for: the work (`kiosk.central.upkeep`).
"""

from datetime import datetime

from sqlalchemy import Connection, or_
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.central.schema_upkeep import leases


def take(connection: Connection, name: str, holder: str, *, now: datetime, until: datetime) -> bool:
    """Take a lease, or hold it longer; False while it is somebody else's."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert = dialect.insert(leases).values(name=name, holder=holder, ends_at=until)
    mine = or_(leases.c.ends_at <= now, leases.c.holder == holder)
    statement = insert.on_conflict_do_update(
        index_elements=[leases.c.name], set_={"holder": holder, "ends_at": until}, where=mine
    ).returning(leases.c.holder)
    return connection.execute(statement).scalar_one_or_none() == holder
