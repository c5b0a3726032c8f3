"""Copies of the whole database, and back: SQLite by its own backup, PostgreSQL by its own programs.

Responsible for: that a copy is whole before it has its name, and that nothing is ever restored over rows.
Not responsible for: when copies are made, where they are kept, or the key files beside the database.
"""

import os
import subprocess
from pathlib import Path

import apsw
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from kiosk.errors import StoreDamaged, UsageError

PRIVATE = 0o600


def back_up(address: str, to: Path) -> None:
    """Copy a database into a new file, while it is in use.

    Raises:
        UsageError: the file is there already, or the copy could not be made.
    """
    if to.exists():
        raise UsageError("CENTRAL-062", "There is such a file already.", "Name a new one.", str(to))
    draft = to.with_name(f".{to.name}.{os.getpid()}")
    draft.touch(PRIVATE)
    url = make_url(address)
    try:
        if url.get_backend_name() == "postgresql":
            _ask("pg_dump", url, "--format=custom", f"--file={draft}")
        else:
            _copy(_existing(Path(str(url.database))), draft)
            _check(draft)
        draft.rename(to)
    finally:
        draft.unlink(missing_ok=True)


def restore(address: str, source: Path) -> None:
    """Bring a copy back into a place that is empty.

    Raises:
        StoreDamaged: the copy is not whole.
        UsageError: there are rows in the place, or the copy could not be brought back.
    """
    _existing(source)
    url = make_url(address)
    if url.get_backend_name() == "postgresql":
        _ask("pg_restore", url, "--exit-on-error", "--single-transaction", "--no-owner", str(source))
        return
    place = Path(str(url.database))
    if place.exists():
        raise UsageError(
            "CENTRAL-063",
            "There is a database already.",
            "Put it aside with its -wal and -shm files first, or name another place.",
            str(place),
        )
    _check(source)
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    draft.touch(PRIVATE)
    try:
        _copy(source, draft)
        draft.rename(place)
    finally:
        draft.unlink(missing_ok=True)


def _existing(file: Path) -> Path:
    if not file.is_file():
        raise UsageError("CENTRAL-064", "There is no such file.", "Look at its name.", str(file))
    return file


def _copy(source: Path, to: Path) -> None:
    """Copy one moment of a SQLite file, also while it is written to."""
    reading = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READWRITE)
    writing = apsw.Connection(str(to))
    try:
        with writing.backup("main", reading, "main") as copy:
            while not copy.done:
                copy.step(-1)
        writing.execute("PRAGMA synchronous = FULL")
    except apsw.Error as error:
        raise _no_copy(source) from error
    finally:
        reading.close()
        writing.close()
    with to.open("rb") as file:
        os.fsync(file.fileno())


def _check(file: Path) -> None:
    connection = apsw.Connection(str(file))
    try:
        (found,) = next(iter(connection.execute("PRAGMA integrity_check")))
    except apsw.Error as error:
        raise _no_copy(file) from error
    finally:
        connection.close()
    if found != "ok":
        raise _no_copy(file)


def _no_copy(file: Path) -> StoreDamaged:
    return StoreDamaged(
        "CENTRAL-065", "This is not a whole copy of a database.", "Take an older copy.", str(file)
    )


def _ask(program: str, url: URL, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; a password goes by the environment, which others cannot list."""
    plain = URL.create(
        "postgresql",
        username=url.username,
        host=url.host,
        port=url.port,
        database=url.database,
        query=url.query,
    ).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    try:
        subprocess.run(
            [program, f"--dbname={plain}", *arguments], check=True, capture_output=True, env=environment
        )
    except FileNotFoundError as error:
        raise UsageError(
            "CENTRAL-066", f"The program {program} is not here.", "Install PostgreSQL's client programs."
        ) from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr or b"").decode("utf-8", "replace").strip().splitlines()
        raise UsageError(
            "CENTRAL-067",
            f"{program} could not do it.",
            "Restore into an empty database, with a program of the server's version; its last line is above.",
            last[-1][:200] if last else program,
        ) from error
