"""The one shaping engine for glass and paper: text in, pixels out, any script.

Responsible for: what is exported here. Not responsible for: Kivy, printers, translations; none is imported.

    typesetter = Typesetter()
    style = TextStyle(typesetter.size_for_cap_height(24), language="ar")
    picture = typesetter.typeset("رقم تذكرتك A042", style, width_px=576)
    rows = to_bitmap(picture).rows
"""

from kiosk.errors import TypesettingUnavailable
from kiosk.typeset.picture import Bitmap, Caret, Measure, Picture, to_bitmap
from kiosk.typeset.style import Align, Direction, TextStyle
from kiosk.typeset.typesetter import Typesetter

__all__ = [
    "Align",
    "Bitmap",
    "Caret",
    "Direction",
    "Measure",
    "Picture",
    "TextStyle",
    "Typesetter",
    "TypesettingUnavailable",
    "to_bitmap",
]
