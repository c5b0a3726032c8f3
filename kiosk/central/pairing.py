"""One-time codes that pair terminals.

Responsible for: making a code that is good for fifteen minutes and once.
Not responsible for: exchanging it for a token (`kiosk.central.api.terminal`).
"""

import re
from datetime import timedelta

from sqlalchemy import Connection

from kiosk.central import credentials
from kiosk.central.settings import Chance
from kiosk.central.tables import journal, terminals
from kiosk.errors import UsageError

GOOD_FOR = timedelta(minutes=15)
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}")


def make_pairing_code(connection: Connection, chance: Chance, terminal: str, actor: str) -> str:
    """Make a code for a terminal; it is shown now and kept only as a hash.

    Raises:
        UsageError: no terminal can have this name.
    """
    if not NAME.fullmatch(terminal):
        raise UsageError(
            "CENTRAL-024",
            "A terminal's name has letters without accents, digits, points and hyphens, at most 63.",
            "Give a name such as lobby-1.",
        )
    code, now = credentials.make_code(chance.random_bytes), chance.now()
    hashed = credentials.token_hash(credentials.as_made(code))
    terminals.add_code(connection, hashed, terminal, made_at=now, ends_at=now + GOOD_FOR)
    journal.staff_did(connection, now, actor, "pairing-code-made", terminal)
    return code
