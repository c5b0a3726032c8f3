"""The services whose cases are taken in, as the desk has set them.

Responsible for: titles, and whether intake is open; ``*`` stands for all services.
Not responsible for: the journeys, which terminals know and central does not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.central.schema import services
from kiosk.central.tables.many import insert_all
from kiosk.central.tables.once import insert_once, replace

EVERY_SERVICE = "*"


@dataclass(frozen=True, slots=True)
class Service:
    """What a visitor can come for. `reason` says why intake is closed."""

    service: str
    title: str
    queue: str = ""
    accepting: bool = True
    reason: str = ""


def title_of(service: str) -> str:
    """Make words of an identifier that nobody gave a title."""
    return service.replace("-", " ").replace("_", " ").strip().capitalize()


def one(connection: Connection, service: str) -> Service | None:
    """Return one service."""
    row = connection.execute(select(services).where(services.c.service == service)).one_or_none()
    return None if row is None else of_row(row)


def every(connection: Connection) -> tuple[Service, ...]:
    """Return all services by title, without the row for all."""
    rows = connection.execute(
        select(services).where(services.c.service != EVERY_SERVICE).order_by(services.c.title)
    )
    return tuple(map(of_row, rows))


def of_row(row: Row[Any]) -> Service:
    """Make a service of a row with its columns."""
    return Service(row.service, row.title, row.queue, row.accepting, row.reason)


def put(connection: Connection, service: Service) -> None:
    """Enter a service, or change it."""
    replace(
        connection,
        services,
        "service",
        service=service.service,
        title=service.title,
        queue=service.queue,
        accepting=service.accepting,
        reason=service.reason,
    )


def learn(connection: Connection, service: str) -> None:
    """Enter a service that a terminal offers and the desk has not named yet."""
    insert_once(
        connection,
        services,
        service=service,
        title=title_of(service),
        queue="",
        accepting=True,
        reason="",
    )


def learn_all(connection: Connection, names: Collection[str]) -> None:
    """Enter services that a terminal offers and the desk has not named yet."""
    rows = [
        {"service": name, "title": title_of(name), "queue": "", "accepting": True, "reason": ""}
        for name in sorted(names)
    ]
    insert_all(connection, services, rows)
