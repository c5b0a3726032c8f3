"""What every reader codec gives, whatever the reader sends.

Responsible for: the values that come out of bytes.
Not responsible for: framing (one file for each kind), presence, policy or secrecy (`presence`, `refusal`,
`adapter`).
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Fault(StrEnum):
    """Why something that was presented gives no number."""

    UNREADABLE = "unreadable"
    TRUNCATED = "truncated"
    RANDOM = "random-number"
    PAYMENT_CARD = "payment-card"


@dataclass(frozen=True, slots=True)
class CardNumber:
    """A number that a reader read whole and, where frames allow it, checked; never shown, never logged."""

    digits: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class BadFrame:
    """Something came that gives no number; what it was is not kept, only why."""

    fault: Fault = Fault.UNREADABLE


Reading = CardNumber | BadFrame

Octets = bytes | bytearray | memoryview
"""Bytes as they come; where they lie in a buffer of the caller's, no codec keeps them or copies them out."""


class ReaderCodec(Protocol):
    """Turn bytes into readings; no clock, no port, bounded memory, never raises."""

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes, split anywhere, and return what they complete."""
        ...

    def quiet(self) -> list[Reading]:
        """Take that the line has been quiet for `QUIET_S`: what is unfinished by now stays unfinished."""
        ...
