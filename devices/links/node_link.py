"""USB printer nodes such as ``/dev/usb/lp0``.

Responsible for: reading and writing the node of the kernel's usblp driver, for one process alone.
Not responsible for: serial settings; such a node has none.
"""

import contextlib
import errno
import fcntl
import os

from devices.links.descriptor import write_now
from devices.links.link import READ_CHUNK, absent, lost


class NodeLink:
    """A USB printer by the path of its node.

    Args:
        path: the node; a udev rule should give it a name that stays.
        address: the address as settings write it.
    """

    def __init__(self, path: str, address: str) -> None:
        self._path = path
        self._address = address
        self._descriptor = -1

    def __repr__(self) -> str:
        """Show the address and whether the node is open."""
        return f"NodeLink({self._address!r}, {'open' if self._descriptor >= 0 else 'closed'})"

    @property
    def address(self) -> str:
        """The address as settings write it."""
        return self._address

    @property
    def bytes_per_s(self) -> float | None:
        """Unknown: USB tells when it is full."""
        return None

    def open(self) -> None:
        """Open the node for this process alone."""
        self.close()
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        except OSError as error:
            raise absent(self._address, error.strerror or "cannot open") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise absent(self._address, "another program holds it") from error
        self._descriptor = descriptor

    def fileno(self) -> int:
        """Return the descriptor of the open node."""
        if self._descriptor < 0:
            raise lost(self._address, "not open")
        return self._descriptor

    def read(self) -> bytes:
        """Return what has come; for usblp an empty read means nothing yet, not that the device is gone."""
        try:
            return os.read(self.fileno(), READ_CHUNK)
        except BlockingIOError:
            return b""
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return b""
            raise lost(self._address, error.strerror or "read failed") from error

    def write_some(self, payload: bytes) -> int:
        """Write what goes now."""
        return write_now(self.fileno(), payload, self._address)

    def close(self) -> None:
        """Let go of the node."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(descriptor)
