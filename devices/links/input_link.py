"""Input nodes of the kernel: scanners and readers that type like a keyboard.

Responsible for: a node held so that its keys reach this process alone, and the kernel's own bytes from it.
Not responsible for: what a key means (`devices.readers.keys`).

A node that cannot be held alone is refused: its keys would be typed into the glass, where the visitor can see
them and the next field would take them. What is no character device, such as the simulator's pipe, reaches
nobody else as it is.
"""

import contextlib
import os
import stat
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from devices.links.descriptor import read_now
from devices.links.link import absent, lost

NOT_INSTALLED: Final = "the Python package evdev is not installed"
NOT_ALONE: Final = "another program holds it, or it is no input device"


class InputLink:
    """A keyboard of its own by the path of its node, best one under ``/dev/input/by-id``.

    Args:
        path: the node; a name that stays when the device is plugged in elsewhere.
        address: the address as settings write it.
    """

    def __init__(self, path: str, address: str) -> None:
        self._path = path
        self._address = address
        self._descriptor = -1
        self._device: Any = None

    def __repr__(self) -> str:
        """Show the address and whether the node is open."""
        return f"InputLink({self._address!r}, {'open' if self._descriptor >= 0 else 'closed'})"

    @property
    def address(self) -> str:
        """The address as settings write it."""
        return self._address

    @property
    def bytes_per_s(self) -> float | None:
        """Unknown: nobody types that quickly."""
        return None

    def open(self) -> None:
        """Open the node and take its keys for this process alone."""
        self.close()
        try:
            if stat.S_ISCHR(Path(self._path).stat().st_mode):
                self._descriptor = self._seize()
            else:
                self._descriptor = os.open(self._path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            self.close()
            raise absent(self._address, error.strerror or NOT_ALONE) from error

    def fileno(self) -> int:
        """Return the descriptor of the open node."""
        if self._descriptor < 0:
            raise lost(self._address, "not open")
        return self._descriptor

    def read(self) -> bytes:
        """Return the kernel's events that have come."""
        return read_now(self.fileno(), self._address)

    def write_some(self, payload: bytes) -> int:
        """Take nothing: a keyboard is only listened to."""
        return len(payload)

    def close(self) -> None:
        """Let go of the node; the kernel gives its keys free."""
        device, self._device = self._device, None
        descriptor, self._descriptor = self._descriptor, -1
        with contextlib.suppress(OSError):
            if device is not None:
                device.close()
            elif descriptor >= 0:
                os.close(descriptor)

    def _seize(self) -> int:
        try:
            evdev: Any = import_module("evdev")
        except ImportError as error:
            raise absent(self._address, NOT_INSTALLED) from error
        self._device = evdev.InputDevice(self._path, readonly=True)
        self._device.grab()
        return int(self._device.fd)
