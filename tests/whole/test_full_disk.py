"""A terminal whose disk is full says so, and goes on by itself when there is room again."""

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.app import store_settings, usable
from kiosk.bundles import Bundles
from kiosk.clocks import MovedClock
from kiosk.core.events import Event, OutOfOrder, Repaired, StaffJobsListed
from kiosk.core.hardware import Printed
from kiosk.core.published import is_known
from kiosk.council_keys import KeyShelf
from kiosk.errands import Desk, Errands
from kiosk.errors import StoreError, StoreFull
from kiosk.ports import Accepted, BundleFile, Manifest
from kiosk.settings import Loaded
from kiosk.store import StoreSettings, mark_doubtful, open_store
from kiosk.store.database import Database
from kiosk.store.migration import migrate, migrations
from kiosk.store.salvage import salvage
from tests.store.making import COUNCIL_KEY, draft, ticket
from tests.whole.test_taking_up import CONFIG, _without_devices

NOW = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)
MIB = 1024 * 1024
SOON_S = 5.0


def test_a_full_disk_is_told_and_its_end_too(demo: Loaded, tmp_path: Path) -> None:
    free = [1024 * MIB]
    zone = ZoneInfo("Europe/London")
    settings = StoreSettings(
        tmp_path / "t.sqlite", "lobby-1", "K7", zone, lambda: (COUNCIL_KEY,), free_bytes=lambda: free[0]
    )
    store = open_store(settings, NOW).store
    happened: queue.SimpleQueue[Event] = queue.SimpleQueue()
    desk = Desk(demo.facility, store, store.orders, store.staff, MovedClock(NOW), zone)
    errands = Errands(
        desk, post=happened.put, submit=lambda _: None, saved=lambda: None, log=lambda *_, **__: None
    )

    def told_by_a_look() -> list[Event]:
        """What one look at the store posts: one worker runs errands in order, so the list of jobs ends it."""
        errands.check_store()
        errands.list_staff_jobs()
        told: list[Event] = []
        while not isinstance(event := happened.get(timeout=SOON_S), StaffJobsListed):
            told.append(event)
        return told

    try:
        assert told_by_a_look() == []
        free[0] = 0
        assert told_by_a_look() == [OutOfOrder("STORE-002")]
        free[0] = 1024 * MIB
        assert told_by_a_look() == [Repaired()]
        assert told_by_a_look() == []
    finally:
        errands.close()
        store.close()


def test_a_really_full_disk_refuses_new_visitors_finishes_old_promises_and_mends_itself(
    tmp_path: Path,
) -> None:
    """A file system with no byte left, filled by somebody else while the terminal works."""
    with small_disk(tmp_path) as disk:
        store = open_store(small(disk), NOW).store
        kept = [store.save(draft(f"c{n}"), ticket, NOW) for n in range(20)]
        stranger = fill(disk)
        assert store.refuses_case() == "STORE-002"
        with pytest.raises(StoreFull):
            store.save(draft("too-late"), ticket, NOW)
        for number, saved in enumerate(kept):  # what was promised is finished with the ballast's room
            store.job_done(saved.job_id, Printed(), NOW)
            store.outbox.settle([Accepted(f"c{number}", "central")], NOW)
        assert store.outbox.depth().waiting == 0
        assert store.refuses_case() == "STORE-002", "the ballast is spent"
        stranger.unlink()
        store.outbox.tidy()
        assert store.refuses_case() == ""
        assert store.save(draft("after"), ticket, NOW).reference
        assert store.is_sound()
        store.close()


@pytest.mark.parametrize("damaged", [False, True], ids=["a sound file", "a file to be set aside"])
def test_a_start_on_a_full_disk_refuses_visitors_finishes_old_promises_and_mends_itself(
    tmp_path: Path, damaged: bool
) -> None:
    """Without room SQLite cannot even open the file; the ballast gives it."""
    with small_disk(tmp_path) as disk:
        before = open_store(small(disk), NOW).store
        kept = before.save(draft("kept"), ticket, NOW)
        before.close()
        if damaged:
            mark_doubtful(small(disk).path)
        stranger = fill(disk)
        opened = open_store(small(disk), NOW)
        store = opened.store
        assert (opened.set_aside is not None) == damaged
        assert store.refuses_case() == "STORE-002"
        interrupted = [job.job_id for job in store.settle_interrupted(NOW)]
        assert interrupted == ([] if damaged else [kept.job_id]), "cases are carried over, print jobs are not"
        store.outbox.settle([Accepted("kept", "central")], NOW)
        stranger.unlink()
        store.outbox.tidy()
        assert store.refuses_case() == ""
        assert store.is_sound()
        store.close()


def test_a_file_set_aside_that_cannot_be_read_for_want_of_room_is_not_taken_for_an_empty_one(
    tmp_path: Path,
) -> None:
    """SQLite needs room to read it, even where the new file has some; nothing is left behind in silence."""
    with small_disk(tmp_path) as disk:
        store = open_store(small(disk), NOW).store
        store.save(draft("kept"), ticket, NOW)
        store.close()
        stranger, begun = fill(disk), Database(tmp_path / "begun")
        migrate(begun, migrations())
        with pytest.raises(StoreFull):
            salvage(small(disk).path, begun, ZoneInfo("Europe/London"), NOW)
        stranger.unlink()
        assert salvage(small(disk).path, begun, ZoneInfo("Europe/London"), NOW).cases == 1
        begun.close()


@pytest.mark.timeout(120)
def test_the_service_starts_on_a_full_disk_and_says_that_it_can_take_no_case(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk, service_on_full(disk) as service:
        assert service.stdout is not None
        told = map(json.loads, service.stdout)
        assert next(line["code"] for line in told if line["event"] == "store.refuses") == "STORE-002"
        service.send_signal(signal.SIGTERM)
        rest, complaint = service.communicate()
        assert (service.returncode, complaint) == (0, ""), rest


@pytest.mark.timeout(120)
def test_a_service_that_was_never_paired_takes_cases_again_once_there_is_room(tmp_path: Path) -> None:
    """Nothing is carried to central, so no courier tidies and lays the ballast down again."""
    with small_disk(tmp_path, 128) as disk, service_on_full(disk) as service:
        assert service.stdout is not None
        told = (line for line in map(json.loads, service.stdout) if line["event"] == "store.refuses")
        assert next(told)["code"] == "STORE-002"
        (disk / "somebody-else").unlink()
        assert next(told)["code"] == ""


@pytest.mark.timeout(120)
def test_a_service_that_finds_no_room_at_all_ends_with_the_code_of_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk, service_on_full(disk, ballast=False) as service:
        _, complaint = service.communicate()
        assert service.returncode == 2
        assert complaint.startswith("STORE-002")
        assert "Free space on the disk" in complaint
        assert complaint.count("\n") == 1


@pytest.mark.timeout(120)
def test_the_service_starts_on_a_full_disk_with_a_version_that_was_fetched_before_it_filled(
    tmp_path: Path,
) -> None:
    """Without room to note that it uses the version; the next start finds it ready in the same place."""
    with small_disk(tmp_path) as disk:
        shelf = fetched(disk, 1)
        shelf.refuse(7, "of another day")  # so that the start has to note two things
        fetched(disk, 2)
        with service_on_full(disk) as service:
            assert service.stdout is not None
            told = {line["event"]: line for line in map(json.loads, until_it_refuses(service.stdout))}
            assert told["bundle.in-use"]["version"] == 2
            assert told["bundle.not-noted"]["code"] == "STORE-020"
            assert told["store.refuses"]["code"] == "STORE-002"
            service.send_signal(signal.SIGTERM)
            rest, complaint = service.communicate()
            assert (service.returncode, complaint) == (0, ""), rest
        assert (Bundles(disk).standing.staged, Bundles(disk).standing.active) == (2, 0)


def test_a_damaged_version_is_left_on_a_full_disk_and_noted_once_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk:
        fetched(disk, 1).take_up(1)
        shelf = fetched(disk, 2)
        shelf.take_up(2)
        fill(disk)
        assert shelf.go_back("it has a problem", damaged=False) == 1
        assert (shelf.standing.active, shelf.is_noted) == (1, False)
        with pytest.raises(StoreError, match="What central published cannot be kept"):
            shelf.checked(NOW)
        (disk / "somebody-else").unlink()
        shelf.checked(NOW)
        assert shelf.is_noted
        assert (Bundles(disk).standing.active, Bundles(disk).standing.refused) == (1, 2)


def until_it_refuses(lines: Iterable[str]) -> Iterator[str]:
    """Return the lines of a log up to the one that says that no case can be kept."""
    for line in lines:
        yield line
        if "store.refuses" in line:
            return


def fetched(disk: Path, version: int) -> Bundles:
    """Lay the demo's configuration ready, as central publishes it."""
    paths = [path.relative_to(CONFIG).as_posix() for path in CONFIG.rglob("*") if path.is_file()]
    contents = {path: (CONFIG / path).read_bytes() for path in paths if is_known(path)}
    files = tuple(BundleFile(path, sha256(raw).hexdigest(), len(raw)) for path, raw in contents.items())
    named = [{"path": file.path, "sha256": file.sha256, "bytes": file.size} for file in files]
    text = json.dumps({"format": 1, "version": version, "made_at": NOW.isoformat(), "files": named})
    shelf = Bundles(disk)
    for file in files:
        shelf.take_file(file, contents[file.path])
    assert shelf.stage(Manifest(version, NOW, files, text, f'"{version}"'))
    return shelf


@contextmanager
def service_on_full(disk: Path, *, ballast: bool = True) -> Iterator[subprocess.Popen[str]]:
    """Start the real service on a disk that filled up after it had worked there."""
    etc = disk.parent / "etc"
    shutil.copytree(CONFIG, etc)
    _without_devices(etc / "kiosk.yaml")
    KeyShelf(disk).keep((COUNCIL_KEY,))
    settings = replace(store_settings(usable(etc), disk), floor_bytes=0, ballast_bytes=4 * MIB * ballast)
    open_store(settings, NOW).store.close()
    fill(disk)
    words = (sys.executable, "-m", "kiosk", "run", "--config", str(etc), "--data", str(disk))
    around = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    piped = subprocess.PIPE
    with subprocess.Popen(words, stdout=piped, stderr=piped, text=True, env=around) as service:
        try:
            yield service
        finally:
            service.kill()


def small(disk: Path) -> StoreSettings:
    """Describe a store whose floor and ballast fit on a small disk."""
    return StoreSettings(
        disk / "t.sqlite",
        "lobby-1",
        "K7",
        ZoneInfo("Europe/London"),
        lambda: (COUNCIL_KEY,),
        floor_bytes=2 * MIB,
        ballast_bytes=4 * MIB,
    )


@contextmanager
def small_disk(folder: Path, mebibytes: int = 16) -> Iterator[Path]:
    """Mount a small file system in memory, or skip and say why there is none."""
    mount = folder / "small"
    mount.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", str(mount)],  # noqa: S607 - the system's own
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no file system to fill here, that needs root: {done.stderr.decode().strip()}")
    try:
        yield mount
    finally:
        subprocess.run(["umount", "--lazy", str(mount)], check=True)  # noqa: S607 - as above


def fill(disk: Path) -> Path:
    """Write until there is no byte left."""
    stranger = disk / "somebody-else"
    with stranger.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    return stranger
