"""The thread that owns one device.

Responsible for: turns one after another until somebody says stop, a wait that can be cut short, and going on
after a bug.
Not responsible for: what a turn does (each adapter), or how a device is opened.
"""

import logging
import os
import select
import threading
from collections.abc import Callable, Iterable
from typing import Final

LOG: Final = logging.getLogger("devices.thread")
AFTER_A_BUG_S: Final = 1.0
CLOSE_S: Final = 3.0
"""So long a stop waits for the turn under way."""
WAKE_BYTES: Final = 4096


class OwnThread:
    """The thread of one device; its adapter starts it as the last thing when it is made.

    Args:
        name: what the service calls the device.
        turn: one turn: wait for something with `wait`, then do it.
        recover: lets go of the device after a bug in a turn; the next turn finds it closed.
        end: lets go for good, on the thread, after the last turn.
    """

    def __init__(
        self,
        name: str,
        turn: Callable[[], object],
        *,
        recover: Callable[[], object],
        end: Callable[[], object],
    ) -> None:
        self._name = name
        self._turn = turn
        self._recover = recover
        self._end = end
        self._stopping = threading.Event()
        self._gate = threading.Lock()
        self._has_ended = False
        self._wake_read, self._wake_write = os.pipe2(os.O_CLOEXEC)
        self._thread = threading.Thread(target=self._run, name=f"device-{name}", daemon=True)

    def start(self) -> None:
        """Begin with the turns."""
        self._thread.start()

    def hand_over(self, leave: Callable[[], object]) -> bool:
        """Leave something for the thread and wake it; False, with nothing left, if it has ended."""
        with self._gate:
            if self._has_ended:
                return False
            leave()
            os.write(self._wake_write, b"!")
            return True

    def stop(self) -> None:
        """End the turns and wait until the device is let go of; may be called twice, and by a turn itself."""
        self.hand_over(self._stopping.set)
        if threading.current_thread() is not self._thread:
            self._thread.join(CLOSE_S)

    # --- on the thread ---

    def wait(
        self, seconds: float | None, readers: Iterable[int] = (), writers: Iterable[int] = ()
    ) -> tuple[list[int], list[int]]:
        """Wait for a descriptor, for somebody who wakes the thread, or for so many seconds; None: for ever.

        Returns:
            Those to read from and those to write to.
        """
        ready, writable, _ = select.select([self._wake_read, *readers], writers, [], seconds)
        if self._wake_read in ready:
            os.read(self._wake_read, WAKE_BYTES)
            ready.remove(self._wake_read)
        return ready, writable

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not self._is_done(self._turn):
                self._is_done(self._recover)  # it tells others too, who may have been the bug
                self._stopping.wait(AFTER_A_BUG_S)
        with self._gate:
            self._has_ended = True
            os.close(self._wake_read)
            os.close(self._wake_write)
        self._end()

    def _is_done(self, step: Callable[[], object]) -> bool:
        """Do something; False after a bug in it, which the log has."""
        try:
            step()
        except Exception:  # worker boundary: a bug here must not take the device away for good
            LOG.exception("device.bug device=%s", self._name)
            return False
        return True
