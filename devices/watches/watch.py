"""The thread that watches one thing of the surroundings.

Responsible for: telling each change once, telling that it is unknown as soon as nobody can tell any more, and
coming back by itself.
Not responsible for: how it is found out (one source for each way), or what follows from it (the service).
"""

import logging
from typing import Final

from devices.own_thread import OwnThread
from devices.watches.source import NO_DESCRIPTOR, Source, Told
from kiosk.core.hardware import PowerChanged
from kiosk.errors import LinkError
from kiosk.ports import DeviceSink

LOG: Final = logging.getLogger("devices.watches")
RETRY_S: Final = 0.5
LONGEST_RETRY_S: Final = 15.0
"""What is not there is looked for less and less often: most machines will never have it."""
STEP: Final = 5
"""Percent, or minutes, by which a battery must have moved to be told again: it trembles about one all day."""


def is_news(before: Told, now: Told) -> bool:
    """Say whether a fact is worth telling after another."""
    if not isinstance(before, PowerChanged) or not isinstance(now, PowerChanged):
        return before != now
    if (before.source, before.is_low) != (now.source, now.is_low):
        return True
    return _moved(before.charge, now.charge) or _moved(before.minutes_left, now.minutes_left)


def _moved(before: int, now: int) -> bool:
    return (before < 0) != (now < 0) or abs(now - before) >= STEP


class WatchThread:
    """A watch behind the port of the service; the thread starts at once.

    Args:
        name: what the service calls it.
        source: what knows; owned by the watch from now on.
        sink: takes every fact, on the watch's thread.
    """

    def __init__(self, name: str, source: Source, sink: DeviceSink) -> None:
        self._name = name
        self._source = source
        self._sink = sink
        self._told: Told = source.unknown()
        self._is_open = False
        self._retry_s = RETRY_S
        self._thread = OwnThread(name, self._turn, recover=self._lose, end=source.close)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the watch, and whether its source is there."""
        return f"WatchThread({self._name!r}, {'open' if self._is_open else 'absent'})"

    def close(self) -> None:
        """Stop the thread and let go of the source; may be called twice."""
        self._thread.stop()

    # --- on the thread ---

    def _turn(self) -> None:
        if not self._is_open and not self._open():
            self._thread.wait(self._retry_s)
            self._retry_s = min(2 * self._retry_s, LONGEST_RETRY_S)
            return
        try:
            self._tell(self._source.look())
        except LinkError as error:
            LOG.warning("watch.lost watch=%s code=%s", self._name, error.code)
            self._lose()
            return
        descriptor = self._source.descriptor()
        self._thread.wait(self._source.period_s, [] if descriptor == NO_DESCRIPTOR else [descriptor])

    def _open(self) -> bool:
        try:
            self._source.open()
        except LinkError:  # most machines have no battery and no socket: that is nothing to complain of
            return False
        self._is_open = True
        self._retry_s = RETRY_S
        LOG.info("watch.found watch=%s", self._name)
        return True

    def _lose(self) -> None:
        self._is_open = False
        self._source.close()
        self._tell(self._source.unknown())

    def _tell(self, fact: Told) -> None:
        if is_news(self._told, fact):
            self._told = fact
            self._sink(fact)
