"""How large the display is, and the panel that fits on it.

Responsible for: asking X for the size before a window is made, shrinking a panel to a window on a desk.
Not responsible for: the window (`screens.app`), or sizes on the glass (`screens.theme`).
"""

import ctypes
from dataclasses import replace
from typing import Final

from kiosk.core.glass_lines import Panel

_LEAVE_FREE: Final = 0.88
"""Of the display's height and width: the rest is for the bars of a desktop."""


def display_size() -> tuple[int, int] | None:
    """Give width and height of the X display in pixels, or None where there is none."""
    try:
        x11 = ctypes.CDLL("libX11.so.6")
    except OSError:
        return None
    x11.XOpenDisplay.restype = ctypes.c_void_p
    display = x11.XOpenDisplay(None)
    if not display:
        return None
    handle = ctypes.c_void_p(display)
    size = (int(x11.XDisplayWidth(handle, 0)), int(x11.XDisplayHeight(handle, 0)))
    x11.XCloseDisplay(handle)
    return size


def fitted(panel: Panel, display_px: tuple[int, int] | None) -> Panel:
    """Shrink a panel's pixels, not its millimetres, until it fits: everything on it shrinks alike."""
    if display_px is None:
        return panel
    width_px, height_px = (side * _LEAVE_FREE for side in display_px)
    scale = min(1.0, width_px / panel.width_px, height_px / panel.height_px)
    return replace(panel, width_px=round(panel.width_px * scale), height_px=round(panel.height_px * scale))
