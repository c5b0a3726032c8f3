"""Serial ports: real ones, USB serial adapters, and pseudo-terminals.

Responsible for: a raw port, 8 data bits, no parity, no flow control in the kernel, held exclusively.
Not responsible for: XON and XOFF; in the kernel they would stop the status questions too: the adapter paces.
"""

import contextlib
import fcntl
import os
import termios
from typing import Final

import serial

from devices.links.descriptor import read_now, write_now
from devices.links.link import absent, lost

CONTROL_CHARACTERS: Final = 6
BITS_PER_BYTE: Final = 10
"""One start bit, eight data bits, one stop bit."""


class SerialLink:
    """A serial port by its path, best one under ``/dev/serial/by-id``.

    Args:
        path: the node; a name that stays when the device is plugged in elsewhere.
        baud: bits per second.
        address: the address as settings write it.
    """

    def __init__(self, path: str, baud: int, address: str) -> None:
        self._path = path
        self._baud = baud
        self._address = address
        self._port: serial.SerialBase | None = None

    def __repr__(self) -> str:
        """Show the address and whether the port is open."""
        return f"SerialLink({self._address!r}, {'open' if self._port else 'closed'})"

    @property
    def address(self) -> str:
        """The address as settings write it."""
        return self._address

    @property
    def bytes_per_s(self) -> float | None:
        """What the baud rate allows."""
        return self._baud / BITS_PER_BYTE

    def open(self) -> None:
        """Open the port for this process alone."""
        self.close()
        try:
            port = serial.serial_for_url(
                self._path, baudrate=self._baud, timeout=0, write_timeout=0, exclusive=True, do_not_open=True
            )
            port.open()
            _tell_nothing_from_gone(port.fileno())
        except (serial.SerialException, OSError, ValueError, termios.error) as error:
            raise absent(self._address, _why(error)) from error
        self._port = port
        os.set_blocking(port.fileno(), False)

    def fileno(self) -> int:
        """Return the descriptor of the open port."""
        if self._port is None:
            raise lost(self._address, "not open")
        return int(self._port.fileno())

    def read(self) -> bytes:
        """Return what has come."""
        return read_now(self.fileno(), self._address)

    def write_some(self, payload: bytes) -> int:
        """Write what goes now."""
        return write_now(self.fileno(), payload, self._address)

    def close(self) -> None:
        """Close at once: what the port has not sent is dropped, so that closing cannot take half a minute."""
        port, self._port = self._port, None
        if port is None:
            return
        with contextlib.suppress(OSError, termios.error):
            termios.tcflush(port.fileno(), termios.TCIOFLUSH)
        with contextlib.suppress(OSError, termios.error, serial.SerialException):
            fcntl.flock(port.fileno(), fcntl.LOCK_UN)
        with contextlib.suppress(OSError, termios.error, serial.SerialException):
            port.close()


def _tell_nothing_from_gone(descriptor: int) -> None:
    """Let an empty line say "try again": otherwise it reads like one that has hung up."""
    settings = termios.tcgetattr(descriptor)
    settings[CONTROL_CHARACTERS][termios.VMIN] = 1
    settings[CONTROL_CHARACTERS][termios.VTIME] = 0
    termios.tcsetattr(descriptor, termios.TCSANOW, settings)


def _why(error: BaseException) -> str:
    number = getattr(error, "errno", None)
    return os.strerror(number) if isinstance(number, int) else type(error).__name__
