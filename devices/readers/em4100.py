"""Frames of serial 125 kHz badge readers: ID-12LA and RDM6300.

Responsible for: ``02``, ten hexadecimal digits, two of checksum, ``03``; the ID-12LA puts ``0D 0A`` before
the end.
Not responsible for: the RDM6300's habit of repeating a frame while the badge lies there (`presence`).
"""

from typing import Final

from devices.readers.codec import BadFrame, CardNumber, Fault, Octets, Reading
from devices.readers.lines import FLOW

START: Final = 0x02
END: Final = 0x03
PADDING: Final = b"\r\n"
DIGITS: Final = 10
FRAME: Final = 12
HEX: Final = frozenset(b"0123456789ABCDEFabcdef")


class Em4100Codec:
    """Collect one frame at a time; a new start begins afresh, so that a torn frame costs only itself."""

    def __init__(self) -> None:
        self._frame: bytearray | None = None

    def feed(self, received: Octets) -> list[Reading]:
        """Take bytes and return each badge that they complete."""
        came, place = bytes(received), 0
        found: list[Reading] = []
        while place < len(came):
            if self._frame is None:
                # Noise outside a frame is passed over in one step: a line can carry megabytes of it.
                place = came.find(START, place)
                if place < 0:
                    break
            reading = self._take(came[place])
            place += 1
            if reading is not None:
                found.append(reading)
        return found

    def quiet(self) -> list[Reading]:
        """Give up half a frame."""
        is_torn, self._frame = self._frame is not None, None
        return [BadFrame(Fault.TRUNCATED)] if is_torn else []

    def _take(self, byte: int) -> Reading | None:
        if byte == START:
            torn = self._frame is not None
            self._frame = bytearray()
            return BadFrame() if torn else None
        if self._frame is None:
            return None
        if byte == END:
            frame, self._frame = bytes(self._frame), None
            return _checked(frame)
        if byte in FLOW or (byte in PADDING and len(self._frame) == FRAME):
            return None
        if byte not in HEX or len(self._frame) >= FRAME:
            self._frame = None
            return BadFrame()
        self._frame.append(byte)
        return None


def _checked(frame: bytes) -> Reading:
    if len(frame) != FRAME:
        return BadFrame()
    total = 0
    for octet in bytes.fromhex(frame.decode("ascii")):
        total ^= octet
    # The checksum is the exclusive or of the five octets, so all six together give nothing.
    return BadFrame() if total else CardNumber(frame[:DIGITS].decode("ascii").upper())
