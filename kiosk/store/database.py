"""One SQLite file, opened so that what is committed stays.

Responsible for: the connections, the settings that make a commit durable, transactions, who waits for whom.
Not responsible for: what is in the file (one module for each table), or its shape (`migration`).

One connection writes, behind a lock; another reads, behind its own, so that a list never waits for a save.
"""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import TypeVar

import apsw

from kiosk.errors import StoreError, StoreFull
from kiosk.store.faults import translated

T = TypeVar("T")

OLDEST_SQLITE = (3, 51, 3)
_LOG_ROOM_BYTES = 1024 * 1024  # a log that need not grow is synced without the journal of the file system
_ZEROS = bytes(16 * 1024)
_PAGES_AT_ONCE = 1024  # given back to the disk: whoever saves waits for it, some milliseconds
_FEW_PAGES = 256  # may go into the log before it is moved, and leave it far from the backstop below
_BUSY_MS = 5000
_PAGE_BYTES = 2048  # measured: a save writes half the bytes of pages of 4096 (ADR 0020)
_SETTINGS: tuple[tuple[str, str, object], ...] = (
    # what is asked, how it is asked, what must be read back
    ("auto_vacuum", "INCREMENTAL", 2),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("foreign_keys", "ON", 1),
    ("secure_delete", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("temp_store", "MEMORY", 2),
    ("journal_size_limit", str(_LOG_ROOM_BYTES), _LOG_ROOM_BYTES),
    ("busy_timeout", str(_BUSY_MS), _BUSY_MS),
    ("wal_autocheckpoint", "2000", 2000),  # a backstop: the courier does it off the visitor's path
)


def refuse_old_sqlite(version: str) -> None:
    """Refuse a SQLite that can damage its file when the log is started anew (mended in 3.51.3).

    Raises:
        StoreError: the library is older.
    """
    if tuple(int(part) for part in version.split(".")[:3]) < OLDEST_SQLITE:
        raise StoreError(
            "STORE-001",
            f"SQLite {version} can damage the database; 3.51.3 or later is needed.",
            "Install the package apsw from the lock file.",
        )


class Database:
    """The open file; every call blocks, and may come from any thread.

    Args:
        path: the file; made, readable by its owner only, when it is not there.
        max_pages: refuse to grow beyond this many pages; for tests of a full disk.
    """

    def __init__(self, path: Path, *, max_pages: int | None = None) -> None:
        refuse_old_sqlite(apsw.sqlite_lib_version())
        self.path = path
        self._log = path.with_name(path.name + "-wal")
        self._log_is_wiped = False
        self._write_lock = threading.RLock()
        self._read_lock = threading.RLock()
        with translated(path):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._writer = apsw.Connection(str(path))
            try:
                _settle(self._writer, path)
                self._reader = apsw.Connection(str(path))
                _settle(self._reader, path)
                self._reader.pragma("query_only", "ON")
            except BaseException:
                self._writer.close()
                raise
            if max_pages is not None:
                self._writer.pragma("max_page_count", max_pages)

    def write(self, work: Callable[[apsw.Connection], T]) -> T:
        """Do `work` in one durable transaction; on return it is on disk, on an error nothing is."""
        with self._write_lock, translated(self.path):
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                result = work(self._writer)
                self._writer.execute("COMMIT")
            except BaseException:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise
            return result

    def prune(self, work: Callable[[apsw.Connection], T]) -> T:
        """Do `work`, which deletes rows with all that refer to them, in one durable transaction.

        SQLite does not look for what refers to a row here: without an index for it, which each save would pay
        for, it would read every row of every table for each that is deleted.
        """
        with self._write_lock, translated(self.path):
            self._writer.execute("PRAGMA foreign_keys=OFF")
            try:
                return self.write(work)
            finally:
                self._writer.execute("PRAGMA foreign_keys=ON")

    def read(self, work: Callable[[apsw.Connection], T]) -> T:
        """Do `work` on one unchanging picture of the file; never waits for a writer."""
        with self._read_lock, translated(self.path):
            self._reader.execute("BEGIN")
            try:
                return work(self._reader)
            finally:
                self._reader.execute("COMMIT")

    def is_sound(self, *, thorough: bool = False) -> bool:
        """Check the structure of the file; `thorough` compares every index too and takes longer."""
        check = "integrity_check" if thorough else "quick_check"
        with self._read_lock, translated(self.path):
            return bool(self._reader.pragma(check) == "ok")

    def tidy(self) -> None:
        """Move the log into the file, win back free pages, and wipe from the log what was in it.

        Nobody who reads is waited for, because a visitor may wait for the lock: where somebody still reads in
        the log, the next time does it. On a full disk too; then the next saves begin the log, or are refused.
        The few pages of a visit are won back before the log is moved, so that it need not be moved twice.
        """
        with translated(self.path):
            self._win_back(most=_FEW_PAGES)
            if self._move_log() > 1 or not self._log_is_wiped:
                self._win_back()
                with suppress(StoreFull, apsw.BusyError), self._write_lock:
                    self._writer.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
                    self._log_is_wiped = self._begin_log() == 1

    def _win_back(self, most: int | None = None) -> None:
        """Give free pages back to the disk, some at a time: between two of these a case can be saved.

        None where there are more than `most`, or no room to do it in.
        """
        free = self.read(lambda c: int(c.pragma("freelist_count")))
        if most is not None and free > most:
            return
        for _ in range(0, free, _PAGES_AT_ONCE):
            with suppress(apsw.FullError), self._write_lock:
                # SQLite gives back one page for each row that is asked of it.
                self._writer.execute(f"PRAGMA incremental_vacuum({_PAGES_AT_ONCE})").fetchall()

    def _begin_log(self) -> int:
        """Begin the log anew, with zeros where the next saves will write; return how many frames it has.

        The first commit after the log was moved syncs its header too; here it is one that changes nothing.
        The zeros come after the last frame, under the lock that every writer of any process takes, so they
        cover nothing that anybody still reads. More than one frame: the log was not begun anew.

        That commit is not synced by itself, for nothing is lost with it; the zeros are, and it with them.
        """
        self._writer.execute("PRAGMA synchronous=NORMAL")
        try:
            self.write(lambda c: c.execute(f"PRAGMA user_version={c.pragma('user_version'):d}"))
        finally:
            self._writer.execute("PRAGMA synchronous=FULL")
        frames = self.write(lambda _: self._lay_zeros())
        _sync(self._log, by=os.fdatasync)
        return frames

    def _lay_zeros(self) -> int:
        """Write zeros over whatever is behind the last frame, up to the room of the log.

        In place, and only where there is something: to cut the log off and let it grow again wrote all of its
        room each time, and left on the disk what was cut off.
        """
        with self._log.open("r+b", buffering=0) as log:
            frames = _pass_frames(log)
            while old := log.read(len(_ZEROS)):
                if not _ZEROS.startswith(old):
                    log.seek(-len(old), os.SEEK_CUR)
                    log.write(_ZEROS[: len(old)])
            with suppress(OSError):  # where there is no room the log grows as it is written
                log.write(bytes(max(0, _LOG_ROOM_BYTES - log.tell())))
        return frames

    def copy_to(self, target: Path) -> None:
        """Write a whole copy of the file, durably, in place of an earlier one."""
        with self._read_lock, translated(target):
            target.unlink(missing_ok=True)
            os.close(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            copy = apsw.Connection(str(target))
            try:
                with copy.backup("main", self._reader, "main") as backup:
                    while not backup.done:
                        backup.step()
            finally:
                copy.close()
            for path in (target, target.parent):
                _sync(path)

    def _move_log(self) -> int:
        """Do the long part on a connection of its own, so that no save waits for it; return its frames."""
        mover = apsw.Connection(str(self.path))
        try:
            _settle(mover, self.path)
            frames, _ = mover.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            return frames
        finally:
            mover.close()

    def close(self) -> None:
        """Close both connections; may be called twice."""
        with self._write_lock, self._read_lock:
            self._reader.close()
            self._writer.close()


def _pass_frames(log: FileIO) -> int:
    """Read up to the end of the last frame that counts, and say how many there are.

    Each begins with the salts that the log was begun with; what is left of an earlier log has others. Source:
    https://sqlite.org/fileformat2.html#walformat
    """
    header, frames = log.read(32), 0
    page_bytes, salts = int.from_bytes(header[8:12]), header[16:24]
    while (head := log.read(24))[8:16] == salts != b"":
        log.seek(page_bytes, os.SEEK_CUR)
        frames += 1
    log.seek(-len(head), os.SEEK_CUR)
    return frames


def _sync(path: Path, by: Callable[[int], None] = os.fsync) -> None:
    """Wait until a file is on disk; by `os.fdatasync` without the times that nobody reads."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        by(descriptor)
    finally:
        os.close(descriptor)


def _settle(connection: apsw.Connection, path: Path) -> None:
    """Ask for each setting that is not so yet, and read it back: a promise rests on every one of them.

    To ask for what is so already may write: `auto_vacuum` does.
    """
    connection.set_busy_timeout(_BUSY_MS)
    connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")  # heard by a new file only
    for name, asked, expected in _SETTINGS:
        if connection.pragma(name) == expected:
            continue
        connection.execute(f"PRAGMA {name}={asked}")
        kept = connection.pragma(name)
        if kept != expected:
            raise StoreError(
                "STORE-005",
                f"The database does not keep {name}={asked} (it says {kept}).",
                "Use a local disk; network file systems cannot keep a case safe.",
                str(path),
            )
