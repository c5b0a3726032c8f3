"""How often a case makes the disk flush its cache, and how much is written, counted by the kernel."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.ports import Accepted
from kiosk.store import Store, database
from kiosk.store.database import Database
from tests.store.loop_disk import LoopDisk, disks
from tests.store.making import NOON, draft, open_in, ticket

VISITS = 24
ABOUT_ONE, ABOUT_TWO = 1.5, 1.7
"""The journal of the file system adds one of its own every few seconds."""

FEW = 10
"""To settle and tidy: one for the accepted case, one for free pages, four to move the log, two to wipe it."""


class Asked(NamedTuple):
    """What a disk was asked for; see Documentation/block/stat.rst of Linux."""

    kibibytes: float
    flushes: int


def asked(disk: LoopDisk, work: Callable[[], object]) -> Asked:
    device = disk.mount.stat().st_dev
    counted = Path(f"/sys/dev/block/{os.major(device)}:{os.minor(device)}/stat")
    before = [int(number) for number in counted.read_text("ascii").split()]
    work()
    after = [int(number) for number in counted.read_text("ascii").split()]
    return Asked((after[6] - before[6]) / 2, after[15] - before[15])


def visits(store: Store, names: str) -> None:
    for number in range(VISITS):
        store.save(draft(f"{names}{number}", text="x" * 1500), ticket, NOON)


def carried(store: Store, *names: str) -> None:
    store.outbox.settle([Accepted(name, "central") for name in names], NOON)
    store.outbox.tidy()


def begun(disk: LoopDisk) -> Store:
    """Return a store that has worked for a while."""
    store = open_in(disk.mount)
    visits(store, "earlier")
    carried(store, *(parcel.key for parcel in store.outbox.next_parcels(VISITS)))
    os.sync()
    return store


@pytest.mark.timeout(60)
def test_a_case_is_one_flush_of_the_disk_where_a_bare_append_is_two(tmp_path: Path) -> None:
    with disks(tmp_path, 1) as (disk,):
        store = begun(disk)
        saved = asked(disk, lambda: visits(store, "c"))
        store.close()
        appended = asked(disk, lambda: append(disk.mount / "bare"))
    print(f"{saved.flushes / VISITS:.2f} flushes a case, {appended.flushes / VISITS:.2f} an append")  # noqa: T201 - the figure
    assert saved.flushes < ABOUT_ONE * VISITS
    assert appended.flushes > ABOUT_TWO * VISITS


def append(path: Path) -> None:
    with path.open("ab", buffering=0) as file:
        for _ in range(VISITS):
            file.write(bytes(3358))
            os.fdatasync(file.fileno())


@pytest.mark.timeout(60)
def test_a_log_that_has_to_grow_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant lays no zeros down: the journal of the file system is flushed for each case too."""
    monkeypatch.setattr(Database, "_lay_zeros", lambda _: 1)
    with disks(tmp_path, 1) as (disk,):
        store = open_in(disk.mount)
        saved = asked(disk, lambda: visits(store, "c"))
        store.close()
    assert saved.flushes > ABOUT_TWO * VISITS


def tidied_after_a_visit(disk: LoopDisk) -> Asked:
    store = begun(disk)
    store.save(draft("c", text="x" * 1500), ticket, NOON)
    tidied = asked(disk, lambda: carried(store, "c"))
    store.close()
    return tidied


@pytest.mark.timeout(60)
def test_to_wipe_the_log_after_a_visit_writes_little_more_than_was_in_it(tmp_path: Path) -> None:
    with disks(tmp_path, 1) as (disk,):
        tidied = tidied_after_a_visit(disk)
    print(f"{tidied.kibibytes:.0f} KiB, {tidied.flushes} flushes to settle and tidy after a visit")  # noqa: T201 - the figure
    assert tidied.kibibytes < 512, "the room of the log is twice that"
    assert tidied.flushes < FEW


@pytest.mark.timeout(60)
def test_a_log_that_is_moved_twice_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant wins the pages of a visit back only when the log was moved, so it has to be moved again."""
    monkeypatch.setattr(database, "_FEW_PAGES", -1)
    with disks(tmp_path, 1) as (disk,):
        assert tidied_after_a_visit(disk).flushes > FEW
