"""What is known of the file's health: when it was checked, and whether it is to be trusted.

Responsible for: the facts as the audit has them, and the mark by which a file is set aside at the next start.
Not responsible for: looking at the file (`inspection`), or setting it aside (`opening`).
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import apsw

from kiosk.store import audit
from kiosk.store.faults import translated
from kiosk.store.rows import moment

CHECKED = "store-checked"
SET_ASIDE = "file-set-aside"
TOLD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Health:
    """What the last looks found.

    Attributes:
        set_aside_at: when a damaged file was last set aside for this one, or None.
    """

    checked_at: datetime | None = None
    damaged: bool = False
    set_aside_at: datetime | None = None

    def was_set_aside(self, now: datetime) -> bool:
        """Say whether staff are still to be told of it."""
        return self.set_aside_at is not None and now - self.set_aside_at < TOLD_FOR


def read_health(connection: apsw.Connection) -> Health:
    """Read what the audit says."""
    checked, aside = audit.latest(connection, CHECKED), audit.latest(connection, SET_ASIDE)
    return Health(
        checked_at=moment(checked.at) if checked else None,
        damaged=checked is not None and checked.detail != "sound",
        set_aside_at=moment(aside.at) if aside else None,
    )


def doubt_path(path: Path) -> Path:
    """Return where the mark of a file stands."""
    return path.with_name(path.name + ".doubtful")


def mark_doubtful(path: Path) -> None:
    """Mark a file durably, so that the next start sets it aside."""
    with translated(path):
        descriptor = os.open(doubt_path(path), os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
