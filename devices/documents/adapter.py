"""The thread that owns the document scanner.

Responsible for: one page at a time, only the one that was asked for last; finding the scanner, and knowing
that it went.
Not responsible for: what scanimage says (`scanimage`), the bounds of a run (`running`), or who asked.

Nothing of a page stays here: it is made in memory, told, and let go of.
"""

import logging
import threading
from collections.abc import Sequence
from typing import Final

from devices.documents.page import PageTooLarge, page_of
from devices.documents.pnm import NotAPicture, raster_of
from devices.documents.running import Bounds, End, Ran, run
from devices.documents.scanimage import (
    Listed,
    ScannerAsked,
    chosen,
    fault_in,
    listed,
    words_to_list,
    words_to_scan,
)
from devices.own_thread import OwnThread
from kiosk.core.hardware import Condition, DeviceStatus, Reason
from kiosk.core.scans import PageNotScanned, PageScanned, ScanFault, ScanOutcome
from kiosk.errors import LinkError
from kiosk.ports import Clock, DeviceSink

LOG: Final = logging.getLogger("devices.documents")
PAGE_S: Final = 60.0
"""A slow flatbed needs 25 seconds for a page of 200 dots an inch, after half a minute for its lamp."""
MOST_BYTES: Final = 32 * 1024 * 1024
"""Of what scanimage sends: A4 in colours at 200 dots an inch has 11.6 MB."""
PAGE: Final = Bounds(PAGE_S, MOST_BYTES)
LIST: Final = Bounds(20.0, 64 * 1024)
LOOK_S: Final = 60.0
"""So often it is looked whether the scanner is there; whoever asks for a page has it looked for at once."""
NOBODY: Final = ""
"""Asks while no page is wanted."""
_STATUSES: Final = {
    ScanFault.ABSENT: (Condition.ABSENT, Reason.LINK_LOST),
    ScanFault.LOST: (Condition.ABSENT, Reason.LINK_LOST),
    ScanFault.BUSY: (Condition.BUSY, Reason.NONE),
    ScanFault.LID_OPEN: (Condition.BLOCKED, Reason.COVER_OPEN),
    ScanFault.JAM: (Condition.BLOCKED, Reason.JAM),
    ScanFault.NO_PAGE: (Condition.READY, Reason.NONE),
    ScanFault.TOO_SLOW: (Condition.FAULT, Reason.STALLED),
    ScanFault.TOO_LARGE: (Condition.FAULT, Reason.GARBAGE),
    ScanFault.GARBAGE: (Condition.FAULT, Reason.GARBAGE),
    ScanFault.REFUSED: (Condition.FAULT, Reason.UNRECOVERABLE),
}


class DocumentScannerAdapter:
    """A document scanner behind the port of the service; the thread starts at once.

    Args:
        name: what the service calls it.
        asked: what settings say of it.
        clock: real time, for the bounds.
        sink: takes every fact, on the adapter's thread.
        page: how long a page may take, and how much may come of it.
    """

    def __init__(
        self,
        name: str,
        asked: ScannerAsked,
        *,
        clock: Clock,
        sink: DeviceSink,
        page: Bounds = PAGE,
    ) -> None:
        self._name = name
        self._asked = asked
        self._clock = clock
        self._sink = sink
        self._page = page
        self._gate = threading.Lock()
        self._wanted: str | None = NOBODY
        self._there: Listed | None = None
        self._look_at_s = 0.0
        self._status = DeviceStatus(name, Condition.OPENING)
        self._thread = OwnThread(name, self._turn, recover=self._lose, end=lambda: None)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the device and its condition."""
        return f"DocumentScannerAdapter({self._name!r}, {self._status.condition.value})"

    def scan(self, request: str) -> None:
        """Read the page that lies there; a page that was asked for before is not told any more."""
        self._thread.hand_over(lambda: self._want(request))

    def cancel(self) -> None:
        """Stop; nothing is told of the page being read."""
        self._thread.hand_over(lambda: self._want(NOBODY))

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        return self._status

    def close(self) -> None:
        """Stop the thread and let go of the scanner; may be called twice."""
        self._want(None)
        self._thread.stop()

    def _want(self, request: str | None) -> str | None:
        """Want another page, or none; return what was wanted before."""
        with self._gate:
            before, self._wanted = self._wanted, request
            return before

    def _is_taken(self, request: str) -> bool:
        """End a request that is still the wanted one; False where another was made meanwhile, which stays."""
        with self._gate:
            if self._wanted != request:
                return False
            self._wanted = NOBODY
            return True

    # --- on the thread ---

    def _turn(self) -> None:
        request = self._wanted
        if request:
            self._scan(request)
            return
        left = self._look_at_s - self._clock.monotonic()
        if left > 0:
            self._thread.wait(left)
        elif self._find(NOBODY):
            self._show_found()

    def _show_found(self) -> None:
        if self._there is None:
            self._show(Condition.ABSENT, Reason.LINK_LOST)
        elif self._status.condition in (Condition.ABSENT, Condition.OPENING):
            self._show(Condition.READY, Reason.NONE)

    def _find(self, request: str) -> bool:
        """Look which scanners there are; False where something else was wanted before the end."""
        ran = self._run(words_to_list(self._asked), LIST, request)
        if ran is not None and ran.end is End.DROPPED:
            return False
        told = bytes(ran.output).decode("utf-8", "replace") if ran is not None else ""
        self._there = chosen(self._asked, listed(told))
        self._look_at_s = self._clock.monotonic() + LOOK_S
        return True

    def _run(self, words: Sequence[str], bounds: Bounds, request: str) -> Ran | None:
        """Run scanimage while the request is still the wanted one; None where there is no scanimage."""
        try:
            return run(
                words,
                bounds,
                now=self._clock.monotonic,
                wait=lambda seconds, readers: self._thread.wait(seconds, readers)[0],
                is_wanted=lambda: self._wanted == request,
            )
        except LinkError as error:
            if self._status.condition is not Condition.ABSENT:
                LOG.warning("scan.no-program device=%s code=%s", self._name, error.code)
            return None

    def _scan(self, request: str) -> None:
        outcome = self._outcome(request)
        if not self._is_taken(request):
            LOG.info("scan.dropped device=%s", self._name)
            return
        match outcome:
            case PageScanned():
                self._show(Condition.READY, Reason.NONE)
            case PageNotScanned(_, fault):
                LOG.warning("scan.failed device=%s fault=%s", self._name, fault.value)
                self._show(*_STATUSES[fault])
                if fault in (ScanFault.ABSENT, ScanFault.LOST):
                    self._look_at_s = 0.0
        self._sink(outcome)

    def _outcome(self, request: str) -> ScanOutcome:
        """Read a page; a scanner that has another name since it was plugged in again is found by it."""
        fault: ScanOutcome = PageNotScanned(request, ScanFault.ABSENT)
        outcome = self._page_from(self._there, request) if self._there else fault
        known = self._there
        if outcome == fault and self._find(request) and self._there not in (None, known):
            outcome = self._page_from(self._there, request)
        return outcome

    def _page_from(self, there: Listed | None, request: str) -> ScanOutcome:
        words = words_to_scan(self._asked, there.name if there else "")
        ran = self._run(words, self._page, request)
        return _read(request, ran) if ran is not None else PageNotScanned(request, ScanFault.ABSENT)

    def _lose(self) -> None:
        request = self._want(NOBODY)
        self._there = None
        self._show(Condition.FAULT, Reason.UNRECOVERABLE)
        if request:
            self._sink(PageNotScanned(request, ScanFault.GARBAGE))

    def _show(self, condition: Condition, reason: Reason) -> None:
        status = DeviceStatus(self._name, condition, reason)
        if status != self._status:
            self._status = status
            self._sink(status)


def _read(request: str, ran: Ran) -> ScanOutcome:
    """Say what came of a run; a picture is believed only where nothing speaks against it."""
    if ran.end in (End.LATE, End.LARGE):
        late = ran.end is End.LATE
        return PageNotScanned(request, ScanFault.TOO_SLOW if late else ScanFault.TOO_LARGE)
    fault = fault_in(ran.told)
    if fault is not None:
        return PageNotScanned(request, fault)
    try:
        return PageScanned(request, page_of(raster_of(ran.output)))
    except NotAPicture as problem:
        is_lost = problem.is_short or ran.code != 0
        return PageNotScanned(request, ScanFault.LOST if is_lost else ScanFault.GARBAGE)
    except PageTooLarge:
        return PageNotScanned(request, ScanFault.TOO_LARGE)
