"""A damaged file is moved out of the way, so that a kill at any moment leaves a way on.

Responsible for: the mark that a file is not to be trusted, the moving, going on after a kill in the middle.
Not responsible for: finding damage (`database`, `inspection`), or what is carried over (`salvage`).

The mark says first where the file goes, and is taken away last, when all that can be read was carried over.
A start that finds it goes on from there: what was moved stays moved, and nothing is carried over twice.
"""

import os
from datetime import datetime
from pathlib import Path

from kiosk.store.faults import translated

_PARTS = ("-wal", "-shm", "")
"""What a file consists of; the file itself goes last, so when it is there all of it is."""


def is_doubtful(path: Path) -> bool:
    """Say whether a file is marked, so that nobody but the next start of the service may touch it."""
    return _mark(path).exists()


def mark_doubtful(path: Path) -> None:
    """Mark a file durably, so that the next start sets it aside."""
    with translated(path):
        _write_mark(path, "")


def set_aside(path: Path, at: datetime) -> Path:
    """Move a file with its log to a name with the time, and leave it marked; return the name.

    Raises:
        StoreError: the disk does not do it; the next start goes on.
    """
    with translated(path):
        named = _mark(path).read_text("ascii") if is_doubtful(path) else ""
        aside = path.with_name(named or f"{path.name}.damaged-{at:%Y%m%dT%H%M%S%fZ}")
        _write_mark(path, aside.name)
        if not aside.exists():
            _move(path, aside)
    return aside


def give_up_begun(path: Path, at: datetime) -> None:
    """Move a file away that was begun and is damaged before all was carried over; the mark stays as it is.

    Raises:
        StoreError: the disk does not do it; the next start goes on.
    """
    with translated(path):
        _move(path, path.with_name(f"{path.name}.damaged-{at:%Y%m%dT%H%M%S%fZ}-begun"))


def trust(path: Path) -> None:
    """Take the mark away, durably: what is there now is all that there is."""
    with translated(path):
        _mark(path).unlink(missing_ok=True)
        _sync_folder(path)


def _move(path: Path, to: Path) -> None:
    for ending in _PARTS:
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(to.with_name(to.name + ending))
    _sync_folder(path)


def _mark(path: Path) -> Path:
    return path.with_name(path.name + ".doubtful")


def _write_mark(path: Path, text: str) -> None:
    """Write into the mark and leave what it said when there is nothing to say."""
    descriptor = os.open(_mark(path), os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, text.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    _sync_folder(path)


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
