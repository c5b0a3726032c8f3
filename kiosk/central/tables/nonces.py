"""What was used once in the signature of a request that changes something.

Responsible for: taking each nonce once, and forgetting those that are too old to be used again.
Not responsible for: signatures (`kiosk.central.signatures`).
"""

from datetime import datetime

from sqlalchemy import Connection, delete

from kiosk.central.schema import nonces
from kiosk.central.signatures import WINDOW
from kiosk.central.tables.once import insert_once


def take(connection: Connection, terminal: str, nonce: str, at: datetime) -> bool:
    """Remember a nonce; False when it was taken before."""
    return insert_once(connection, nonces, terminal=terminal, nonce=nonce, at=at)


def forget(connection: Connection, now: datetime) -> None:
    """Forget those that are too old to be used again."""
    connection.execute(delete(nonces).where(nonces.c.at < now - 3 * WINDOW))
