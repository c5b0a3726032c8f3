"""The switch inside a headphone socket, as the kernel tells it.

Responsible for: ``SW_HEADPHONE_INSERT`` of an input node: how it is when opened, and each change after that.
Not responsible for: sockets that only the sound server knows (`sound_server`).

The node is not held alone: the sound server listens to the same switch.
"""

import contextlib
import fcntl
import os
import stat
import struct
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from devices.links.descriptor import read_now
from devices.links.link import absent, lost
from kiosk.core.hardware import Headphones, HeadphonesChanged

EVENT: Final = struct.Struct("@llHHi")
SYNCHRONISED, SWITCHES = 0x00, 0x05
DROPPED: Final = 0x03
HEADPHONE_INSERT: Final = 0x02
ASK_SWITCHES: Final = 0x80084500 + 0x1B
"""EVIOCGSW for eight bytes, linux/input.h."""
PERIOD_S: Final = 3600.0


class SwitchCodec:
    """Follow the switch through the kernel's events; no clock, no port, never raises."""

    def __init__(self) -> None:
        self.state = Headphones.UNKNOWN
        self._part = b""

    def feed(self, received: bytes) -> None:
        """Take events, split anywhere."""
        came = self._part + received
        whole = len(came) - len(came) % EVENT.size
        self._part = came[whole:]
        for _, _, kind, code, value in EVENT.iter_unpack(came[:whole]):
            if kind == SWITCHES and code == HEADPHONE_INSERT:
                self.state = Headphones.IN if value else Headphones.OUT
            elif kind == SYNCHRONISED and code == DROPPED:
                self.state = Headphones.UNKNOWN


class SocketSource:
    """A headphone socket by its input node.

    Args:
        device: what facts call it.
        path: the node; empty for the first that has such a switch.
    """

    period_s = PERIOD_S

    def __init__(self, device: str, path: str = "") -> None:
        self._device = device
        self._path = path
        self._descriptor = -1
        self._codec = SwitchCodec()

    def open(self) -> None:
        """Open the node and ask how the switch is."""
        self.close()
        path = self._path or next(iter(socket_nodes()), "")
        if not path:
            raise absent("headphones", "no input node has a headphone switch")
        try:
            self._descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError as error:
            raise absent(path, error.strerror or "cannot open") from error
        self._codec = SwitchCodec()
        self._codec.state = self._asked(path)

    def descriptor(self) -> int:
        """The node wakes at each change."""
        return self._descriptor

    def look(self) -> HeadphonesChanged:
        """Take what has come."""
        if self._descriptor < 0:
            raise lost("headphones", "not open")
        self._codec.feed(read_now(self._descriptor, self._path or "headphones"))
        if self._codec.state is Headphones.UNKNOWN:
            self._codec.state = self._asked(self._path)
        return HeadphonesChanged(self._device, self._codec.state)

    def close(self) -> None:
        """Let go of the node."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def unknown(self) -> HeadphonesChanged:
        """Nobody can tell."""
        return HeadphonesChanged(self._device, Headphones.UNKNOWN)

    def _asked(self, path: str) -> Headphones:
        """Ask the kernel how the switch is; a pipe, which has none, leaves it unknown until it tells."""
        if not stat.S_ISCHR(os.fstat(self._descriptor).st_mode):
            return Headphones.UNKNOWN
        switches = bytearray(8)
        try:
            fcntl.ioctl(self._descriptor, ASK_SWITCHES, switches)
        except OSError as error:
            self.close()
            raise absent(path, "this node has no switch") from error
        return Headphones.IN if switches[0] >> HEADPHONE_INSERT & 1 else Headphones.OUT


def socket_nodes() -> list[str]:
    """Return the input nodes with a headphone switch; none where the package evdev is not installed."""
    try:
        evdev: Any = import_module("evdev")
    except ImportError:
        return []
    found: list[str] = []
    for path in sorted(evdev.list_devices()):
        with contextlib.suppress(OSError):
            device = evdev.InputDevice(path, readonly=True)
            if HEADPHONE_INSERT in device.capabilities().get(SWITCHES, []):
                found.append(str(Path(path)))
            device.close()
    return found
