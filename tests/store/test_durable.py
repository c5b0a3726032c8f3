"""A small file that was kept is there after a power cut, whole; so are the secrets that stand in one."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk import durable
from kiosk.durable import write_whole
from kiosk.keys import keep_enrolment, kept_enrolment, terminal_key
from kiosk.ports import Enrolment
from tests.store.loop_disk import LoopDisk, disks

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
PAIRED = Enrolment("T7", "a token", NOON, NOON + timedelta(days=1), ())
RENEWED = Enrolment("T7", "the next token", NOON, NOON + timedelta(days=2), ())

pytestmark = pytest.mark.timeout(120)


def cut_after(disk: LoopDisk, act: Callable[[], object]) -> None:
    act()
    disk.cut()
    disk.restore()


def test_what_a_renewal_gave_is_there_when_the_power_goes_the_moment_after(tmp_path: Path) -> None:
    with disks(tmp_path, 1) as (disk,):
        keep_enrolment(disk.mount, PAIRED)
        cut_after(disk, lambda: keep_enrolment(disk.mount, RENEWED))
        assert kept_enrolment(disk.mount) == RENEWED


def test_the_key_that_was_told_to_central_is_the_key_after_a_power_cut(tmp_path: Path) -> None:
    told: list[bytes] = []
    with disks(tmp_path, 1) as (disk,):
        cut_after(disk, lambda: told.append(terminal_key(disk.mount).public_bytes))
        assert [terminal_key(disk.mount).public_bytes] == told


def test_a_file_whose_name_is_not_synced_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mutant syncs the bytes only: the old file, or none, stands after the cut."""
    monkeypatch.setattr(durable, "sync_folder", lambda _: None)
    with disks(tmp_path, 1) as (disk,):
        path = disk.mount / "small"
        cut_after(disk, lambda: write_whole(path, b"new"))
        assert not path.exists()


def test_others_cannot_read_it(tmp_path: Path) -> None:
    write_whole(tmp_path / "small", b"secret")
    assert (tmp_path / "small").stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["small"]
