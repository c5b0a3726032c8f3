"""A QR code, black on white whatever the theme, with its quiet zone.

Responsible for: the squares of one content. Not responsible for: what it leads to.
"""

from functools import lru_cache
from typing import Final

from kivy.graphics.texture import Texture
from kivy.properties import ListProperty, ObjectProperty, StringProperty

from screens.widgets.piece import Piece, load_kv

QUIET: Final = 4
"""Light squares around a code, as phones need them."""

_BLACK, _WHITE = b"\x00", b"\xff"


class Qr(Piece):
    """A code as large as the theme says, every square the same whole number of pixels.

    Attributes:
        code: its content; empty draws nothing.
    """

    code = StringProperty("")
    texture = ObjectProperty(None, allownone=True)
    drawn_pos = ListProperty([0, 0])
    drawn_size = ListProperty([0, 0])

    def on_code(self, _piece: Piece, code: str) -> None:
        """Make the squares."""
        self.is_absent = not code
        self.texture = _texture(code) if code else None

    def _side(self) -> int:
        return int(self.texture.width) * int(self.theme.code_module) if self.texture else 0

    def height_at(self, width: int) -> int:
        """Be square, of whole modules."""
        return min(width, self._side())

    def natural_width(self) -> int:
        """Be square."""
        return self._side()

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand in the middle of a place."""
        super().place(x, y, width, height)
        if not self.texture:
            return
        squares = int(self.texture.width)
        side = max(1, min(width, height, self._side()) // squares) * squares
        self.drawn_size = [side, side]
        self.drawn_pos = [x + (width - side) // 2, y + (height - side) // 2]


@lru_cache(maxsize=1)
def _texture(code: str) -> Texture:
    squares = matrix(code)
    texture = Texture.create(size=(len(squares), len(squares)), colorfmt="luminance")
    texture.mag_filter = texture.min_filter = "nearest"
    pixels = b"".join(_BLACK if dark else _WHITE for line in squares for dark in line)
    texture.blit_buffer(pixels, colorfmt="luminance", bufferfmt="ubyte")
    texture.flip_vertical()
    return texture


def matrix(code: str) -> list[list[bool]]:
    """Give the squares of a code, dark ones true, the quiet zone included."""
    # Few views have a code, and importing the library takes a tenth of the start.
    from qrcode.constants import ERROR_CORRECT_M  # noqa: PLC0415 - see above
    from qrcode.main import QRCode  # noqa: PLC0415 - see above

    drawing = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    drawing.add_data(code)
    drawing.make(fit=True)
    return [[bool(square) for square in line] for line in drawing.get_matrix()]


load_kv(__file__)
