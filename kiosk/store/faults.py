"""The errors of the database, said in the project's own words.

Responsible for: turning every error of SQLite and of the file system into a `StoreError` with a code.
Not responsible for: what is done about it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from kiosk.errors import StoreDamaged, StoreError, StoreFull


def store_full(path: Path) -> StoreFull:
    """Say that nothing more can be kept until there is room."""
    return StoreFull(
        "STORE-002",
        "The disk of the terminal is full, so no new case can be kept.",
        "Free space on the disk; the terminal goes on by itself.",
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


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite and of files, raised within, into errors of the store."""
    try:
        yield
    except apsw.FullError as error:
        raise store_full(path) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise store_damaged(path) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise StoreError(
            "STORE-007", "Another program holds the database.", "Stop the other program.", str(path)
        ) from error
    except apsw.ConnectionClosedError as error:
        raise StoreError(
            "STORE-009", "The database is already closed.", "Restart the terminal.", str(path)
        ) from error
    except (apsw.Error, OSError) as error:
        raise StoreError(
            "STORE-006",
            "The database cannot be read or written.",
            "Check the disk and the rights on the file.",
            str(path),
        ) from error
