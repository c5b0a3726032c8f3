"""The clocks: the system's, and one that a rehearsal moves by hand.

Responsible for: implementing `kiosk.ports.Clock`; the only place that asks the system for the time.
Not responsible for: time zones (the conductor makes times local).
"""

import threading
import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """The machine's own clock; any thread."""

    def now(self) -> datetime:
        """Return the wall-clock time as an aware UTC datetime."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        return time.monotonic()


class MovedClock:
    """A clock that a rehearsal moves; any thread.

    Args:
        start: UTC; what it says first.
        runs: it also goes by itself, as in a demonstration; otherwise it stands still until it is moved.
    """

    def __init__(self, start: datetime, *, runs: bool = False) -> None:
        self._start = start
        self._since = time.monotonic() if runs else None
        self._moved_s = 0.0
        self._lock = threading.Lock()

    def move(self, seconds: float) -> None:
        """Let time go by."""
        with self._lock:
            self._moved_s += seconds

    def now(self) -> datetime:
        """Return the time it was started with, and what went by since."""
        return self._start + timedelta(seconds=self.monotonic())

    def monotonic(self) -> float:
        """Return the seconds that went by."""
        ran_s = 0.0 if self._since is None else time.monotonic() - self._since
        with self._lock:
            return self._moved_s + ran_s
