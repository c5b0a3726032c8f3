"""The wire of a simulated scanner that types: a pipe with the kernel's input events in it.

Responsible for: the pipe under its name, unplugging and plugging in again.
Not responsible for: which events a letter makes (`keyboard`). A pipe is no input node: it cannot show that
the terminal takes a real one for itself alone.
"""

import contextlib
import os
from pathlib import Path
from typing import Final

from devices.simulators.keyboard import typed

NOTHING: Final = b""


class KeyWire:
    """A pipe under a name of its own.

    Args:
        path: where the pipe stands.
        layout: for which keyboard the scanner is set.
    """

    def __init__(self, path: Path, layout: str) -> None:
        self._path = path
        self._layout = layout
        self._pending = b""
        self._end = -1

    @property
    def is_plugged(self) -> bool:
        """Whether the device is on the bus."""
        return self._end >= 0

    @property
    def is_connected(self) -> bool:
        """A pipe does not know who listens: as soon as the device is on the bus."""
        return self.is_plugged

    @property
    def path(self) -> Path:
        """Where the pipe stands, or stood last."""
        return self._path

    @property
    def master(self) -> int:
        """Nothing ever comes: -1."""
        return -1

    def plug(self, path: Path | None = None) -> None:
        """Put the device on the bus, under another name if one is given."""
        self.unplug()
        self._path = path or self._path
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.new")
        fresh.unlink(missing_ok=True)
        os.mkfifo(fresh, 0o600)
        # Held open for reading too, so that it has a writer from the moment in which its name appears.
        self._end = os.open(fresh, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        fresh.replace(self._path)

    def unplug(self) -> None:
        """Pull the cable: the name goes, the reader's end ends, events on the way are gone."""
        end, self._end = self._end, -1
        self._pending = NOTHING
        if end >= 0:
            self._path.unlink(missing_ok=True)
            os.close(end)

    def read(self, now: float, room: int) -> bytes:  # noqa: ARG002 - a wire has one set of methods
        """Nobody speaks to a keyboard."""
        return NOTHING

    def write(self, payload: bytes) -> None:
        """Type a text."""
        if self.is_plugged:
            self._pending += typed(payload.decode("utf-8", "replace"), self._layout)

    def flush(self, now: float) -> bool:  # noqa: ARG002 - as read
        """Let the keys go that the pipe takes, and say whether more wait."""
        if self._pending and self.is_plugged:
            with contextlib.suppress(BlockingIOError):
                self._pending = self._pending[os.write(self._end, self._pending) :]
        return bool(self._pending)
