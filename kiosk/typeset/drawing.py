"""From placed lines to bytes of coverage.

Responsible for: the life of one cairo mask surface. Not responsible for: where the lines stand (`setting`).
"""

import ctypes

from kiosk.typeset import native
from kiosk.typeset.block import Block
from kiosk.typeset.native import Libraries
from kiosk.typeset.setting import Setting

_ROW_ALIGNMENT = 4  # cairo wants rows of A8 surfaces at multiples of four bytes


def draw(libraries: Libraries, block: Block, setting: Setting) -> bytes:
    """Draw the lines of a block; give width times height bytes of coverage, rows from the top."""
    cairo = libraries.cairo
    stride = -(-setting.width_px // _ROW_ALIGNMENT) * _ROW_ALIGNMENT
    mask = (ctypes.c_uint8 * (stride * setting.height_px))()
    surface = cairo.cairo_image_surface_create_for_data(
        ctypes.addressof(mask), native.CAIRO_FORMAT_A8, setting.width_px, setting.height_px, stride
    )
    context = cairo.cairo_create(surface)
    for line, x in enumerate(setting.lines_x):
        block.draw(context, line, x, setting.baseline_px(line))
    cairo.cairo_destroy(context)
    cairo.cairo_surface_finish(surface)
    cairo.cairo_surface_destroy(surface)
    return _without_row_ends(bytes(mask), stride, setting.width_px)


def _without_row_ends(mask: bytes, stride: int, width_px: int) -> bytes:
    if stride == width_px:
        return mask
    return b"".join(mask[start : start + width_px] for start in range(0, len(mask), stride))
