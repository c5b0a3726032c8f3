"""The write-ahead log between visits: moved, wiped and made ready, so that a visitor waits for one sync."""

import errno
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from kiosk.core.case import Attachment
from kiosk.ports import Accepted
from kiosk.store import Store
from kiosk.store.database import Database
from tests.store.making import NOON, draft, open_in, ticket

FULL = 2
SHORT_OF_A_BLOCK = 140
ROOM = 1024 * 1024
BEGUN = 8192
"""Further than the frame of the commit that begins the log."""


def log_of(store: Store) -> bytes:
    return store.path.with_name(store.path.name + "-wal").read_bytes()


def visit(store: Store, name: str) -> None:
    store.save(draft(name, text="x" * 1500), ticket, NOON)


def visit_until_central_has_it(store: Store, name: str) -> None:
    visit(store, name)
    store.outbox.settle([Accepted(name, "central")], NOON)
    store.outbox.tidy()


def grows(store: Store) -> bool:
    """Say whether the log gets longer while cases are saved."""
    before = len(log_of(store))
    for number in range(10):
        visit(store, f"grows-{number}")
    return len(log_of(store)) > before


def test_the_next_cases_write_over_zeros_and_the_log_does_not_grow(store: Store) -> None:
    visit_until_central_has_it(store, "c1")
    log = log_of(store)
    assert len(log) == ROOM
    assert not any(log[BEGUN:]), "what was accepted is wiped, and nothing but zeros came in its place"
    assert not grows(store)


def test_a_log_that_is_not_made_ready_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant lays no zeros down."""
    monkeypatch.setattr(Database, "_lay_zeros", lambda _: 1)
    visit_until_central_has_it(store, "c1")
    assert any(log_of(store)[BEGUN:])
    assert grows(store)


def test_what_lies_behind_the_end_of_the_log_is_wiped_too(store: Store) -> None:
    """SQLite begins the log anew by itself when it was moved, and leaves what stood further on."""
    for number in range(10):
        visit(store, f"c{number}")
    store.outbox.settle([Accepted(f"c{number}", "central") for number in range(10)], NOON)
    store._ground.database._move_log()
    store.forget_before(NOON.date())
    assert any(log_of(store)[BEGUN:])
    store.outbox.tidy()
    assert not any(log_of(store)[BEGUN:])


def test_a_program_that_was_killed_before_it_wiped_the_log_is_made_up_for(tmp_path: Path) -> None:
    """It had begun the log anew already, so that nothing in it is to be moved."""
    victim = open_in(tmp_path)
    visit(victim, "c1")
    victim.outbox.settle([Accepted("c1", "central")], NOON)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_lay_zeros", lambda _: 1)
        victim.outbox.tidy()
    after = open_in(tmp_path)
    assert any(log_of(after)[BEGUN:])
    after.outbox.tidy()
    assert not any(log_of(after)[BEGUN:])
    after.close()
    victim.close()


def test_a_case_after_the_log_was_begun_anew_is_synced_as_any_other_also_where_that_failed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def synced() -> int:
        return int(store._ground.database._writer.pragma("synchronous"))

    visit_until_central_has_it(store, "c1")
    assert synced() == FULL
    visit(store, "c2")
    with monkeypatch.context() as broken:
        broken.setattr(Database, "write", no_room)
        with pytest.raises(OSError, match="No space"):
            store._ground.database._begin_log()
    assert synced() == FULL


def no_room(*_asked: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_grew_long_is_short_again(store: Store) -> None:
    photo = Attachment("image/jpeg", os.urandom(3 * ROOM))
    store.save(replace(draft("c1"), attachments=(photo,)), ticket, NOON)
    assert len(log_of(store)) > 3 * ROOM
    store.outbox.settle([Accepted("c1", "central")], NOON)
    store.outbox.tidy()
    assert len(log_of(store)) == ROOM
    assert not any(log_of(store)[BEGUN:])


def test_a_log_that_somebody_still_reads_is_left_alone_and_wiped_once_they_are_done(store: Store) -> None:
    visit(store, "c1")
    reader = apsw.Connection(str(store.path))
    reader.execute("BEGIN").execute("SELECT count(*) FROM cases").fetchall()
    store.outbox.settle([Accepted("c1", "central")], NOON)
    waits: list[int] = []

    def wait(tried: int) -> bool:
        waits.append(tried)
        return False

    store._ground.database._writer.set_busy_handler(wait)
    store.outbox.tidy()
    assert waits == [], "a visitor may wait for the lock meanwhile"
    assert any(log_of(store)[BEGUN:])
    assert reader.execute("SELECT body IS NOT NULL FROM outbox").get == 1, "what was there when they began"
    reader.execute("COMMIT")
    store.outbox.tidy()
    assert not any(log_of(store)[BEGUN:])
    assert reader.execute("SELECT body IS NOT NULL FROM outbox").get == 0
    reader.close()


def test_an_idle_terminal_writes_nothing(store: Store) -> None:
    visit_until_central_has_it(store, "c1")
    store.outbox.tidy()
    before = log_of(store), store.path.stat().st_mtime_ns
    for _ in range(3):
        store.outbox.tidy()
    assert (log_of(store), store.path.stat().st_mtime_ns) == before


class OnAFullDisk(io.FileIO):
    """A file that can be written over and cannot grow."""

    def write(self, content: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(content) > os.fstat(self.fileno()).st_size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(content)


def test_on_a_full_disk_the_log_is_wiped_all_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Callable[..., object] = Path.open

    def full(path: Path, *how: str, **more: int) -> object:
        return OnAFullDisk(path, "r+") if path.name.endswith("-wal") else opened(path, *how, **more)

    visit(store, "c1")
    before = len(log_of(store))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", full)
        store.outbox.settle([Accepted("c1", "central")], NOON)
        store.outbox.tidy()
    assert not any(log_of(store)[BEGUN:])
    assert before < len(log_of(store)) < ROOM, "only the receipt made it longer"
    assert grows(store)
    assert store.is_sound()


def test_what_another_program_writes_meanwhile_is_kept(tmp_path: Path) -> None:
    service, command = open_in(tmp_path), open_in(tmp_path)
    with ThreadPoolExecutor(1) as other:
        saving = other.submit(lambda: [command.save(draft(f"b{n}"), ticket, NOON) for n in range(100)])
        for number in range(100):
            visit_until_central_has_it(service, f"a{number}")
        saving.result(60)
    command.close()
    assert len(service.cases()) == 200
    assert {parcel.key for parcel in service.outbox.next_parcels(200)} == {f"b{n}" for n in range(100)}
    assert service.is_sound()
    service.close()


def test_numbers_are_reserved_while_nobody_waits(store: Store, tmp_path: Path) -> None:
    reserve = tmp_path / "kiosk.sqlite3.reserve"
    for number in range(SHORT_OF_A_BLOCK):
        visit(store, f"c{number}")
    store.outbox.tidy()
    ahead = reserve.stat().st_ino, reserve.read_bytes()
    for number in range(70):
        visit(store, f"d{number}")
    assert (reserve.stat().st_ino, reserve.read_bytes()) == ahead
