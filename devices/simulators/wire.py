"""The wire of a simulated device: a pseudo-terminal that can be pulled out.

Responsible for: the terminal pair, the link that names it, its speed, unplugging and plugging in again.
Not responsible for: what the bytes mean. One thread owns a wire: only the owner of the master may close it,
or the line does not hang up for the program at the other end.
"""

import os
import tty
from pathlib import Path
from typing import Final, Protocol

BITS_PER_BYTE: Final = 10
LARGEST_READ: Final = 4096
SHORTEST_BURST_S: Final = 0.02


class Throttle:
    """Count how many bytes a line of some speed may have moved by now.

    Args:
        bytes_per_s: the speed; 0 means as quick as can be.
    """

    def __init__(self, bytes_per_s: float) -> None:
        self._rate = bytes_per_s
        self._allowance = 0.0
        self._at = 0.0

    def allowed(self, now: float) -> int:
        """Return how many bytes may move at this moment; at most a short burst is saved up."""
        if not self._rate:
            return LARGEST_READ
        passed = max(0.0, now - self._at)
        self._at = now
        most = max(1.0, self._rate * SHORTEST_BURST_S)
        self._allowance = min(most, self._allowance + passed * self._rate)
        return min(LARGEST_READ, int(self._allowance))

    def took(self, count: int) -> None:
        """Say how many bytes did move."""
        if self._rate:
            self._allowance -= count


class Wire(Protocol):
    """What a simulated device needs of its wire; one thread owns it."""

    @property
    def is_plugged(self) -> bool:
        """Whether the device can be reached."""
        ...

    @property
    def is_connected(self) -> bool:
        """Whether somebody is at the other end, as far as the device can know."""
        ...

    @property
    def path(self) -> Path:
        """Where the device is, or was last."""
        ...

    @property
    def master(self) -> int:
        """The device's end, to wait on; -1 while unplugged."""
        ...

    def plug(self, path: Path | None = None) -> None:
        """Let the device be reached, at another place if one is given."""
        ...

    def unplug(self) -> None:
        """Take the device away."""
        ...

    def read(self, now: float, room: int) -> bytes:
        """Take what has come by now, at most `room` bytes."""
        ...

    def write(self, payload: bytes) -> None:
        """Queue bytes."""
        ...

    def flush(self, now: float) -> bool:
        """Send what may leave by now, and say whether more waits."""
        ...


class PtyWire:
    """A pseudo-terminal under a name of its own.

    Args:
        path: where the link to the terminal stands.
        baud: bits per second in each direction; 0 for no limit.
    """

    def __init__(self, path: Path, baud: int) -> None:
        self._path = path
        self._inward = Throttle(baud / BITS_PER_BYTE)
        self._outward = Throttle(baud / BITS_PER_BYTE)
        self._pending = b""
        self._master = -1
        self._slave = -1

    @property
    def is_plugged(self) -> bool:
        """Whether the device is on the bus."""
        return self._master >= 0

    @property
    def is_connected(self) -> bool:
        """A line does not know who listens: as soon as the device is on the bus."""
        return self.is_plugged

    @property
    def path(self) -> Path:
        """Where the link stands, or stood last."""
        return self._path

    @property
    def master(self) -> int:
        """The device's end, to wait on; -1 while unplugged."""
        return self._master

    def plug(self, path: Path | None = None) -> None:
        """Put the device on the bus, under another name if one is given."""
        self.unplug()
        self._path = path or self._path
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        os.set_blocking(self._master, False)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{self._path.name}.new")
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(os.ttyname(self._slave))
        fresh.replace(self._path)

    def unplug(self) -> None:
        """Pull the cable: the name goes, the line hangs up, bytes on the way are gone."""
        if self.is_plugged:
            self._path.unlink(missing_ok=True)
            os.close(self._slave)
            os.close(self._master)
        self._master = self._slave = -1
        self._pending = b""

    def read(self, now: float, room: int) -> bytes:
        """Take what the line has brought by now, at most `room` bytes."""
        count = min(room, self._inward.allowed(now))
        if not self.is_plugged or count <= 0:
            return b""
        try:
            came = os.read(self._master, count)
        except OSError:  # nothing there, or nobody at the other end: the same for a device
            return b""
        self._inward.took(len(came))
        return came

    def write(self, payload: bytes) -> None:
        """Queue bytes; they leave at the speed of the line."""
        if self.is_plugged:
            self._pending += payload

    def flush(self, now: float) -> bool:
        """Send what may leave by now, and say whether more waits."""
        count = self._outward.allowed(now)
        if self._pending and count > 0 and self.is_plugged:
            try:
                sent = os.write(self._master, self._pending[:count])
            except OSError:  # nobody reads: a serial device does not notice, its bytes are gone
                sent = len(self._pending)
            self._outward.took(sent)
            self._pending = self._pending[sent:]
        return bool(self._pending)
