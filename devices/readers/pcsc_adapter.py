"""The thread that owns a PC/SC reader.

Responsible for: one fact for each card laid down while somebody asked for one, and a reader that comes back
by itself after it was unplugged or ``pcscd`` was restarted.
Not responsible for: what a card's answer means (`chip`), or secrecy (`outcome`).
"""

import logging
from typing import Final, Protocol

from devices.links.pcsc import Noticed
from devices.own_thread import OwnThread
from devices.readers.chip import ASK_NUMBER, chip_number
from devices.readers.outcome import card_outcome
from kiosk.core.hardware import CardPurpose, Condition, DeviceStatus, Reason
from kiosk.errors import LinkError
from kiosk.ports import DeviceSink

LOG: Final = logging.getLogger("devices.readers")
RETRY_S: Final = 0.2
LONGEST_WAIT_S: Final = 1.0


class CardLine(Protocol):
    """The way to a reader of chip cards."""

    def open(self) -> None:
        """Find the reader, or raise LinkAbsent."""
        ...

    def wait(self, timeout_s: float) -> Noticed | None:
        """Wait for something new, or raise LinkLost."""
        ...

    def ask(self, question: bytes) -> bytes:
        """Return a card's answer; empty when there is none."""
        ...

    def interrupt(self) -> None:
        """End a wait under way."""
        ...

    def close(self) -> None:
        """Let go."""
        ...


class PcscAdapter:
    """A chip card reader behind the port of the service; the thread starts at once.

    Args:
        name: what the service calls the reader.
        line: the way to it; owned by the adapter from now on.
        kind: what its cards are called in facts.
        site_key: secret of the site, for tokens.
        sink: takes every fact, on the adapter's thread.
    """

    def __init__(self, name: str, line: CardLine, *, kind: str, site_key: bytes, sink: DeviceSink) -> None:
        self._name = name
        self._line = line
        self._kind = kind
        self._site_key = site_key
        self._sink = sink
        self._purpose: CardPurpose | None = None
        self._noticed: Noticed | None = None
        self._status = DeviceStatus(name, Condition.OPENING)
        self._is_open = False
        self._thread = OwnThread(name, self._turn, recover=self._lose, end=line.close)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the device and its condition."""
        return f"PcscAdapter({self._name!r}, {self._status.condition.value})"

    def arm(self, purpose: CardPurpose) -> None:
        """From now on a card laid down is told through the sink."""
        self._purpose = purpose

    def disarm(self) -> None:
        """From now on cards are dropped."""
        self._purpose = None

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        return self._status

    def close(self) -> None:
        """Stop the thread and let go of the reader; may be called twice."""
        self._line.interrupt()
        self._thread.stop()

    # --- on the thread ---

    def _turn(self) -> None:
        if not self._is_open and not self._open():
            self._thread.wait(RETRY_S)
            return
        try:
            noticed = self._line.wait(LONGEST_WAIT_S)
        except LinkError as error:
            LOG.warning("reader.lost device=%s code=%s", self._name, error.code)
            self._lose()
            return
        if noticed is not None:
            self._follow(noticed)

    def _follow(self, noticed: Noticed) -> None:
        """Tell a card that was just laid down; one that lay there when the reader was found counts as old."""
        before, self._noticed = self._noticed, noticed
        is_new = before is not None and (not before.has_card or noticed.count - before.count > 1)
        purpose = self._purpose
        if noticed.has_card and is_new and purpose is not None:
            reading = chip_number(self._line.ask(ASK_NUMBER))
            self._sink(card_outcome(reading, self._name, self._kind, self._site_key, purpose=purpose))

    def _open(self) -> bool:
        try:
            self._line.open()
        except LinkError:
            self._show(Condition.ABSENT, Reason.LINK_LOST)
            return False
        self._noticed = None
        self._is_open = True
        LOG.info("reader.ready device=%s", self._name)
        self._show(Condition.READY, Reason.NONE)
        return True

    def _lose(self) -> None:
        self._is_open = False
        self._line.close()
        self._show(Condition.ABSENT, Reason.LINK_LOST)

    def _show(self, condition: Condition, reason: Reason) -> None:
        status = DeviceStatus(self._name, condition, reason)
        if status != self._status:
            self._status = status
            self._sink(status)
