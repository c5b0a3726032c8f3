"""What SQLite and the file system say is said in the project's words, with a code for each next step."""

import errno
import os
from pathlib import Path

import apsw
import pytest

from kiosk.errors import StoreDamaged, StoreError, StoreFull
from kiosk.store.database import Database
from kiosk.store.faults import translated

SAID = (
    (apsw.FullError, StoreFull, "STORE-002"),
    (apsw.CorruptError, StoreDamaged, "STORE-003"),
    (apsw.NotADBError, StoreDamaged, "STORE-003"),
    (apsw.BusyError, StoreError, "STORE-007"),
    (apsw.LockedError, StoreError, "STORE-007"),
    (apsw.ConnectionClosedError, StoreError, "STORE-009"),
    (apsw.IOError, StoreError, "STORE-006"),
    (apsw.ConstraintError, StoreError, "STORE-006"),
    (PermissionError, StoreError, "STORE-006"),
)


@pytest.mark.parametrize(("raised", "kind", "code"), SAID)
def test_each_error_of_the_database_has_its_code_its_place_and_its_cause(
    raised: type[Exception], kind: type[StoreError], code: str
) -> None:
    path, cause = Path("/srv/kiosk.sqlite3"), raised("as SQLite puts it")
    with pytest.raises(StoreError) as said, translated(path):
        raise cause
    assert (type(said.value), said.value.code) == (kind, code)
    assert said.value.place == str(path)
    assert said.value.__cause__ is cause


@pytest.mark.parametrize("raised", [ValueError(), KeyboardInterrupt(), StoreFull("STORE-002", "", "")])
def test_what_is_not_of_the_database_passes_as_it_is(raised: BaseException) -> None:
    with pytest.raises(type(raised)) as passed, translated(Path("x")):
        raise raised
    assert passed.value is raised


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_no_room_for_a_file_beside_the_database_is_a_full_disk(number: int) -> None:
    with pytest.raises(StoreFull) as said, translated(Path("x")):
        raise OSError(number, os.strerror(number))
    assert said.value.code == "STORE-002"


def test_a_file_that_another_program_holds_is_said_so_and_works_once_it_is_free(tmp_path: Path) -> None:
    database, other = Database(tmp_path / "x"), apsw.Connection(os.fspath(tmp_path / "x"))
    database._writer.set_busy_timeout(1)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as held:
        database.write(lambda c: c.execute("CREATE TABLE t (a)"))
    assert held.value.code == "STORE-007"
    other.execute("ROLLBACK")
    database.write(lambda c: c.execute("CREATE TABLE t (a)"))
    other.close()
    database.close()
