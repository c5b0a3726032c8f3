"""What every batch begins with: its request is new, its terminal is let in, and how things stand.

Responsible for: asking all of it by one statement on a server; a trip there costs as much as ten cases of a
batch.
Not responsible for: what is asked (`nonces`, `standing`).
"""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, exists

from kiosk.central.tables import nonces, standing
from kiosk.central.tables.many import is_server
from kiosk.central.tables.standing import Standing


class Presented(NamedTuple):
    """What a terminal shows of itself: its enrolment, and what it used once in the signature."""

    terminal: str
    enrolment: str
    nonce: str
    at: datetime


def begin(connection: Connection, shown: Presented, names: Collection[str]) -> Standing | None:
    """Take the nonce and return how things stand for the services named.

    None when the terminal is not let in, or the nonce was taken before.
    """
    if not is_server(connection.dialect):
        return standing.now(connection, names) if nonces.take(connection, *shown) else None
    rows = connection.execute(_at_once(), {**nonces.given(*shown), "names": names}).all()
    return standing.of_rows(rows) if rows[0].let_in else None


@cache
def _at_once() -> Select[Any]:
    let_in = exists().select_from(nonces.taken(server=True).cte("taken"))
    return standing.query(server=True).add_columns(let_in.label("let_in"))
