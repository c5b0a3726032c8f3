"""Asking central which cases were erased there, so that a terminal which still has one deletes it too.

Responsible for: since when to ask, and asking on until the list is at its end.
Not responsible for: deleting (`kiosk.store`), or when to ask (`pacing`).

A mark is made after its case, so marks older than the oldest case that is still here concern nobody: a
terminal needs no memory of what it asked, and one that was away for weeks asks for weeks.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from kiosk.core.case import CaseId
from kiosk.ports import Central, Outbox

MARGIN = timedelta(days=1)
"""Clocks are wrong now and then, and central's processes do not write in the order of their clocks."""


class Forgetting:
    """Ask and delete; one thread at a time."""

    def __init__(self) -> None:
        self._seen_until: datetime | None = None

    def pull(self, central: Central, outbox: Outbox, at: datetime) -> Sequence[CaseId] | None:
        """Delete what was erased at central; returns whose cases, or None when there was nothing to ask for.

        Raises:
            CentralError: no agreed answer came.
            StoreError: the disk failed; it is asked for again.
        """
        oldest = outbox.depth().unaccepted_since
        if oldest is None:
            return None
        since = max(oldest, self._seen_until or oldest) - MARGIN
        gone: list[CaseId] = []
        while True:
            marks, goes_on = central.tombstones(since)
            gone += outbox.erase(marks, at)
            latest = max((mark.made_at for mark in marks), default=since)
            if not goes_on or latest <= since:
                break
            since = latest
        self._seen_until = max(latest, since)
        return gone
