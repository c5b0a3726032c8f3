"""The shape of the file, brought up to date step by step, never back.

Responsible for: running the numbered SQL files that the file has not seen, each in one transaction.
Not responsible for: what the tables mean (one module for each).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

import apsw

from kiosk.errors import StoreError
from kiosk.store.database import Database


@dataclass(frozen=True, slots=True)
class Migration:
    """One step; its number is the version of the file after it."""

    number: int
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    """Read the SQL files that come with this version, in order."""
    folder = resources.files("kiosk.store") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Migration(int(f.name[:4]), f.name, f.read_text(encoding="utf-8")) for f in files)


def migrate(database: Database, steps: Sequence[Migration]) -> int:
    """Bring the file to the newest shape; return the version it had.

    Raises:
        StoreError: the file is of a newer version than this program.
    """
    had = database.read(_version)
    newest = steps[-1].number
    if had > newest:
        raise StoreError(
            "STORE-004",
            f"The database is of version {had}; this program knows versions up to {newest}.",
            "Start the newer program again, or choose another database file.",
            str(database.path),
        )
    for step in steps:
        if step.number > had:
            database.write(lambda connection, step=step: _run(connection, step))  # type: ignore[misc]
    return had


def _run(connection: apsw.Connection, step: Migration) -> None:
    if _version(connection) < step.number:
        connection.execute(step.sql)
        connection.execute(f"PRAGMA user_version={step.number:d}")


def _version(connection: apsw.Connection) -> int:
    version = connection.pragma("user_version")
    return version if isinstance(version, int) else 0
