"""What every link can do.

Responsible for: the protocol between an adapter's thread and the thing that carries its bytes.
Not responsible for: which link an address means (`address`), or what the bytes say.
"""

from typing import Final, Protocol

from kiosk.errors import LinkAbsent, LinkLost

READ_CHUNK: Final = 4096


class Link(Protocol):
    """Carry bytes without ever blocking; used by one thread only."""

    @property
    def address(self) -> str:
        """The address as settings write it."""
        ...

    @property
    def bytes_per_s(self) -> float | None:
        """How many bytes the wire can carry each second; None when the link does not know."""
        ...

    def open(self) -> None:
        """Open the device, exclusively where the system can.

        Raises:
            LinkAbsent: there is nothing at the address, or it cannot be had.
        """
        ...

    def fileno(self) -> int:
        """Return the descriptor to wait on; valid between `open` and `close`."""
        ...

    def read(self) -> bytes:
        """Return what has come, empty when nothing has.

        Raises:
            LinkLost: the device is gone.
        """
        ...

    def write_some(self, payload: bytes) -> int:
        """Hand over as much as goes now, and return how many bytes that was; 0 means try later.

        Raises:
            LinkLost: the device is gone.
        """
        ...

    def close(self) -> None:
        """Let go of the device and drop what it has not taken; may be called twice."""
        ...


def absent(address: str, why: str) -> LinkAbsent:
    """Say that there is nothing to open at an address."""
    return LinkAbsent(
        "LINK-001",
        f"The device cannot be opened ({why}).",
        "Check that it is plugged in and switched on, and that the address in the settings is right.",
        address,
    )


def lost(address: str, why: str) -> LinkLost:
    """Say that an open device is gone."""
    return LinkLost(
        "LINK-002",
        f"The connection to the device was lost ({why}).",
        "Check the cable and the power of the device; it is taken up again by itself.",
        address,
    )
