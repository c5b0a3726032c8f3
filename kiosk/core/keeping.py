"""How well this terminal keeps its cases, as facts that staff and central are told.

Responsible for: when a case has waited too long, and when the file is due for its long check.
Not responsible for: looking (`kiosk.store`), the clockwork (`kiosk.keeping_watch`), or the words for staff.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from typing import Self

CHECK_EVERY = timedelta(hours=20)
CHECK_AT_LAST = timedelta(hours=72)
"""A facility that never closes, or is switched off at night, is checked by day in the end."""


RECEIPTS_FOR = timedelta(days=400)
"""A year, and the weeks in which somebody still asks about it; then nobody needs the terminal's own copy."""


class Late(StrEnum):
    """How long the oldest case that central does not have has been here, in the steps that raise an alarm."""

    NO = ""
    DAY = "24h"
    DAYS = "72h"


@dataclass(frozen=True, slots=True)
class Keeping:
    """What there is to see to.

    Attributes:
        unaccepted: cases that central does not have, waiting or parked.
        set_aside: a damaged database was set aside not long ago.
        damaged: rows that are not what was written were found, or the file itself is not.
    """

    unaccepted: int = 0
    parked: int = 0
    late: Late = Late.NO
    set_aside: bool = False
    damaged: bool = False


NOTHING_TO_SEE_TO = Keeping()


@dataclass(frozen=True, slots=True)
class ServicesInUse:
    """Which published version this terminal uses, when it was made, and when central was last asked."""

    version: int
    made_at: datetime
    checked_at: datetime

    def local(self, zone: tzinfo) -> Self:
        """Return the same with the times of a zone."""
        return replace(
            self, made_at=self.made_at.astimezone(zone), checked_at=self.checked_at.astimezone(zone)
        )


def lateness(since: datetime | None, now: datetime) -> Late:
    """Say which alarm holds for a case that central does not have since a moment, or for none."""
    if since is None or now - since < timedelta(hours=24):
        return Late.NO
    return Late.DAY if now - since < timedelta(hours=72) else Late.DAYS


def receipts_before(last_accepted: datetime | None) -> datetime | None:
    """Return before which moment a receipt is old, or None while there is none.

    Measured from the last acceptance, not from now: a clock that is years ahead must not empty the terminal,
    and central accepts nothing that is signed by such a clock.
    """
    return None if last_accepted is None else last_accepted - RECEIPTS_FOR


def check_is_due(last: datetime | None, now: datetime, *, is_open: bool) -> bool:
    """Say whether the whole file should be checked now: when the facility is closed, once a night."""
    if last is None or now < last:
        return not is_open
    return now - last >= (CHECK_AT_LAST if is_open else CHECK_EVERY)
