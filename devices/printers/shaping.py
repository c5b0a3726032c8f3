"""The paper's side of the project's one shaping engine.

Responsible for: asking `kiosk.typeset` for a line in any script, as dots.
Not responsible for: which lines need it (`encoder`).
"""

from devices.printers.dots import RasterLine, ShapedText
from kiosk.typeset import Bitmap, TextStyle, Typesetter, to_bitmap


def typeset_raster(typesetter: Typesetter) -> RasterLine:
    """Return a function that shapes lines for paper; call it on one thread at a time."""

    def raster_line(wanted: ShapedText) -> Bitmap:
        style = TextStyle(wanted.size_px, bold=wanted.bold, line_height=LINE_HEIGHT, language=wanted.language)
        natural = typesetter.measure(wanted.text, style)
        width = wanted.width_px if natural.width_px > wanted.width_px else None
        return to_bitmap(typesetter.typeset(wanted.text, style, width_px=width))

    return raster_line


LINE_HEIGHT = 1.25
