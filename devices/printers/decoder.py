"""Tells apart what a receipt printer says.

Responsible for: turning bytes, split anywhere, into messages; flow control may stand inside any of them.
Not responsible for: what a message means for a ticket (`conversation`).

Theory: the printers' answers differ in fixed bits. ``0xx1xx10`` answers a real-time question; ``0xx1xx00``
begins the four bytes of the automatic status, of which the other three have bits 4 and 7 clear; ``0xx0xxxx``
alone answers a queued question; 35 37 3B 3D 53 5F begin a block that ends with 00. What fits none is junk,
and counted.
"""

from dataclasses import dataclass
from typing import Final

XON: Final = 0x11
XOFF: Final = 0x13
SORT_BITS: Final = 0x93
REAL_TIME: Final = 0x12
AUTOMATIC: Final = 0x10
QUEUED_BITS: Final = 0x90
BLOCK_HEADS: Final = frozenset(b"\x35\x37\x3b\x3d\x53\x5f")
BLOCK_END: Final = 0x00
LONGEST_BLOCK: Final = 96
AUTOMATIC_LENGTH: Final = 4
FIRST_PRINTABLE: Final = 0x20
COMPLETION_HEAD: Final = b"\x37\x22"
CLEARED_HEAD: Final = b"\x37\x25"


@dataclass(frozen=True, slots=True)
class FlowControl:
    """The printer asks to stop sending, or to go on."""

    stop: bool


@dataclass(frozen=True, slots=True)
class RealTimeStatus:
    """The answer to one real-time question; which one, it does not say."""

    bits: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """The four bytes that come by themselves when something changes."""

    octets: bytes


@dataclass(frozen=True, slots=True)
class QueuedStatus:
    """The answer to a question that stood in line behind the printing."""

    bits: int


@dataclass(frozen=True, slots=True)
class Completed:
    """Everything before this mark is on paper."""

    mark: bytes


@dataclass(frozen=True, slots=True)
class Cleared:
    """The printer has dropped all it had received, as it was told to."""


@dataclass(frozen=True, slots=True)
class Block:
    """Any other answer in block form, such as the printer's name; untrusted."""

    head: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Junk:
    """Bytes that no printer should send."""

    count: int


Message = FlowControl | RealTimeStatus | AutomaticStatus | QueuedStatus | Completed | Cleared | Block | Junk


class Decoder:
    """Collect bytes and give messages; bounded memory, never raises, whatever comes."""

    def __init__(self) -> None:
        self._partial = b""

    def feed(self, received: bytes) -> list[Message]:
        """Take bytes and return the messages that they complete."""
        found: list[Message] = []
        for byte in received:
            if byte in (XON, XOFF):
                found.append(FlowControl(stop=byte == XOFF))
            else:
                found.extend(self._take(byte))
        return found

    def _take(self, byte: int) -> list[Message]:
        if not self._partial:
            return self._begin(byte)
        if self._partial[0] in BLOCK_HEADS:
            return self._go_on_block(byte)
        return self._go_on_automatic(byte)

    def _begin(self, byte: int) -> list[Message]:
        if byte in BLOCK_HEADS or byte & SORT_BITS == AUTOMATIC:
            self._partial = bytes([byte])
            return []
        if byte & SORT_BITS == REAL_TIME:
            return [RealTimeStatus(byte)]
        if not byte & QUEUED_BITS:
            return [QueuedStatus(byte)]
        return [Junk(1)]

    def _go_on_automatic(self, byte: int) -> list[Message]:
        if byte & QUEUED_BITS:
            return self._give_up(byte)
        self._partial += bytes([byte])
        if len(self._partial) < AUTOMATIC_LENGTH:
            return []
        return [AutomaticStatus(self._finished())]

    def _go_on_block(self, byte: int) -> list[Message]:
        if byte == BLOCK_END:
            return [_block(self._finished())]
        if byte < FIRST_PRINTABLE or len(self._partial) >= LONGEST_BLOCK:
            return self._give_up(byte)
        self._partial += bytes([byte])
        return []

    def _give_up(self, byte: int) -> list[Message]:
        """Count what was begun as junk, and look at the byte afresh."""
        junk = Junk(len(self._finished()))
        return [junk, *self._begin(byte)]

    def _finished(self) -> bytes:
        whole, self._partial = self._partial, b""
        return whole


def _block(whole: bytes) -> Message:
    if whole.startswith(COMPLETION_HEAD):
        return Completed(whole[len(COMPLETION_HEAD) :])
    return Cleared() if whole == CLEARED_HEAD else Block(whole[0], whole[1:])
