"""The clock as the service needs it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tell the time; tests and rehearsals give one that they move themselves."""

    def now(self) -> datetime:
        """Return the wall-clock time as an aware UTC datetime."""
        ...

    def monotonic(self) -> float:
        """Return seconds that never go back."""
        ...
