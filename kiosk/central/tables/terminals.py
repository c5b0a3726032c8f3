"""The terminals that are paired, and the one-time codes that pair them.

Responsible for: which key and enrolment each has, hashes of codes, revocation, the last heartbeat.
Not responsible for: tokens (`kiosk.central.tokens`), which are kept nowhere here.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from kiosk.central.schema import pairing_codes, terminals
from kiosk.central.tables.once import replace

ONE = select(terminals).where(terminals.c.terminal == bindparam("name"))
"""Written once: it is asked with every request."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """One machine.

    Attributes:
        public_key: base64.
        peer: the address from which it was last heard, or empty.
        facts: the JSON text of its last heartbeat.
    """

    terminal: str
    enrolment: str
    public_key: str
    peer: str
    paired_at: datetime
    revoked_at: datetime | None
    heard_at: datetime | None
    facts: str


def one(connection: Connection, terminal: str) -> Terminal | None:
    """Return a terminal, revoked or not."""
    row = connection.execute(ONE, {"name": terminal}).one_or_none()
    return None if row is None else _terminal(row)


def every(connection: Connection) -> tuple[Terminal, ...]:
    """Return all terminals by name."""
    return tuple(
        _terminal(row) for row in connection.execute(select(terminals).order_by(terminals.c.terminal))
    )


def _terminal(row: object) -> Terminal:
    return Terminal(*(getattr(row, name) for name in Terminal.__slots__))


def add_code(
    connection: Connection, code_hash: str, terminal: str, *, made_at: datetime, ends_at: datetime
) -> None:
    """Keep a new one-time code; an older one for the same terminal ends."""
    connection.execute(delete(pairing_codes).where(pairing_codes.c.terminal == terminal))
    connection.execute(
        insert(pairing_codes).values(code_hash=code_hash, terminal=terminal, made_at=made_at, ends_at=ends_at)
    )


def use_code(connection: Connection, code_hash: str, at: datetime) -> str:
    """Use a code up and return its terminal's name, or an empty text when it is unknown, used or old."""
    codes = pairing_codes.c
    used = connection.execute(
        update(pairing_codes)
        .where(codes.code_hash == code_hash, codes.used_at.is_(None), codes.ends_at > at)
        .values(used_at=at)
        .returning(codes.terminal)
    ).scalar_one_or_none()
    return used or ""


def pair(
    connection: Connection, terminal: str, *, enrolment: str, public_key: str, peer: str, at: datetime
) -> None:
    """Enrol a terminal's key; what it had before is worth nothing from now on."""
    replace(
        connection,
        terminals,
        "terminal",
        terminal=terminal,
        enrolment=enrolment,
        public_key=public_key,
        peer=peer,
        paired_at=at,
        revoked_at=None,
    )


def revoke(connection: Connection, terminal: str, at: datetime) -> bool:
    """Shut a terminal out; False when there is none of this name that is let in."""
    return (
        connection.execute(
            update(terminals)
            .where(terminals.c.terminal == terminal, terminals.c.revoked_at.is_(None))
            .values(revoked_at=at)
        ).rowcount
        > 0
    )


def heard(connection: Connection, terminal: str, facts: str, peer: str, at: datetime) -> None:
    """Keep the last heartbeat."""
    connection.execute(
        update(terminals).where(terminals.c.terminal == terminal).values(heard_at=at, facts=facts, peer=peer)
    )
