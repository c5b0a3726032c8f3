"""What a database may answer instead of doing its work, in the project's own words.

Responsible for: that no exception of a driver leaves in its own words, and which of them only mean "again".
Not responsible for: doing it again (`kiosk.central.server`), or telling it over HTTP (`problems`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy import exc

from kiosk.central import sqlite
from kiosk.errors import StoreDamaged, StoreError, StoreFull, UsageError

AGAIN = frozenset({"40001", "40P01", "23505"})
"""SQLSTATE of work that others were in the way of: serialization failure, deadlock, a key that is taken."""
DISK_FULL = "53100"
NOT_LET_IN, NO_SUCH_DATABASE = "28", "3D000"
"""The class of all ways to be refused at the door, and a name that the server does not know."""
NO_SUCH_CHARACTER = "22021"
"""A text has a NUL in it: PostgreSQL keeps none, and whoever sent it can mend that."""


class Raced(Exception):
    """Somebody else was a moment earlier: the whole work is to be done again, on what is there now."""


@contextmanager
def translated() -> Iterator[None]:
    """Let no exception of the database leave in its own words.

    Raises:
        Raced: the same work may succeed at once.
        StoreError: it was not kept.
        UsageError: it cannot be kept as it was asked for.
    """
    try:
        yield
    except exc.DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) in AGAIN:
            raise Raced from error
        raise _in_our_words(error.orig) from error
    except (exc.TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        raise _in_our_words(error) from error


def _in_our_words(error: BaseException | None) -> StoreError | UsageError:
    if getattr(error, "sqlstate", None) == NO_SUCH_CHARACTER:
        return UsageError("CENTRAL-070", "A text has a NUL in it.", "Leave it out.")
    if isinstance(error, sqlite.FullError) or getattr(error, "sqlstate", None) == DISK_FULL:
        return StoreFull("CENTRAL-010", "The disk of the central service is full.", "Make room on it.")
    if isinstance(error, sqlite.DamagedError):
        return StoreDamaged(
            "CENTRAL-011",
            "The database file is damaged, or is no database.",
            "Keep the file as it is, and restore a backup beside it.",
        )
    state = str(getattr(error, "sqlstate", None) or "")
    if state.startswith(NOT_LET_IN) or state == NO_SUCH_DATABASE:
        return _at_the_door(state, error)
    return StoreError(
        "CENTRAL-012",
        f"The database cannot be used now ({type(error).__name__}).",
        "Look whether it runs and whether its disk can be written to.",
    )


def _at_the_door(state: str, error: BaseException | None) -> StoreError:
    """Say who was not let in where; the server's own sentence has the name, and never a password."""
    named = re.search(r'"([^"]*)"', str(error))
    name = named[1] if named else ""
    if state == NO_SUCH_DATABASE:
        return StoreError(
            "CENTRAL-015",
            f"PostgreSQL has no database '{name}'.",
            "Make it with createdb, or name another one in KIOSK_DATABASE.",
            "--database",
        )
    return StoreError(
        "CENTRAL-014",
        f"PostgreSQL does not let us in as '{name}'.",
        "Without a password the role must be named like the user that runs this; else compare the password.",
        "--database",
    )
