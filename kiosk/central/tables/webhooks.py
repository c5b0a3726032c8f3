"""Where events are sent: addresses and their secrets.

Responsible for: rows of endpoints.
Not responsible for: sending (`kiosk.central.webhooks`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from kiosk.central.schema_outward import webhooks
from kiosk.central.tables.once import insert_once

EVERY = select(webhooks).where(webhooks.c.ended_at.is_(None)).order_by(webhooks.c.label)
"""Written once: it is asked with every batch."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address, and the secret that signs what is sent there.

    Attributes:
        paused_at: since when nothing is sent; None when it is.
        tried_at: when something was sent last, or was tried.
        problem: why that did not work, in plain words; empty when it did.
    """

    label: str
    url: str
    secret: str
    paused_at: datetime | None = None
    tried_at: datetime | None = None
    problem: str = ""


def add(connection: Connection, label: str, url: str, secret: str, at: datetime) -> bool:
    """Keep a new endpoint; False when its label is taken."""
    row = {"label": label, "url": url, "secret": secret, "made_at": at}
    return insert_once(connection, webhooks, **row, ended_at=None)


def end(connection: Connection, label: str, at: datetime) -> bool:
    """Send nothing there any more, and forget the secret; False when there is no such endpoint."""
    wanted = (webhooks.c.label == label, webhooks.c.ended_at.is_(None))
    found = connection.execute(update(webhooks).where(*wanted).values(ended_at=at, secret=""))
    return found.rowcount > 0


def pause(connection: Connection, label: str, at: datetime | None) -> bool:
    """Send nothing there from a moment on, or go on; False when there is no such endpoint."""
    wanted = (webhooks.c.label == label, webhooks.c.ended_at.is_(None))
    return connection.execute(update(webhooks).where(*wanted).values(paused_at=at)).rowcount > 0


def tried(connection: Connection, label: str, at: datetime, problem: str) -> None:
    """Note how the last attempt went."""
    connection.execute(
        update(webhooks).where(webhooks.c.label == label).values(tried_at=at, problem=problem[:300])
    )


def every(connection: Connection) -> tuple[Endpoint, ...]:
    """Return the endpoints that are sent to, by label."""
    rows = connection.execute(EVERY)
    return tuple(Endpoint(*(getattr(row, name) for name in Endpoint.__slots__)) for row in rows)


def one(connection: Connection, label: str) -> Endpoint | None:
    """Return an endpoint that is sent to, or None when there is none of this label."""
    return next((each for each in every(connection) if each.label == label), None)
