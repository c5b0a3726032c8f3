"""The wire of a simulated network device: a TCP port on this machine that can go away.

Responsible for: one caller at a time, the speed of the line, unplugging and plugging in again.
Not responsible for: what the bytes mean.
"""

import socket
from pathlib import Path
from typing import Final

from devices.simulators.wire import BITS_PER_BYTE, Throttle

HOST: Final = "127.0.0.1"
NOTHING: Final = b""


class TcpWire:
    """A port on the loopback address, as a network printer's port 9100.

    Args:
        port: number of the port; the same after plugging in again.
        baud: bits per second in each direction, as if a line stood behind the port; 0 for no limit.
    """

    def __init__(self, port: int, baud: int) -> None:
        self._port = port
        self._inward = Throttle(baud / BITS_PER_BYTE)
        self._outward = Throttle(baud / BITS_PER_BYTE)
        self._pending = b""
        self._listener: socket.socket | None = None
        self._caller: socket.socket | None = None

    @property
    def is_plugged(self) -> bool:
        """Whether the device is on the network."""
        return self._listener is not None

    @property
    def is_connected(self) -> bool:
        """Whether a caller was answered."""
        return self._caller is not None

    @property
    def path(self) -> Path:
        """Where the device is: its address."""
        return Path(f"tcp:{HOST}:{self._port}")

    @property
    def master(self) -> int:
        """What to wait on: the caller, or the port while there is none; -1 while unplugged."""
        waiting = self._caller or self._listener
        return waiting.fileno() if waiting else -1

    def plug(self, path: Path | None = None) -> None:
        """Put the device on the network, under another port if one is given."""
        self.unplug()
        self._port = int(path.name) if path else self._port
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, self._port))
        listener.listen(1)
        listener.setblocking(False)  # noqa: FBT003 - the system's own signature
        self._listener = listener

    def unplug(self) -> None:
        """Switch the device off: the caller's connection ends, bytes on the way are gone."""
        self._hang_up()
        if self._listener is not None:
            self._listener.close()
        self._listener = None

    def read(self, now: float, room: int) -> bytes:
        """Take what a caller has sent by now, at most `room` bytes."""
        count = min(room, self._inward.allowed(now))
        caller = self._answer()
        if count <= 0 or caller is None:
            return NOTHING
        try:
            came = caller.recv(count)
        except BlockingIOError:
            return NOTHING
        except OSError:
            came = NOTHING
        self._inward.took(len(came))
        if not came:
            self._hang_up()
        return came

    def write(self, payload: bytes) -> None:
        """Queue bytes; they leave at the speed of the line, or are lost while nobody is connected."""
        if self._caller is not None:
            self._pending += payload

    def flush(self, now: float) -> bool:
        """Send what may leave by now, and say whether more waits."""
        count = self._outward.allowed(now)
        if self._pending and count > 0 and self._caller is not None:
            try:
                sent = self._caller.send(self._pending[:count])
            except BlockingIOError:
                return True
            except OSError:
                sent = len(self._pending)
            self._outward.took(sent)
            self._pending = self._pending[sent:]
        return bool(self._pending)

    def _answer(self) -> socket.socket | None:
        """Return the caller, taking the next one if there is none."""
        if self._caller is None and self._listener is not None:
            try:
                self._caller, _ = self._listener.accept()
            except BlockingIOError:
                return None
            self._caller.setblocking(False)  # noqa: FBT003 - the system's own signature
        return self._caller

    def _hang_up(self) -> None:
        if self._caller is not None:
            self._caller.close()
        self._caller = None
        self._pending = b""
