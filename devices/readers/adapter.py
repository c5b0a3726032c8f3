"""The thread that owns a card reader.

Responsible for: cards told only while somebody asked for one, and a reader that comes back by itself after it
was unplugged.
Not responsible for: frames (one codec for each kind), secrecy (`outcome`), or what a card is good
for (the service).
"""

import logging
from collections.abc import Callable
from typing import Final

from devices.links.descriptor import read_into
from devices.links.link import READ_CHUNK, Link
from devices.own_thread import OwnThread
from devices.readers.codec import BadFrame, CardNumber, Fault, ReaderCodec, Reading
from devices.readers.outcome import card_outcome
from devices.readers.presence import Presence, seen
from kiosk.core.hardware import CardPurpose, Condition, DeviceStatus, Reason
from kiosk.errors import LinkError
from kiosk.ports import Clock, DeviceSink

LOG: Final = logging.getLogger("devices.readers")
RETRY_S: Final = 0.2
QUIET_S: Final = 0.1
"""So long without a byte, and a frame that has not ended by now never will."""
BAD_PAUSE_S: Final = 1.0
"""Noise on a line is one bad card, not a thousand."""


class ReaderAdapter:
    """A card reader behind the port of the service; the thread starts at once.

    Args:
        name: what the service calls the reader.
        link: how its bytes come; owned by the adapter from now on.
        codec: makes a fresh codec for each opening of the link.
        kind: what its cards are called in facts, for instance ``badge``.
        clock: real time, for how long a card lies there.
        site_key: secret of the site, for tokens.
        sink: takes every fact, on the adapter's thread.
    """

    def __init__(
        self,
        name: str,
        link: Link,
        codec: Callable[[], ReaderCodec],
        *,
        kind: str,
        clock: Clock,
        site_key: bytes,
        sink: DeviceSink,
    ) -> None:
        self._name = name
        self._link = link
        self._make_codec = codec
        self._codec = codec()
        self._kind = kind
        self._clock = clock
        self._site_key = site_key
        self._sink = sink
        self._purpose: CardPurpose | None = None
        self._presence = Presence()
        self._room = bytearray(READ_CHUNK)
        self._bad = Fault.UNREADABLE
        self._bad_at = -BAD_PAUSE_S
        self._status = DeviceStatus(name, Condition.OPENING)
        self._is_open = False
        self._is_expecting = False
        self._thread = OwnThread(name, self._turn, recover=self._lose, end=link.close)
        self._thread.start()

    def __repr__(self) -> str:
        """Show the device and its condition."""
        return f"ReaderAdapter({self._name!r}, {self._status.condition.value})"

    def arm(self, purpose: CardPurpose) -> None:
        """From now on a presented card is told through the sink."""
        self._purpose = purpose

    def disarm(self) -> None:
        """From now on presented cards are dropped."""
        self._purpose = None

    def status(self) -> DeviceStatus:
        """Return the last known condition."""
        return self._status

    def close(self) -> None:
        """Stop the thread and let go of the reader; may be called twice."""
        self._thread.stop()

    # --- on the thread ---

    def _turn(self) -> None:
        if not self._is_open and not self._open():
            self._thread.wait(RETRY_S)
            return
        was_expecting = self._is_expecting
        ready, _ = self._thread.wait(QUIET_S if was_expecting else None, [self._link.fileno()])
        if ready:
            self._listen()
        elif was_expecting:
            self._is_expecting = False
            self._take_all(self._codec.quiet())

    def _listen(self) -> None:
        try:
            count = read_into(self._link.fileno(), self._room, self._link.address)
        except LinkError as error:
            LOG.warning("reader.lost device=%s code=%s", self._name, error.code)
            self._lose()
            return
        self._is_expecting = True
        received = memoryview(self._room)[:count]
        readings = self._codec.feed(received)
        received[:] = bytes(count)  # before anybody is told: what they do then may take its time
        self._take_all(readings)

    def _open(self) -> bool:
        try:
            self._link.open()
        except LinkError:
            self._show(Condition.ABSENT, Reason.LINK_LOST)
            return False
        self._codec = self._make_codec()
        self._is_expecting = False
        self._is_open = True
        LOG.info("reader.ready device=%s", self._name)
        self._show(Condition.READY, Reason.NONE)
        return True

    def _lose(self) -> None:
        self._is_open = False
        self._link.close()
        self._show(Condition.ABSENT, Reason.LINK_LOST)

    def _show(self, condition: Condition, reason: Reason) -> None:
        status = DeviceStatus(self._name, condition, reason)
        if status != self._status:
            self._status = status
            self._sink(status)

    def _take_all(self, readings: list[Reading]) -> None:
        for reading in readings:
            self._take(reading)

    def _take(self, reading: Reading) -> None:
        """Follow the card that lies there at all times; tell it only if it was laid down when asked for."""
        now = self._clock.monotonic()
        match reading:
            case CardNumber(digits):
                self._presence, is_new = seen(self._presence, digits, now)
            case BadFrame(fault):
                # A bank card is told even right after a bad swipe: the visitor must put it away.
                is_worse = fault is Fault.PAYMENT_CARD and self._bad is not Fault.PAYMENT_CARD
                is_new = is_worse or now - self._bad_at >= BAD_PAUSE_S
                self._bad, self._bad_at = fault, now
        purpose = self._purpose
        if is_new and purpose is not None:
            self._sink(card_outcome(reading, self._name, self._kind, self._site_key, purpose=purpose))
