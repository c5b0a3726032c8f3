"""What a watch listens to.

Responsible for: the protocol between a watch's thread and the thing that knows.
Not responsible for: threads, or telling the same thing once only (`watch`).
"""

from typing import Final, Protocol

from kiosk.core.hardware import HeadphonesChanged, PowerChanged

Told = PowerChanged | HeadphonesChanged

NO_DESCRIPTOR: Final = -1


class Source(Protocol):
    """Know one thing of the surroundings; used by one thread only."""

    @property
    def period_s(self) -> float:
        """After how long to look again when nothing has woken the watch."""
        ...

    def open(self) -> None:
        """Get ready to look; blocks for two seconds at most.

        Raises:
            LinkAbsent: this machine does not offer it.
        """
        ...

    def descriptor(self) -> int:
        """Return what wakes the watch before its time; `NO_DESCRIPTOR` when nothing does."""
        ...

    def look(self) -> Told:
        """Return how it is now; blocks for two seconds at most.

        Raises:
            LinkLost: what knew it is gone.
        """
        ...

    def close(self) -> None:
        """Let go; may be called twice."""
        ...

    def unknown(self) -> Told:
        """Return what is so while nobody can tell."""
        ...
