"""Where the tables are: opening a database, and running work on it in transactions.

Responsible for: one durable writer and many readers on SQLite, and choosing by the address.
Not responsible for: what the work is (`kiosk.central.tables`), the shape of the tables (`schema`), or what is
particular to a server (`server`).

Work is a function of an SQLAlchemy connection, so the same work runs on SQLite's writer thread, on
PostgreSQL, and in a command without any event loop.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from kiosk.central import migration, sqlite
from kiosk.central.faults import Raced, translated
from kiosk.central.server import migrate_server, open_server
from kiosk.central.writer import SqliteWriter
from kiosk.errors import StoreError

T = TypeVar("T")
Work = Callable[[Connection], T]

READERS = 4
PAGE_BYTES = 8192
"""Of a new file; an older one keeps its own. Of cases of two kilobytes 4096 bytes hold one, these three."""
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
}


class Database(Protocol):
    """Run work in a transaction: all of it is kept, or nothing."""

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads; it sees one moment."""
        ...

    async def look(self, work: Work[T]) -> T:
        """Run work that is a single query, which sees one moment without a transaction."""
        ...

    async def write(self, work: Work[T]) -> T:
        """Run work that writes; when this returns, it is on disk."""
        ...

    def write_now(self, work: Work[T]) -> T:
        """As `write`, for callers without an event loop; blocks."""
        ...

    async def close(self) -> None:
        """Finish what was begun and let go of the database; may be called twice."""
        ...


class SqliteDatabase:
    """One SQLite file: a single writer thread that commits in groups, and a few readers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._readers = ThreadPoolExecutor(READERS, "central-read")
        self._writer = SqliteWriter(engine)

    async def read(self, work: Work[T]) -> T:
        """Run work that only reads."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    def _read(self, work: Work[T]) -> T:
        with translated(), self._engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            result = work(connection)
            connection.rollback()
            return result

    async def look(self, work: Work[T]) -> T:
        """Run work that is a single query."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._look, work)

    def _look(self, work: Work[T]) -> T:
        with translated(), self._engine.connect() as connection:
            return work(connection)

    async def write(self, work: Work[T]) -> T:
        """Run work that writes, once more when something that it took for new is there."""
        with translated():
            with suppress(Raced):
                return await asyncio.wrap_future(self._writer.submit(work))
            return await asyncio.wrap_future(self._writer.submit(work))

    def write_now(self, work: Work[T]) -> T:
        """Run work that writes; blocks."""
        with translated():
            with suppress(Raced):
                return self._writer.submit(work).result()
            return self._writer.submit(work).result()

    async def close(self) -> None:
        """Finish what was begun and close the file."""
        self._writer.close()
        self._readers.shutdown()
        self._engine.dispose()


def open_database(address: str) -> Database:
    """Open a database; a SQLite file is brought up to date, a server must be so already.

    Raises:
        StoreError: the address cannot be read, or the database cannot be used.
    """
    url = _url(address)
    if url.get_backend_name() == "postgresql":
        return open_server(url)
    with translated():
        engine = _sqlite_engine(url)
        _migrate_file(engine)
    return SqliteDatabase(engine)


def migrate(address: str) -> None:
    """Bring a database up to date.

    Raises:
        StoreError: the address cannot be read, the database cannot be used, or it is newer than this program.
    """
    url = _url(address)
    if url.get_backend_name() == "postgresql":
        migrate_server(url)
        return
    with translated():
        engine = _sqlite_engine(url)
        _migrate_file(engine)
        engine.dispose()


def _migrate_file(engine: Engine) -> None:
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migration.bring_up_to_date(connection)
        connection.commit()


def _url(address: str) -> URL:
    try:
        url = make_url(address)
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        raise _not_an_address() from error
    if url.get_backend_name() not in {"postgresql", "sqlite"}:
        raise _not_an_address()
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+asyncpg")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise StoreError(
            "CENTRAL-002",
            "A database in memory would forget every case.",
            "Name a file, such as sqlite:///central.sqlite3.",
            "--database",
        )
    return url


def _not_an_address() -> StoreError:
    return StoreError(
        "CENTRAL-001",
        "The address of the database cannot be read, or its driver is not installed.",
        "Give an address such as sqlite:////var/lib/council-kiosk/central.sqlite3"
        " or postgresql+asyncpg://NAME:PASSWORD@HOST/DATABASE.",
        "--database",
    )


def _sqlite_engine(url: URL) -> Engine:
    if sqlite.VERSION < sqlite.OLDEST_SQLITE:
        raise StoreError(
            "CENTRAL-003",
            f"This SQLite ({sqlite.sqlite_version}) is too old to be trusted with cases.",
            "Install a newer apsw.",
        )
    try:
        Path(str(url.database)).expanduser().parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            "CENTRAL-004",
            "The folder of the database cannot be made.",
            "Give --database a place that this account may write to.",
            str(url.database),
        ) from error
    engine = create_engine(url, module=sqlite, pool_size=READERS + 1, max_overflow=2)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """Set what durability needs, and read it back: a setting that did not take is worse than none."""
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    for name, wanted in SQLITE_PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {wanted}")
        cursor.execute(f"PRAGMA {name}")
        (found,) = cursor.fetchone()
        if found != wanted:
            raise StoreError(
                "CENTRAL-005",
                f"SQLite does not take {name}={wanted} here.",
                "Move the database to a local disk.",
            )
    cursor.close()
