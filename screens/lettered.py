"""Every text on the glass as it is drawn, for whoever measures.

Responsible for: place, height of capitals and of lines, and whether a text had room.
Not responsible for: drawing (`screens.widgets.label`), or judging (`kiosk.rehearse.judging`).
"""

from collections.abc import Iterator

from kivy.uix.widget import Widget

from kiosk.core.glass_lines import Lettered
from screens.target import visible
from screens.widgets.key import Key
from screens.widgets.label import Lettering

_SLACK_PX = 2


def lettered(root: Widget, height_px: float) -> tuple[Lettered, ...]:
    """List the texts under a widget; pixels from the top left."""
    return tuple(_found(root, height_px))


def _found(root: Widget, height_px: float) -> Iterator[Lettered]:
    for each in visible(root):
        if isinstance(each, Key):
            yield each.lettered(height_px)
        elif isinstance(each, Lettering) and each.text and each.texture:
            yield _lettered(each, height_px)


def _lettered(label: Lettering, height_px: float) -> Lettered:
    x, y = label.texture_pos
    width, height = label.texture_size
    return Lettered(
        text=label.text,
        x=float(x),
        y=float(height_px - y - height),
        width=float(width),
        height=float(height),
        cap_mm=round(label.cap_mm(), 2),
        language=label.style().language,
        line_em=round(label.line_em, 3),
        is_cut=bool(label.is_cut or height > label.height + _SLACK_PX),
    )
