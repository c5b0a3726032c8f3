"""What is known of the file's health: when it was checked, and what was found.

Responsible for: the facts as the audit has them.
Not responsible for: looking at the file (`inspection`), or setting it aside (`setting_aside`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import apsw

from kiosk.store import audit
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
