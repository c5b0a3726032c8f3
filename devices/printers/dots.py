"""Pictures on a receipt: shaped lines, and QR codes for printers that draw none.

Responsible for: cutting pictures into bands, and keeping any picture from containing a real-time command.
Not responsible for: shaping text; that comes in as a function.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import qrcode
from qrcode.constants import ERROR_CORRECT_M

from devices.printers import commands
from kiosk.typeset.picture import Bitmap

BAND_ROWS: Final = 96
DOTS_PER_BYTE: Final = 8
DLE: Final = 0x10
_REAL_TIME: Final = (0x04, 0x05, 0x14)
_QUIET: Final = 1
"""Modules of quiet zone drawn with a code; the margins of the paper and of the code do the rest."""


@dataclass(frozen=True, slots=True)
class ShapedText:
    """A text to be shaped into dots.

    Attributes:
        size_px: height of the em in dots.
        width_px: longer lines break here.
        language: BCP 47 tag, decides script rules and direction.
    """

    text: str
    size_px: int
    bold: bool
    language: str
    width_px: int


RasterLine = Callable[[ShapedText], Bitmap]
"""Shapes a text; any width up to the one asked for."""


def picture_commands(bitmap: Bitmap) -> Iterator[bytes]:
    """Yield one command for each band of a picture, blank margins left out at the right."""
    across = _inked_bytes(bitmap)
    if not across:
        return
    for top in range(0, bitmap.height_px, BAND_ROWS):
        rows = bitmap.rows[top : top + BAND_ROWS]
        yield commands.raster(across, len(rows), harmless(b"".join(row[:across] for row in rows)))


def qr_picture(content: str, width_dots: int, wanted_dots: int) -> bytes:
    """Return the command for a QR code as a picture of half size that the printer doubles."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=_QUIET)
    code.add_data(content.encode("utf-8"))
    code.make(fit=True)
    matrix = code.get_matrix()
    most = max(1, width_dots // (2 * len(matrix)))
    module = min(most, max(1, round(wanted_dots / (2 * len(matrix)))))
    rows = [_packed([dark for dark in row for _ in range(module)]) for row in matrix]
    dots = b"".join(row for row in rows for _ in range(module))
    return commands.raster(len(rows[0]), len(rows) * module, harmless(dots), doubled=True)


def harmless(dots: bytes) -> bytes:
    """Change single dots where a picture would hold a command that printers obey even inside pictures."""
    changed = bytearray(dots)
    place = changed.find(DLE)
    while 0 <= place < len(changed) - 1:
        if changed[place + 1] in _REAL_TIME:
            changed[place] |= 1
        place = changed.find(DLE, place + 1)
    if changed and changed[-1] == DLE:
        changed[-1] |= 1
    return bytes(changed)


def _packed(row: list[bool]) -> bytes:
    padded = row + [False] * (-len(row) % DOTS_PER_BYTE)
    return int("".join("1" if dark else "0" for dark in padded), 2).to_bytes(
        len(padded) // DOTS_PER_BYTE, "big"
    )


def _inked_bytes(bitmap: Bitmap) -> int:
    return max((len(row.rstrip(b"\x00")) for row in bitmap.rows), default=0)
