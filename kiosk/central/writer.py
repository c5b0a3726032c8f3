"""The one thread that writes to a SQLite file, and commits what waits in groups.

Responsible for: one transaction for all work that is waiting, so that one sync to disk serves many; and that
the write-ahead log does not grow for ever.
Not responsible for: what the work does; work that fails undoes itself alone.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from kiosk.errors import StoreError

T = TypeVar("T")
LARGEST_GROUP = 64
LONGEST_LOG = 1000
"""Pages of the write-ahead log that wait to be moved into the file; SQLite's own figure."""


@dataclass(frozen=True, slots=True)
class _Turn:
    work: Callable[[Connection], Any]
    answer: "Future[Any]"


class SqliteWriter:
    """Take work from any thread; answer it once it is on disk."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._turns: queue.SimpleQueue[_Turn | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="central-write", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T]) -> "Future[T]":
        """Queue work; the answer comes after its commit, or carries what the work raised."""
        answer: Future[T] = Future()
        self._turns.put(_Turn(work, answer))
        return answer

    def close(self) -> None:
        """Finish what is queued and stop; may be called twice."""
        self._turns.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._turns.get()) is not None:
            group, ending = self._waiting(first)
            pages = self._commit([turn for turn in group if turn.answer.set_running_or_notify_cancel()])
            if pages >= LONGEST_LOG:
                self._move_log()
            if ending:
                return

    def _waiting(self, first: _Turn) -> tuple[list[_Turn], bool]:
        group = [first]
        while len(group) < LARGEST_GROUP:
            try:
                turn = self._turns.get_nowait()
            except queue.Empty:
                return group, False
            if turn is None:
                return group, True
            group.append(turn)
        return group, False

    def _move_log(self) -> None:
        """Move the log into the file, after the answers: nobody waits for that.

        When it fails the log grows on, and the next commit says what is wrong.
        """
        with suppress(SQLAlchemyError, StoreError), self._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def _commit(self, group: list[_Turn]) -> int:
        """Run and answer a group; return how many pages the log has then."""
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                results = [_attempt(connection, turn, alone=len(group) == 1) for turn in group]
                connection.commit()
                kept: Any = connection.connection.driver_connection
                pages: int = kept.pages_logged
        except Exception as error:  # noqa: BLE001 - a worker's border: whoever waits is told
            for turn in group:
                turn.answer.set_exception(error)
            return 0
        for turn, (result, failed) in zip(group, results, strict=True):
            if failed is None:
                turn.answer.set_result(result)
            else:
                turn.answer.set_exception(failed)
        return pages


def _attempt(connection: Connection, turn: _Turn, *, alone: bool) -> tuple[Any, Exception | None]:
    """Run one work in a savepoint; a database that is broken ends the whole group, and so does work alone."""
    if alone:
        return turn.work(connection), None
    savepoint = connection.begin_nested()
    try:
        result = turn.work(connection)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - a worker's border: whoever waits is told
        savepoint.rollback()
        return None, error
    savepoint.commit()
    return result, None
