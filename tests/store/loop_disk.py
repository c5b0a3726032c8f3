"""A disk of its own whose power can be cut: ext4 on a loop device, shut down without flushing its journal.

What was not synced is gone, as when the plug is pulled. Needs root, a loop device and EXT4_IOC_SHUTDOWN
of ext4 (fs/ext4/ioctl.c of Linux); where one of them is missing, `LoopDisk` says which.
"""

import fcntl
import os
import struct
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

EXT4_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = struct.pack("I", 2)
MIB = 1024 * 1024
# Until a child runs its own program it holds all our open files, and their disk is busy.
_one_start_at_a_time = threading.Lock()


class NoLoopDisk(Exception):
    """This machine cannot cut the power of a disk; the text says why."""


class LoopDisk:
    """A mounted disk; entering mounts it, leaving takes it down."""

    def __init__(self, folder: Path, mebibytes: int = 96) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.image = folder / "disk.img"
        self.mount = folder / "mount"
        self._mebibytes = mebibytes

    def __enter__(self) -> Self:
        self.mount.mkdir()
        with self.image.open("wb") as image:
            image.truncate(self._mebibytes * MIB)
        quick = "lazy_itable_init=0,lazy_journal_init=0"
        _do("mkfs.ext4", "-q", "-F", "-m", "0", "-E", quick, str(self.image))
        self._up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._down()

    def cut(self) -> None:
        """Take the power away; nobody may hold a file on it open when it comes back."""
        at = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(at, EXT4_IOC_SHUTDOWN, NO_LOG_FLUSH)
        except OSError as error:
            raise NoLoopDisk(f"the shutdown of ext4 is refused: {error}") from error
        finally:
            os.close(at)

    def restore(self) -> None:
        """Give the power back."""
        self._down()
        self._up()

    def _up(self) -> None:
        _do("mount", "-o", "loop", str(self.image), str(self.mount))

    def _down(self) -> None:
        _do("umount", str(self.mount))


def _do(*words: str) -> None:
    try:
        with _one_start_at_a_time:
            started = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    except OSError as error:
        raise NoLoopDisk(f"{words[0]}: {error.strerror}") from error
    _, complaint = started.communicate()
    if started.returncode:
        raise NoLoopDisk(f"{' '.join(words[:2])}: {complaint.strip()}")


@contextmanager
def disks(folder: Path, count: int, mebibytes: int = 96) -> Iterator[Sequence[LoopDisk]]:
    """Give some disks whose power can be cut, or skip and say what this machine lacks."""
    with ExitStack() as stack:
        try:
            made = [stack.enter_context(LoopDisk(folder / f"disk-{n}", mebibytes)) for n in range(count)]
            made[0].cut()
            made[0].restore()
        except NoLoopDisk as reason:
            pytest.skip(f"no disk with a plug here, that needs root, a loop device and ext4: {reason}")
        yield made
