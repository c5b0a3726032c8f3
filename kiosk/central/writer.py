"""The one thread that writes to a SQLite file, and commits what waits in groups.

Responsible for: one transaction for all work that is waiting, so that one sync to disk serves many.
Not responsible for: what the work does; work that fails undoes itself alone.
"""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

T = TypeVar("T")
LARGEST_GROUP = 64


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
            self._commit([turn for turn in group if turn.answer.set_running_or_notify_cancel()])
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

    def _commit(self, group: list[_Turn]) -> None:
        try:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                results = [_attempt(connection, turn, alone=len(group) == 1) for turn in group]
                connection.commit()
        except Exception as error:  # noqa: BLE001 - a worker's border: whoever waits is told
            for turn in group:
                turn.answer.set_exception(error)
            return
        for turn, (result, failed) in zip(group, results, strict=True):
            if failed is None:
                turn.answer.set_result(result)
            else:
                turn.answer.set_exception(failed)


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
