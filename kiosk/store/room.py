"""Room on the disk: new cases are refused while there is still room to finish the old ones.

Responsible for: the floor of free space, and the ballast file that is let go when the disk is full.
Not responsible for: what the visitor is told (`kiosk.core.visit`).
"""

import os
from collections.abc import Callable
from pathlib import Path


class Room:
    """What is known of the room on the store's disk.

    Args:
        ballast: path of the ballast file.
        free_bytes: tells how much the disk has free now.
        floor_bytes: below this much free space no new case is admitted.
        ballast_bytes: size of the ballast; at least the largest size of the write-ahead log.
    """

    def __init__(
        self, ballast: Path, free_bytes: Callable[[], int], *, floor_bytes: int, ballast_bytes: int
    ) -> None:
        self._ballast = ballast
        self._free_bytes = free_bytes
        self._floor_bytes = floor_bytes
        self._ballast_bytes = ballast_bytes

    def admits_case(self, file_bytes: int = 0) -> bool:
        """Say whether a new case may be begun; never while the ballast is spent.

        What is attached is in the log and in the file for a while, so it counts twice.
        """
        return self._has_ballast() and self._free_bytes() >= self._floor_bytes + 2 * file_bytes

    def drop_ballast(self) -> bool:
        """Give the ballast's room to whoever must finish; False when it was already gone."""
        had = self._has_ballast()
        if self._ballast_bytes:
            self._ballast.unlink(missing_ok=True)
        return had and self._ballast_bytes > 0

    def take_ballast(self) -> None:
        """Lay the ballast down again, once there is room for it beside the floor."""
        if self._has_ballast() or self._free_bytes() < self._floor_bytes + 2 * self._ballast_bytes:
            return
        try:
            self._lay()
        except OSError:
            self._ballast.unlink(missing_ok=True)  # no room after all: cases stay refused until there is

    def _has_ballast(self) -> bool:
        return self._ballast_bytes == 0 or self._ballast.exists()

    def _lay(self) -> None:
        descriptor = os.open(self._ballast, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            os.posix_fallocate(descriptor, 0, self._ballast_bytes)
        finally:
            os.close(descriptor)
