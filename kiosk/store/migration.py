"""The shape of the file, brought up to date step by step, never back.

Responsible for: a copy first, then the numbered SQL files not yet run on it, each in one transaction.
Not responsible for: what the tables mean (one module for each).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import apsw

from kiosk.errors import StoreError
from kiosk.store.database import Database
from kiosk.store.rows import checksum


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

    A file of an older version is copied first, whole and durably, so that there is a way back by hand.

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
    if 0 < had < newest:
        database.copy_to(copy_path(database.path, had))
    for step in steps:
        if step.number > had:
            database.write(lambda connection, step=step: _run(connection, step))  # type: ignore[misc]
    return had


def copy_path(path: Path, version: int) -> Path:
    """Return where the copy is that was made before a file of this version was changed."""
    return path.with_name(f"{path.name}.version-{version}")


def forget_copies(path: Path) -> None:
    """Delete the copies of earlier versions: the file is current and was found sound."""
    for copy in path.parent.glob(f"{path.name}.version-*"):
        copy.unlink(missing_ok=True)


def _run(connection: apsw.Connection, step: Migration) -> None:
    if _version(connection) < step.number:
        connection.create_scalar_function("row_checksum", checksum, deterministic=True)
        connection.execute(step.sql)
        connection.execute(f"PRAGMA user_version={step.number:d}")


def _version(connection: apsw.Connection) -> int:
    version = connection.pragma("user_version")
    return version if isinstance(version, int) else 0
