"""PostgreSQL as the database: any number of processes, each with a few connections.

Responsible for: connections that heal themselves, work that runs again after a race, and refusing a server
that would forget what it acknowledged.
Not responsible for: what the work is (`kiosk.central.tables`). The same work runs on SQLite.
"""

import asyncio
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from kiosk.central import migration
from kiosk.central.faults import Raced, translated
from kiosk.errors import StoreError

T = TypeVar("T")
Work = Callable[[Connection], T]

CONNECTIONS = 8
TRIES = 6
FRESH_S = 1.0
"""For how long a connection that was used is believed to live: asking takes as long as small work."""
OLDEST = 15
PATIENCE = {"timeout": 5.0, "command_timeout": 30.0}
"""Seconds to connect, and for one statement: a server that hangs is a server that is away."""


class ServerDatabase:
    """One PostgreSQL, or a cluster of which one member takes writes.

    Each process has its own pool. A connection that the server dropped is found out before it is used.
    """

    def __init__(self, url: URL) -> None:
        self._engine = _engine(url, CONNECTIONS)
        self._looking = self._engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._glancing = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        # A connection belongs to one event loop; who has none is served on this one.
        self._aside = _engine(url, 1)
        self._loop = asyncio.Runner()
        self._one_at_a_time = threading.Lock()

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""
        return await _again(self._looking, work)

    async def look(self, work: Work[T]) -> T:
        """Run work that is a single query: one trip to the server instead of three."""
        return await _again(self._glancing, work)

    async def write(self, work: Work[T]) -> T:
        """Run work that writes; after a race it runs again from the start."""
        return await _again(self._engine, work)

    def write_now(self, work: Work[T]) -> T:
        """Run work that writes, on a connection of its own; blocks. One at a time, from any thread."""
        with self._one_at_a_time:
            return self._loop.run(_again(self._aside, work))

    async def close(self) -> None:
        """Disconnect; may be called twice."""
        await self._engine.dispose()
        await asyncio.to_thread(self.close_now)

    def close_now(self) -> None:
        """Disconnect what `write_now` used; blocks."""
        with self._one_at_a_time:
            self._loop.run(self._aside.dispose())
            self._loop.close()
            self._loop = asyncio.Runner()


def _engine(url: URL, connections: int) -> AsyncEngine:
    """Make an engine that uses the connection again that was used last, whose plans and pages are warm."""
    engine = create_async_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
        pool_use_lifo=True,
        connect_args=PATIENCE,
    )
    for moment in ("connect", "checkin"):
        event.listen(engine.sync_engine, moment, _is_used)
    event.listen(engine.sync_engine, "checkout", partial(_lives, engine.dialect.loaded_dbapi.Error))
    return engine


def _is_used(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["used"] = time.monotonic()


def _lives(fault: type[Exception], connection: Any, record: ConnectionPoolEntry, _lent: object) -> None:
    """Find out that the server has dropped a connection; one that was just used is only looked at."""
    idle_s = time.monotonic() - record.info["used"]
    if idle_s < FRESH_S and not connection.driver_connection.is_closed():
        return
    try:
        connection.ping()
    except fault as error:
        raise InvalidatePoolError from error


async def _again(engine: AsyncEngine, work: Work[T]) -> T:
    for _ in range(TRIES):
        try:
            with translated():
                async with engine.begin() as connection:
                    return await connection.run_sync(work)
        except Raced:
            continue
    raise StoreError(
        "CENTRAL-013",
        "Too many changes to the same thing at once.",
        "Send the same again later.",
    )


def open_server(url: URL) -> ServerDatabase:
    """Connect, and see that the server is one to trust and has the tables of this version.

    Raises:
        StoreError: it is away, too old, set up to forget, or has other tables.
    """
    database = ServerDatabase(url)
    try:
        database.write_now(_trustworthy)
        database.write_now(migration.require_current)
    finally:
        database.close_now()
    return database


def migrate_server(url: URL) -> None:
    """Bring the tables of a server up to date.

    Raises:
        StoreError: it is away, too old, set up to forget, or newer than this program.
    """
    database = ServerDatabase(url)
    try:
        database.write_now(_trustworthy)
        database.write_now(migration.bring_up_to_date)
    finally:
        database.close_now()


def _trustworthy(connection: Connection) -> None:
    def shown(name: str) -> Any:
        return connection.execute(text(f"SHOW {name}")).scalar_one()

    if int(shown("server_version_num")) // 10_000 < OLDEST:
        raise StoreError(
            "CENTRAL-008",
            f"PostgreSQL {shown('server_version')} is too old.",
            f"Use PostgreSQL {OLDEST} or newer.",
            "--database",
        )
    if "off" in {shown("fsync"), shown("synchronous_commit"), shown("full_page_writes")}:
        raise StoreError(
            "CENTRAL-009",
            "This PostgreSQL is set up to forget: fsync, full_page_writes or synchronous_commit is off.",
            "Set all three to on, or synchronous_commit to something stronger.",
            "--database",
        )
