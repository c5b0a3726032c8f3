"""The errors of the database, said in the project's own words.

Responsible for: turning every error of SQLite and of the file system into a `StoreError` with a code.
Not responsible for: what is done about it.
"""

import errno
from pathlib import Path
from types import TracebackType

import apsw

from kiosk.errors import StoreDamaged, StoreError, StoreFull


def store_full(path: Path) -> StoreFull:
    """Say that nothing more can be kept until there is room."""
    return StoreFull(
        "STORE-002",
        "The disk of the terminal is full, so no new case can be kept.",
        "Free space on the disk; the terminal goes on by itself, or start it if it does not run.",
        str(path),
    )


def store_damaged(path: Path, what: str = "The database file is not what was written.") -> StoreDamaged:
    """Say that the file cannot be trusted."""
    return StoreDamaged(
        "STORE-003", what, "Restart the terminal: it sets the file aside and goes on.", str(path)
    )


def no_council_key() -> StoreError:
    """Say that nothing personal may be written down here yet."""
    return StoreError(
        "STORE-012",
        "The terminal has no key of the council, so it cannot keep a case for the council's eyes only.",
        "Pair the terminal, or let it reach central once.",
    )


def attachments_too_large() -> StoreError:
    """Say that a visit brings more than a case can carry."""
    return StoreError(
        "STORE-014",
        "A case has too many attachments, or one that is too large.",
        "Attach at most five files of just under 8 MiB.",
    )


def not_found(what: str) -> StoreError:
    """Say that the store does not know what was asked for."""
    return StoreError(
        "STORE-008", f"The terminal has no {what}.", "Look at the list with `kiosk cases list`."
    )


class translated:  # noqa: N801 - reads as a function, as those of contextlib do
    """Turn errors of SQLite and of files, raised within, into errors of the store.

    A class: a save passes through it, and the same as a generator took two microseconds longer.
    """

    __slots__ = ("_path",)

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> None:
        """Nothing is to be done before."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Say the error in the project's words; let any other pass."""
        if isinstance(error, apsw.Error | OSError):
            raise _said(error, self._path) from error


def _is_full(error: Exception) -> bool:
    """Say whether there was no room; SQLite has words of its own where the index of the log finds none.

    It makes that index before it reads a file. Source: https://www.sqlite.org/rescode.html#ioerr_shmsize
    """
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    index = getattr(error, "extendedresult", 0) == apsw.SQLITE_IOERR_SHMSIZE
    return index or isinstance(error, apsw.FullError)


def _said(error: Exception, path: Path) -> StoreError:
    match error:
        case _ if _is_full(error):
            return store_full(path)
        case apsw.CorruptError() | apsw.NotADBError():
            return store_damaged(path)
        case apsw.BusyError() | apsw.LockedError():
            return StoreError(
                "STORE-007", "Another program holds the database.", "Stop the other program.", str(path)
            )
        case apsw.ConnectionClosedError():
            return StoreError(
                "STORE-009", "The database is already closed.", "Restart the terminal.", str(path)
            )
        case _:
            return StoreError(
                "STORE-006",
                "The database cannot be read or written.",
                "Check the disk and the rights on the file.",
                str(path),
            )
