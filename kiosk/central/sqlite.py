"""SQLite for SQLAlchemy through apsw, whose own SQLite is free of the WAL reset fault of older ones.

Responsible for: the part of Python's database interface (PEP 249) that SQLAlchemy's SQLite dialect uses.
Not responsible for: when a transaction begins (`kiosk.central.database`), or SQL.

The SQLite that Python brings on Debian 12 (3.40.1) can damage a WAL file that two connections use; this
one is refused below 3.51.3. Connections are opened in autocommit; BEGIN is said aloud by the engine.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import apsw

apilevel = "2.0"
threadsafety = 1
paramstyle = "qmark"
sqlite_version = apsw.sqlite_lib_version()
VERSION = tuple(int(part) for part in sqlite_version.split("."))
OLDEST_SQLITE = (3, 51, 3)

Binary = bytes


def __getattr__(name: str) -> tuple[int, ...]:
    """Give the version under the name that SQLAlchemy asks for, which no name of ours may have."""
    if name == "sqlite_version_info":
        return VERSION
    raise AttributeError(name)


class Error(Exception):
    """SQLite could not do what was asked."""


class InterfaceError(Error):
    """The connection was used wrongly."""


class DatabaseError(Error):
    """The database said no."""


class OperationalError(DatabaseError):
    """The world is in the way: locked, full, unreadable."""


class FullError(OperationalError):
    """No room is left on the disk."""


class DamagedError(OperationalError):
    """The file is not what was written."""


class IntegrityError(DatabaseError):
    """A constraint of the schema holds it back."""


class ProgrammingError(DatabaseError):
    """The SQL is wrong."""


_SAME: tuple[tuple[type[Exception], type[Error]], ...] = (
    (apsw.ConstraintError, IntegrityError),
    (apsw.FullError, FullError),
    (apsw.CorruptError, DamagedError),
    (apsw.NotADBError, DamagedError),
    (apsw.SQLError, OperationalError),
    (apsw.ConnectionClosedError, ProgrammingError),
    (apsw.CursorClosedError, ProgrammingError),
    (apsw.Error, OperationalError),
    (OverflowError, ProgrammingError),
)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (apsw.Error, OverflowError) as error:
        ours = next(ours for theirs, ours in _SAME if isinstance(error, theirs))
        raise ours(str(error)) from error


class Cursor:
    """One statement and its rows, fetched at once: every list of this service is short."""

    arraysize = 1

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._rows: list[tuple[Any, ...]] = []
        self._next = 0
        self.description: tuple[tuple[Any, ...], ...] | None = None
        self.rowcount = -1
        self.lastrowid = 0

    def execute(self, sql: str, bindings: Sequence[Any] = ()) -> None:
        """Run one statement."""
        with _translated():
            before = self._connection.total_changes()
            self._run(sql, bindings)
            self.rowcount = self._connection.total_changes() - before
            self.lastrowid = self._connection.last_insert_rowid()

    def executemany(self, sql: str, every: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each set of values."""
        with _translated():
            before = self._connection.total_changes()
            self._rows, self.description = [], None
            self._connection.executemany(sql, [tuple(bindings) for bindings in every])
            self.rowcount = self._connection.total_changes() - before

    def _run(self, sql: str, bindings: Sequence[Any]) -> None:
        cursor = self._connection.cursor()
        self.description = None

        def describe(running: apsw.Cursor, _sql: str, _bindings: object) -> bool:
            columns = running.get_description()
            self.description = (
                tuple((name, kind, None, None, None, None, None) for name, kind in columns) or None
            )
            return True

        cursor.exec_trace = describe
        self._rows = list(cursor.execute(sql, tuple(bindings)))
        self._next = 0
        cursor.close()

    def fetchone(self) -> tuple[Any, ...] | None:
        """Return the next row, or None after the last."""
        rows = self.fetchmany(1)
        return rows[0] if rows else None

    def fetchmany(self, size: int | None = None) -> list[tuple[Any, ...]]:
        """Return the next rows."""
        rows = self._rows[self._next : self._next + (size or self.arraysize)]
        self._next += len(rows)
        return rows

    def fetchall(self) -> list[tuple[Any, ...]]:
        """Return the rows that are left."""
        return self.fetchmany(len(self._rows) or 1)

    def close(self) -> None:
        """Forget the rows."""
        self._rows = []


class Connection:
    """One connection, in autocommit until somebody says BEGIN.

    Attributes:
        pages_logged: how long the write-ahead log was after the last commit here. SQLite leaves it to whoever
            reads this to move a long one into the file.
    """

    isolation_level: str | None = ""

    def __init__(self, path: str, busy_timeout_ms: int) -> None:
        self.pages_logged = 0
        with _translated():
            self._connection = apsw.Connection(path)
            self._connection.set_busy_timeout(busy_timeout_ms)
            self._connection.set_wal_hook(self._committed)

    def _committed(self, _connection: apsw.Connection, _name: str, pages: int) -> int:
        self.pages_logged = pages
        return apsw.SQLITE_OK

    def cursor(self) -> Cursor:
        """Open a cursor."""
        return Cursor(self._connection)

    def create_function(self, name: str, narg: int, func: Callable[..., Any], **flags: bool) -> None:
        """Let SQL call a Python function."""
        self._connection.create_scalar_function(name, func, narg, **flags)

    def commit(self) -> None:
        """End the transaction, if there is one, and keep it."""
        self._end("COMMIT")

    def rollback(self) -> None:
        """End the transaction, if there is one, and forget it."""
        self._end("ROLLBACK")

    def _end(self, sql: str) -> None:
        with _translated():
            if self._connection.in_transaction:
                self._connection.execute(sql)

    def close(self) -> None:
        """Close the file."""
        with _translated():
            self._connection.close()


def connect(path: str, *, timeout: float = 10.0, **_other: object) -> Connection:
    """Open a file; `timeout` is how long to wait for a lock, in seconds."""
    return Connection(path, int(timeout * 1000))
