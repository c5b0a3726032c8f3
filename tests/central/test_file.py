"""The SQLite file of central: how large its pages are, and when what is committed moves into it."""

from __future__ import annotations

import resource
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw
import pytest
from sqlalchemy import Connection, make_url

from kiosk.central.bodies import Reading
from kiosk.central.database import open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.settings import Chance
from kiosk.central.wire.terminal import Item
from kiosk.central.writer import LONGEST_LOG, SqliteWriter
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCHES, PAGE = 40, 8192
LONG = LONGEST_LOG * PAGE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "central.sqlite3"


@pytest.fixture
def database(file: Path) -> Iterator[Any]:
    opened: Any = open_database(f"sqlite:///{file}")
    yield opened
    opened._writer.close()
    opened._engine.dispose()


def batch() -> Callable[[Connection], object]:
    """Return the work of taking in a hundred cases of about two kilobytes each."""
    chance = Chance()
    items = [Item(**case_item(answers={"about": "x" * 1600})) for _ in range(100)]
    intake = Intake(chance, Reading(lambda _key: None))
    return lambda connection: intake.take_all(connection, Sender("lobby-1", chance.now()), items)


def held(database: Any) -> int:
    """Return how many bytes the database has, wherever they are now."""

    def counted(connection: Connection) -> int:
        pages, size = (
            connection.exec_driver_sql(f"PRAGMA page_{of}").scalar_one() for of in ("count", "size")
        )
        return int(pages) * int(size)

    return int(database.write_now(counted))


def log_of(file: Path) -> int:
    return file.with_name(f"{file.name}-wal").stat().st_size


def test_cases_of_two_kilobytes_are_packed_close_in_the_file(database: Any) -> None:
    empty = held(database)
    for _ in range(5):
        database.write_now(batch())
    assert held(database) - empty < 500 * 4000


def test_a_file_that_was_made_with_other_pages_is_used_as_it_is(file: Path) -> None:
    older = apsw.Connection(str(file))
    older.execute("PRAGMA page_size = 4096; PRAGMA journal_mode = wal; CREATE TABLE older (at TEXT)")
    older.close()
    database: Any = open_database(make_url(f"sqlite:///{file}").render_as_string())
    try:
        database.write_now(batch())
        assert database.write_now(lambda c: c.exec_driver_sql("PRAGMA page_size").scalar_one()) == 4096
    finally:
        database._writer.close()
        database._engine.dispose()


def test_the_log_of_a_long_drain_does_not_grow_for_ever(file: Path, database: Any) -> None:
    for _ in range(BATCHES):
        database.write_now(batch())
    database.write_now(lambda _connection: None)  # the writer is done with what came before
    assert file.stat().st_size > LONG
    assert log_of(file) < 2 * LONG


def test_whoever_waits_is_answered_before_a_long_log_is_moved(file: Path, database: Any) -> None:
    before = file.stat().st_size
    seen = [_when_answered(database._writer, file) for _ in range(BATCHES)]
    assert next(size for size, log in seen if log > LONG) == before
    database.write_now(lambda _connection: None)
    assert file.stat().st_size > before


def test_a_log_that_cannot_be_moved_grows_on_and_everybody_is_answered(file: Path, database: Any) -> None:
    for _ in range(2 * BATCHES):
        database.write_now(batch())
    database.write_now(lambda _connection: None)
    before, log = file.stat().st_size, log_of(file)
    with no_file_larger_than(before):
        for _ in range(BATCHES // 4):
            assert len(database.write_now(batch())) == 100
        database.write_now(lambda _connection: None)
        assert file.stat().st_size == before
        assert log_of(file) > log
    database.write_now(batch())
    database.write_now(lambda _connection: None)
    assert file.stat().st_size > before


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Let the kernel refuse this process to make a file longer, as a disk without room does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def _when_answered(writer: SqliteWriter, file: Path) -> tuple[int, int]:
    """Do a batch, and return how large the file and its log are at the moment of the answer."""
    asked, seen, work = threading.Event(), [], batch()

    def when_asked(connection: Connection) -> object:
        asked.wait()
        return work(connection)

    answer = writer.submit(when_asked)
    answer.add_done_callback(lambda _answer: seen.append((file.stat().st_size, log_of(file))))
    asked.set()
    answer.result()
    writer.submit(lambda _connection: None).result()
    return seen[0]
