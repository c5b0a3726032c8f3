"""QR codes as a receipt printer makes them from its own commands.

Responsible for: the symbol store of the printer, and the dots of a code.
Not responsible for: where it stands on the paper.
"""

from dataclasses import dataclass
from typing import Final

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q

LEVELS: Final = {48: ERROR_CORRECT_L, 49: ERROR_CORRECT_M, 50: ERROR_CORRECT_Q, 51: ERROR_CORRECT_H}
QR_SYMBOL: Final = 49
MODULE, LEVEL, STORE, PRINT = 67, 69, 80, 81
LARGEST_MODULE: Final = 16


@dataclass(slots=True)
class QrStore:
    """What the printer remembers between the commands of one code."""

    module: int = 3
    level: int = 48
    content: bytes = b""

    def obey(self, function: bytes) -> str | None:
        """Carry out one ``GS ( k`` function; return the content when the code is to be printed now."""
        if len(function) < 2 or function[0] != QR_SYMBOL:  # noqa: PLR2004 - symbol and function come first
            return None
        verb, rest = function[1], function[2:]
        if verb == MODULE and rest and 1 <= rest[0] <= LARGEST_MODULE:
            self.module = rest[0]
        elif verb == LEVEL and rest and rest[0] in LEVELS:
            self.level = rest[0]
        elif verb == STORE:
            self.content = rest[1:]
        elif verb == PRINT and self.content:
            return self.content.decode("utf-8", "replace")
        return None


def qr_picture(content: str, level: int, module: int) -> Image.Image:
    """Draw a code without quiet zone: on paper that is whatever stays white around it."""
    code = qrcode.QRCode(error_correction=LEVELS.get(level, ERROR_CORRECT_L), border=0)
    code.add_data(content.encode("utf-8"))
    code.make(fit=True)
    matrix = code.get_matrix()
    side = len(matrix)
    picture = Image.new("L", (side, side), 0)
    picture.putdata([255 if dark else 0 for row in matrix for dark in row])
    return picture.resize((side * module, side * module), Image.Resampling.NEAREST)
