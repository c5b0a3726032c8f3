"""What was used once in the signature of a request that changes something.

Responsible for: taking each nonce once, and forgetting those that are too old to be used again.
Not responsible for: signatures (`kiosk.central.signatures`).
"""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Insert, String, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kiosk.central.schema import Moment, nonces, terminals
from kiosk.central.signatures import WINDOW
from kiosk.central.tables.many import is_server


def take(connection: Connection, terminal: str, enrolment: str, nonce: str, at: datetime) -> bool:
    """Remember a nonce of a terminal that is let in; False when it is not, or the nonce was taken before."""
    given = {"as": terminal, "enrolled": enrolment, "given": nonce, "now": at}
    return connection.execute(_taken(server=is_server(connection.dialect)), given).first() is not None


@cache
def _taken(*, server: bool) -> Insert:
    """Write the statement once: every request that changes something goes through it."""
    let_in = (
        terminals.c.terminal == bindparam("as"),
        terminals.c.enrolment == bindparam("enrolled"),
        terminals.c.revoked_at.is_(None),
    )
    row = select(terminals.c.terminal, bindparam("given", type_=String), bindparam("now", type_=Moment))
    insert = postgresql.insert(nonces) if server else sqlite.insert(nonces)
    new = insert.from_select(["terminal", "nonce", "at"], row.where(*let_in))
    return new.on_conflict_do_nothing().returning(nonces.c.nonce)


def forget(connection: Connection, now: datetime) -> None:
    """Forget those that are too old to be used again."""
    connection.execute(delete(nonces).where(nonces.c.at < now - 3 * WINDOW))
