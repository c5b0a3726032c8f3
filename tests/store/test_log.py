"""The write-ahead log between visits: moved, wiped and made ready, so that a visitor waits for one sync."""

import errno
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.ports import Accepted
from kiosk.store import Store
from kiosk.store.database import Database
from tests.store.making import NOON, draft, open_in, ticket

SHORT_OF_A_BLOCK = 140


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
    assert len(log) == 1024 * 1024
    assert not any(log[8192:]), "what was accepted is wiped, and nothing but zeros came in its place"
    assert not grows(store)


def test_a_log_that_is_not_made_ready_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant lays no zeros down."""
    monkeypatch.setattr(Database, "_lengthen_log", lambda _: None)
    visit_until_central_has_it(store, "c1")
    assert grows(store)


def test_an_idle_terminal_writes_nothing(store: Store) -> None:
    visit_until_central_has_it(store, "c1")
    store.outbox.tidy()
    before = log_of(store), store.path.stat().st_mtime_ns
    for _ in range(3):
        store.outbox.tidy()
    assert (log_of(store), store.path.stat().st_mtime_ns) == before


def test_on_a_full_disk_the_log_is_emptied_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: Callable[..., object] = Path.open

    def no_room(path: Path, *how: str, **more: int) -> object:
        if path.name.endswith("-wal"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return opened(path, *how, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", no_room)
        visit_until_central_has_it(store, "c1")
    assert len(log_of(store)) < 8192
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
