"""The file itself: settings, shapes, damage."""

import json
import os
from pathlib import Path

import apsw
import pytest

from kiosk.core.case import CaseId
from kiosk.core.staff import SignedIn
from kiosk.errors import StoreDamaged, StoreError
from kiosk.ports import Accepted
from kiosk.store import look_into, open_store
from kiosk.store.database import Database, refuse_old_sqlite
from tests.store.making import NOON, draft, open_in, settings, ticket


@pytest.mark.parametrize("version", ["3.40.1", "3.51.2", "2.8.17"])
def test_a_sqlite_that_can_damage_its_log_is_refused(version: str) -> None:
    with pytest.raises(StoreError) as old:
        refuse_old_sqlite(version)
    assert old.value.code == "STORE-001"


@pytest.mark.parametrize("version", ["3.51.3", "3.53.0", "4.0.0", "3.54.1.1"])
def test_a_mended_sqlite_is_accepted(version: str) -> None:
    refuse_old_sqlite(version)


def test_the_settings_that_durability_rests_on_are_kept(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    for setting, kept in [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
    ]:
        assert database.write(lambda c, s=setting: c.pragma(s)) == kept  # type: ignore[misc]
        assert database.read(lambda c, s=setting: c.pragma(s)) == kept  # type: ignore[misc]
    assert (tmp_path / "x.sqlite3").stat().st_mode & 0o777 == 0o600
    database.close()


def test_the_reading_connection_cannot_write(tmp_path: Path) -> None:
    database = Database(tmp_path / "x.sqlite3")
    with pytest.raises(StoreError):
        database.read(lambda c: c.execute("CREATE TABLE t (a)"))
    database.close()


def test_a_bad_prefix_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    wrong = settings(tmp_path)
    object.__setattr__(wrong, "prefix", "OI")
    with pytest.raises(StoreError) as refused:
        open_store(wrong, NOON)
    assert refused.value.code == "STORE-010"
    assert not list(tmp_path.iterdir())


def test_a_command_beside_the_service_makes_no_file_and_moves_none(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as nothing:
        look_into(settings(tmp_path), NOON)
    assert nothing.value.code == "STORE-011"
    (tmp_path / "kiosk.sqlite3").write_bytes(b"not a database at all" * 500)
    with pytest.raises(StoreDamaged):
        look_into(settings(tmp_path), NOON, may_begin=True)
    assert not list(tmp_path.glob("*damaged*"))


def test_staff_can_be_entered_before_the_first_start(tmp_path: Path) -> None:
    command = look_into(settings(tmp_path), NOON, may_begin=True)
    command.staff.add("Ann", "badge", "482913", NOON)
    command.close()
    service = open_in(tmp_path)
    assert service.staff.check("badge", "482913", NOON) == SignedIn("Ann")
    service.close()


@pytest.mark.parametrize("damage", ["header", "middle", "truncated", "garbage"])
def test_a_damaged_file_is_set_aside_and_said_so_and_work_goes_on(tmp_path: Path, damage: str) -> None:
    store = open_in(tmp_path)
    given = {store.save(draft(f"c{n}", text="x" * 500), ticket, NOON).reference for n in range(60)}
    store.outbox.tidy()
    store.close()
    path = tmp_path / "kiosk.sqlite3"
    content = bytearray(path.read_bytes())
    match damage:
        case "header":
            content[:16] = b"\0" * 16
        case "middle":
            content[len(content) // 2 : len(content) // 2 + 8192] = os.urandom(8192)
        case "truncated":
            del content[len(content) // 2 :]
        case "garbage":
            content[:] = os.urandom(len(content))
    path.write_bytes(content)

    opened = open_store(settings(tmp_path), NOON)
    assert opened.set_aside is not None
    header = 100  # SQLite counts there how often the file was opened for writing
    assert opened.set_aside.path.read_bytes()[header:] == bytes(content)[header:]
    after = opened.store.save(draft("new"), ticket, NOON)
    assert after.reference not in given
    assert after.queue_number not in {f"A{n:03d}" for n in range(1, 61)}
    assert len(opened.store.cases()) == opened.set_aside.cases + 1
    opened.store.close()
    assert open_store(settings(tmp_path), NOON).set_aside is None


def test_cases_and_staff_that_can_still_be_read_are_carried_over(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = [store.save(draft(f"c{n}", text="x" * 3000), ticket, NOON) for n in range(40)]
    store.outbox.settle([Accepted("c0", "central-0")], NOON)
    bodies = {p.key: p.body for p in store.outbox.next_parcels(100)}
    store.staff.add("Ann", "badge", "482913", NOON)
    store.outbox.tidy()
    store.close()
    path = tmp_path / "kiosk.sqlite3"
    content = bytearray(path.read_bytes())
    page = content.find(b"case-saved") // 2048  # a page of the audit table
    content[page * 2048 : page * 2048 + 100] = b"\xff" * 100
    path.write_bytes(content)

    opened = open_store(settings(tmp_path), NOON)
    assert opened.set_aside is not None
    assert (opened.set_aside.cases, opened.set_aside.staff) == (39, 1)
    assert {p.key: p.body for p in opened.store.outbox.next_parcels(100)} == bodies
    assert opened.store.staff.check("badge", "482913", NOON) == SignedIn("Ann")
    assert opened.store.save(draft("c5"), ticket, NOON).reference == saved[5].reference
    opened.store.close()


def test_a_changed_row_is_noticed_when_it_is_read(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    saved = store.save(draft("c1"), ticket, NOON)
    assert store.is_sound()
    store.close()
    connection = apsw.Connection(str(tmp_path / "kiosk.sqlite3"))
    connection.execute("UPDATE cases SET queue_number = 'A999'")
    connection.execute("UPDATE print_jobs SET queue_number = 'A999'")
    connection.execute("DELETE FROM audit")
    connection.execute("INSERT INTO audit VALUES (1, 'at', 'case-saved', 'c1', '', 'no hash')")
    connection.close()
    reopened = open_in(tmp_path)
    with pytest.raises(StoreDamaged):
        reopened.save(draft("c1"), ticket, NOON)
    with pytest.raises(StoreDamaged):
        reopened.stored_job(saved.job_id)
    assert not reopened.is_sound()
    reopened.close()


def test_the_answers_are_never_in_the_file_and_after_acceptance_not_even_sealed(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.save(draft("c1", name="Mererid-Marker"), ticket, NOON)
    (parcel,) = store.outbox.next_parcels(1)
    sealed = json.loads(parcel.body)["sealed"]["ciphertext"][100:160].encode()
    assert sealed in _all_bytes(tmp_path)
    assert b"Mererid-Marker" not in _all_bytes(tmp_path)
    assert store.outbox.settle([Accepted("c1", "central-1")], NOON) == (CaseId("c1"),)
    store.outbox.tidy()
    assert sealed not in _all_bytes(tmp_path)
    assert store.case("c1")[0].central_id == "central-1"
    store.close()


def _all_bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_a_lost_file_never_gives_out_a_number_that_may_be_on_paper(tmp_path: Path) -> None:
    seen: set[tuple[str, str]] = set()
    for turn in range(4):
        store = open_in(tmp_path)
        for n in range(60):
            saved = store.save(draft(f"{turn}-{n}"), ticket, NOON)
            seen.add((saved.reference, saved.queue_number))
        store.close()
        for path in tmp_path.glob("kiosk.sqlite3*"):
            if path.name != "kiosk.sqlite3.reserve":
                path.unlink()
    assert len({reference for reference, _ in seen}) == 240
    assert len({number for _, number in seen}) == 240


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_in(tmp_path)
    store.close()
    store.close()
    with pytest.raises(StoreError) as closed:
        store.save(draft("c1"), ticket, NOON)
    assert closed.value.code == "STORE-009"
