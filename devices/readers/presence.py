"""One card on the reader is one event, however often the reader repeats it.

Responsible for: telling a new card from the one that still lies there.
Not responsible for: who asked for cards (`adapter`).
"""

from dataclasses import dataclass, field, replace
from typing import Final

GONE_AFTER_S: Final = 0.3


@dataclass(frozen=True, slots=True)
class Presence:
    """The card that lies on the reader, as far as frames show it."""

    digits: str = field(default="", repr=False)
    seen_at: float = -GONE_AFTER_S


def seen(presence: Presence, digits: str, now: float) -> tuple[Presence, bool]:
    """Take a frame; True when this card was just laid down."""
    still_there = digits == presence.digits and now - presence.seen_at < GONE_AFTER_S
    return replace(presence, digits=digits, seen_at=now), not still_there
