"""The shape of the file: from every old version to this one, never back, with a copy to go back by hand."""

import hashlib
from pathlib import Path

import apsw
import pytest

from kiosk.errors import StoreError
from kiosk.store import open_store
from kiosk.store.database import Database
from kiosk.store.migration import Migration, copy_path, migrate, migrations
from kiosk.store.rows import checksum
from tests.store.making import NOON, draft, open_in, settings, ticket

NEWEST = migrations()[-1].number
WITH_CHECKSUMS = 3
"""The first version whose program writes a checksum into every row of the outbox."""
CLEAR = b'{"answers":{"a":"b"},"case_id":"old","queue_number":"A007","reference":"K7-0900-X","schema":1}'
OLD_CASE = (
    "INSERT INTO cases VALUES (1, 'old', 'K7-0900-X', 'report-missed-bin', 'A007', '',"
    " '2026-04-30T09:00:00.000Z', '2026-04-30', 'x')"
)


def test_the_same_file_is_brought_up_to_date_step_by_step_and_once(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    one = Migration(1, "0001", "CREATE TABLE a (x); INSERT INTO a VALUES (1)")
    two = Migration(2, "0002", "INSERT INTO a SELECT x + 1 FROM a")
    assert migrate(database, [one]) == 0
    assert migrate(database, [one, two]) == 1
    assert migrate(database, [one, two]) == 2
    assert database.read(lambda c: c.execute("SELECT count(*) FROM a").get) == 2
    database.close()


def test_a_step_that_fails_in_its_middle_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    broken = Migration(1, "0001", "CREATE TABLE a (x); CREATE TABLE a (x)")
    with pytest.raises(StoreError):
        migrate(database, [broken])
    assert migrate(database, [Migration(1, "0001", "CREATE TABLE a (x)")]) == 0
    database.close()


def test_the_numbers_of_the_steps_have_no_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))


def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_in(tmp_path).close()
    connection = apsw.Connection(str(tmp_path / "kiosk.sqlite3"))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = (tmp_path / "kiosk.sqlite3").read_bytes()
    with pytest.raises(StoreError) as newer:
        open_store(settings(tmp_path), NOON)
    assert newer.value.code == "STORE-004"
    header = 100  # SQLite counts there how often the file was opened for writing
    assert (tmp_path / "kiosk.sqlite3").read_bytes()[header:] == before[header:]
    assert not list(tmp_path.glob("*damaged*"))


def old_file(folder: Path, version: int) -> Path:
    """Make the file that the program of that version left behind, with one case that waits."""
    path = folder / "kiosk.sqlite3"
    database = Database(path)
    migrate(database, migrations()[:version])
    sha256 = hashlib.sha256(CLEAR).hexdigest()
    row = ("old", "old", "case.create", CLEAR, sha256, "2026-04-30T09:00:00.000Z")

    def fill(connection: apsw.Connection) -> None:
        connection.execute(OLD_CASE)
        connection.execute(
            "INSERT INTO outbox (key, case_id, kind, body, sha256, created_at) VALUES (?, ?, ?, ?, ?, ?)", row
        )
        if version >= WITH_CHECKSUMS:
            written = checksum("old", "old", "case.create", sha256, "", row[-1])
            connection.execute("UPDATE outbox SET checksum = ?", (written,))

    database.write(fill)
    database.close()
    return path


@pytest.mark.parametrize("version", range(1, NEWEST))
def test_a_file_of_every_old_version_is_brought_up_to_date_and_keeps_its_cases(
    tmp_path: Path, version: int
) -> None:
    path = old_file(tmp_path, version)
    store = open_in(tmp_path)
    (parcel,) = store.outbox.next_parcels(10)
    assert (parcel.key, parcel.body) == ("old", CLEAR)  # frozen long ago: it goes out as it is
    assert parcel.sha256
    assert store.save(draft("new"), ticket, NOON).reference
    store.close()
    copy = apsw.Connection(str(copy_path(path, version)), flags=apsw.SQLITE_OPEN_READONLY)
    assert copy.pragma("user_version") == version
    assert copy.execute("SELECT key FROM outbox").get == "old"
    copy.close()
    assert copy_path(path, version).stat().st_mode & 0o777 == 0o600


def test_the_copy_goes_when_the_file_was_found_sound_at_the_next_start(tmp_path: Path) -> None:
    path = old_file(tmp_path, 1)
    open_in(tmp_path).close()
    assert copy_path(path, 1).exists()
    open_in(tmp_path).close()
    assert not copy_path(path, 1).exists()


def test_a_migrated_file_has_the_shape_of_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "new").mkdir()
    old_file(tmp_path / "old", 1)
    shapes = []
    for folder in ("old", "new"):
        open_in(tmp_path / folder).close()
        connection = apsw.Connection(str(tmp_path / folder / "kiosk.sqlite3"))
        shapes.append(
            connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        )
        connection.close()
    assert shapes[0] == shapes[1]


def test_a_file_that_cannot_be_copied_is_not_changed(tmp_path: Path) -> None:
    path = old_file(tmp_path, 1)
    copy_path(path, 1).mkdir()
    with pytest.raises(StoreError):
        open_store(settings(tmp_path), NOON)
    connection = apsw.Connection(str(path))
    assert connection.pragma("user_version") == 1
    connection.close()
