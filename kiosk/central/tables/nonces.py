"""What was used once in the signature of a request that changes something.

Responsible for: taking each nonce once, and forgetting those that are too old to be used again.
Not responsible for: signatures (`kiosk.central.signatures`).
"""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, String, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

from kiosk.central.schema import Moment, nonces, terminals
from kiosk.central.signatures import WINDOW
from kiosk.central.tables.many import is_server


def take(connection: Connection, terminal: str, enrolment: str, nonce: str, at: datetime) -> bool:
    """Remember a nonce of a terminal that is let in; False when it is not, or the nonce was taken before."""
    statement = taken(server=is_server(connection.dialect))
    return connection.execute(statement, given(terminal, enrolment, nonce, at)).first() is not None


def given(terminal: str, enrolment: str, nonce: str, at: datetime) -> dict[str, object]:
    """Return the values of `taken`."""
    return {"as": terminal, "enrolled": enrolment, "given": nonce, "now": at}


@cache
def taken(*, server: bool) -> ReturningInsert[tuple[str]]:
    """Return the statement, written once: every request that changes something goes through it."""
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
