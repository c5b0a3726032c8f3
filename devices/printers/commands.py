"""The commands of ESC/POS that tickets need.

Responsible for: bytes by name, from the printers' reference pages.
Not responsible for: in which order a ticket uses them (`encoder`), or what is answered (`decoder`).
"""

from typing import Final

INIT: Final = b"\x1b@"
AUTOMATIC_STATUS: Final = b"\x1da\xff"
LINE_FEED: Final = b"\n"
BOLD_ON: Final = b"\x1bE\x01"
BOLD_OFF: Final = b"\x1bE\x00"
FONT_A: Final = b"\x1bM\x00"
FONT_B: Final = b"\x1bM\x01"
FEED_AND_CUT: Final = b"\x1dVB\x00"
ASK_QUEUED: Final = b"\x1dr\x01"
ASK_MODEL: Final = b"\x1dIC"
ASK_SERIAL: Final = b"\x1dID"
CLEAR_BUFFERS: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
"""In real time: drop all that was received. Nothing may be sent before the printer says that it did."""
QR_MODEL_2: Final = b"\x1d(k\x04\x001A2\x00"
QR_LEVEL_M: Final = b"\x1d(k\x03\x001E1"
QR_PRINT: Final = b"\x1d(k\x03\x001Q0"
LARGEST_BYTE: Final = 255
LARGEST_SCALE: Final = 8
NULS: Final = bytes(8192)
"""Longer than any rest of a picture: flushes a command that the printer still waits to see the end of."""

ID_DIGITS: Final = 95
FIRST_ID_BYTE: Final = 0x20
ID_LENGTH: Final = 4


def ask_now(question: int) -> bytes:
    """Ask in real time: 1 printer, 2 cause of offline, 3 error, 4 paper."""
    return b"\x10\x04" + bytes([question])


def completion(mark: int) -> bytes:
    """Ask to be told, with a mark of our own, when everything before is on paper."""
    return b"\x1d(H\x06\x0000" + mark_bytes(mark)


def mark_bytes(mark: int) -> bytes:
    """Write a mark as the four printable bytes that the printer gives back."""
    digits = []
    rest = mark % ID_DIGITS**ID_LENGTH
    for _ in range(ID_LENGTH):
        rest, digit = divmod(rest, ID_DIGITS)
        digits.append(FIRST_ID_BYTE + digit)
    return bytes(reversed(digits))


def code_page(number: int) -> bytes:
    """Choose a set of letters."""
    return b"\x1bt" + bytes([number])


def scale(across: int, down: int) -> bytes:
    """Choose how many times wider and taller letters are, 1 to 8."""
    return b"\x1d!" + bytes([(across - 1) << 4 | (down - 1)])


def align(place: int) -> bytes:
    """Place what follows: 0 left, 1 centre, 2 right."""
    return b"\x1ba" + bytes([place])


def feed_steps(steps: int) -> bytes:
    """Move the paper by steps of its transport, in as many commands as that takes."""
    whole, rest = divmod(max(0, steps), LARGEST_BYTE)
    return b"\x1bJ\xff" * whole + (b"\x1bJ" + bytes([rest]) if rest else b"")


def qr_module(dots: int) -> bytes:
    """Choose the size of the squares of a QR code."""
    return b"\x1d(k\x03\x001C" + bytes([dots])


def qr_store(content: bytes) -> bytes:
    """Hand over the content of a QR code."""
    return b"\x1d(k" + (len(content) + 3).to_bytes(2, "little") + b"1P0" + content


def raster(row_bytes: int, rows: int, dots: bytes, *, doubled: bool = False) -> bytes:
    """Print a picture, 1 bit for each dot; doubled makes each dot two by two."""
    header = bytes([3 if doubled else 0]) + row_bytes.to_bytes(2, "little") + rows.to_bytes(2, "little")
    return b"\x1dv0" + header + dots
