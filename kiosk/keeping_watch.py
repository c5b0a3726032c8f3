"""The watch over what this terminal keeps, on its own thread: alarms for what waits, and the nightly check.

Responsible for: looking now and then, logging what changed, telling who must act, and having old receipts
forgotten after the check.
Not responsible for: the rules (`kiosk.core.keeping`), the looking itself (`kiosk.store`).
"""

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from kiosk.core.keeping import Keeping, check_is_due
from kiosk.errors import StoreDamaged, StoreError
from kiosk.logs import Log
from kiosk.ports import Clock

LOOK_EVERY_S = 60.0


class Kept(Protocol):
    """What is watched; every call blocks."""

    def keeping(self, now: datetime) -> Keeping:
        """Return what there is to see to."""
        ...

    def last_check(self) -> datetime | None:
        """Return when the whole file was last checked."""
        ...

    def check(self, at: datetime) -> bool:
        """Check the whole file; False when it must be set aside."""
        ...

    def forget_receipts(self, at: datetime) -> int:
        """Delete what is left of cases that central has had for long; return how many."""
        ...


class KeepingWatch:
    """Look until closed.

    Args:
        kept: the store.
        clock: tells the time.
        is_open: says whether visitors are expected now.
        damaged: called when the file must be set aside, which is done at the next start.
        log: takes events.
    """

    def __init__(
        self,
        kept: Kept,
        clock: Clock,
        *,
        is_open: Callable[[datetime], bool],
        damaged: Callable[[], None],
        log: Log,
    ) -> None:
        self._kept = kept
        self._clock = clock
        self._is_open = is_open
        self._damaged = damaged
        self._log = log
        self._told = Keeping()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="keeping-watch", daemon=True)

    def start(self) -> None:
        """Begin to look; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """Stop; waits for a check under way. May be called twice."""
        self._closing.set()
        if self._thread.is_alive():
            self._thread.join()

    def look(self) -> None:
        """Look once."""
        now = self._clock.now()
        try:
            self._tell(self._kept.keeping(now))
            if check_is_due(self._kept.last_check(), now, is_open=self._is_open(now)):
                self._check(now)
        except StoreDamaged as problem:
            self._log("keeping.failed", code=problem.code)
            self._damaged()
        except StoreError as problem:
            self._log("keeping.failed", code=problem.code)

    def _run(self) -> None:
        while not self._closing.wait(LOOK_EVERY_S):
            self.look()

    def _tell(self, keeping: Keeping) -> None:
        if keeping.late != self._told.late:
            self._log("outbox.late", alarm=str(keeping.late), unaccepted=keeping.unaccepted)
        if keeping.damaged != self._told.damaged:
            self._log("store.damaged", damaged=keeping.damaged)
        self._told = keeping

    def _check(self, now: datetime) -> None:
        usable = self._kept.check(now)
        self._log("store.checked", sound=not self._kept.keeping(now).damaged, usable=usable)
        if not usable:
            self._damaged()
        elif forgotten := self._kept.forget_receipts(now):
            self._log("store.receipts-forgotten", count=forgotten)
