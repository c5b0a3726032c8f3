"""Network printers on a raw TCP port, usually 9100.

Responsible for: one connection that opens without blocking for long and notices that the other end is gone.
Not responsible for: name look-ups that take long; settings name an address.
"""

import contextlib
import socket
from typing import Final

from devices.links.descriptor import read_now, write_now
from devices.links.link import absent, lost

CONNECT_TIMEOUT_S: Final = 2.0
KEEPALIVE_IDLE_S: Final = 5
KEEPALIVE_GAP_S: Final = 2
KEEPALIVE_TRIES: Final = 3


class TcpLink:
    """A printer at a host and port.

    Args:
        host: name or number.
        port: TCP port.
        address: the address as settings write it.
    """

    def __init__(self, host: str, port: int, address: str) -> None:
        self._host = host
        self._port = port
        self._address = address
        self._socket: socket.socket | None = None

    def __repr__(self) -> str:
        """Show the address and whether the connection is open."""
        return f"TcpLink({self._address!r}, {'open' if self._socket else 'closed'})"

    @property
    def address(self) -> str:
        """The address as settings write it."""
        return self._address

    @property
    def bytes_per_s(self) -> float | None:
        """Unknown: a network is as quick as it is today."""
        return None

    def open(self) -> None:
        """Connect; waits at most two seconds, on the device's own thread."""
        self.close()
        try:
            connection = socket.create_connection((self._host, self._port), timeout=CONNECT_TIMEOUT_S)
        except OSError as error:
            raise absent(self._address, error.strerror or "no answer") from error
        connection.settimeout(0)
        _watch(connection)
        self._socket = connection

    def fileno(self) -> int:
        """Return the descriptor of the connection."""
        if self._socket is None:
            raise lost(self._address, "not open")
        return self._socket.fileno()

    def read(self) -> bytes:
        """Return what has come."""
        return read_now(self.fileno(), self._address)

    def write_some(self, payload: bytes) -> int:
        """Write what goes now."""
        return write_now(self.fileno(), payload, self._address)

    def close(self) -> None:
        """Hang up."""
        connection, self._socket = self._socket, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def _watch(connection: socket.socket) -> None:
    """Let the system notice within about ten seconds that a silent printer has lost its cable."""
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, KEEPALIVE_IDLE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, KEEPALIVE_GAP_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, KEEPALIVE_TRIES)
