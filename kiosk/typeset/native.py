"""The C functions of Pango, cairo and fontconfig that are used, declared once.

Responsible for: finding the libraries and the types of their functions (ctypes).
Not responsible for: calling them in the right order (`faces`, `block`). ADR 0003 says why no binding is used.
"""

import ctypes
from ctypes import POINTER, c_char_p, c_double, c_int, c_uint32, c_void_p
from typing import Any, Final

from kiosk.errors import TypesettingUnavailable

SYSTEM_PACKAGE: Final = "libpangocairo-1.0-0"
INSTALL: Final = f"Install the system package {SYSTEM_PACKAGE} and start again."
PANGO_SCALE: Final = 1024
PANGO_WRAP_WORD_CHAR: Final = 2
PANGO_WEIGHT_NORMAL: Final = 400
PANGO_WEIGHT_BOLD: Final = 700
PANGO_DIRECTION_LTR: Final = 0
PANGO_DIRECTION_RTL: Final = 1
CAIRO_FORMAT_A8: Final = 2
CAIRO_FONT_TYPE_FT: Final = 1
CAIRO_ANTIALIAS_GRAY: Final = 2
CAIRO_HINT_STYLE_NONE: Final = 1
CAIRO_HINT_METRICS_OFF: Final = 1
IS_CARET_STOP: Final = 0x10
"""The bit `is_cursor_position` of a PangoLogAttr."""


class Rectangle(ctypes.Structure):
    """A PangoRectangle, in Pango units."""

    _fields_ = (("x", c_int), ("y", c_int), ("width", c_int), ("height", c_int))


class LayoutLine(ctypes.Structure):
    """The public head of a PangoLayoutLine; offsets in bytes of UTF-8."""

    _fields_ = (("layout", c_void_p), ("start_index", c_int), ("length", c_int))


_RECTANGLE = POINTER(Rectangle)
_LINE = POINTER(LayoutLine)
_INT = POINTER(c_int)

Signature = tuple[Any, tuple[Any, ...]]

_FONTCONFIG: Final[dict[str, Signature]] = {
    "FcConfigCreate": (c_void_p, ()),
    "FcConfigDestroy": (None, (c_void_p,)),
    "FcConfigParseAndLoad": (c_int, (c_void_p, c_char_p, c_int)),
    "FcConfigAppFontAddFile": (c_int, (c_void_p, c_char_p)),
}
_GOBJECT: Final[dict[str, Signature]] = {"g_object_unref": (None, (c_void_p,))}
_CAIRO: Final[dict[str, Signature]] = {
    "cairo_font_options_create": (c_void_p, ()),
    "cairo_font_options_destroy": (None, (c_void_p,)),
    "cairo_font_options_set_antialias": (None, (c_void_p, c_int)),
    "cairo_font_options_set_hint_style": (None, (c_void_p, c_int)),
    "cairo_font_options_set_hint_metrics": (None, (c_void_p, c_int)),
    "cairo_image_surface_create_for_data": (c_void_p, (c_void_p, c_int, c_int, c_int, c_int)),
    "cairo_surface_finish": (None, (c_void_p,)),
    "cairo_surface_destroy": (None, (c_void_p,)),
    "cairo_create": (c_void_p, (c_void_p,)),
    "cairo_destroy": (None, (c_void_p,)),
    "cairo_move_to": (None, (c_void_p, c_double, c_double)),
    "cairo_fill": (None, (c_void_p,)),
}
_PANGO: Final[dict[str, Signature]] = {
    "pango_font_map_create_context": (c_void_p, (c_void_p,)),
    "pango_context_set_base_dir": (None, (c_void_p, c_int)),
    "pango_context_set_language": (None, (c_void_p, c_void_p)),
    "pango_context_set_round_glyph_positions": (None, (c_void_p, c_int)),
    "pango_language_from_string": (c_void_p, (c_char_p,)),
    "pango_font_description_new": (c_void_p, ()),
    "pango_font_description_free": (None, (c_void_p,)),
    "pango_font_description_set_family": (None, (c_void_p, c_char_p)),
    "pango_font_description_set_weight": (None, (c_void_p, c_int)),
    "pango_font_description_set_absolute_size": (None, (c_void_p, c_double)),
    "pango_attr_list_new": (c_void_p, ()),
    "pango_attr_list_insert": (None, (c_void_p, c_void_p)),
    "pango_attr_insert_hyphens_new": (c_void_p, (c_int,)),
    "pango_layout_set_attributes": (None, (c_void_p, c_void_p)),
    "pango_layout_new": (c_void_p, (c_void_p,)),
    "pango_layout_set_font_description": (None, (c_void_p, c_void_p)),
    "pango_layout_set_text": (None, (c_void_p, c_char_p, c_int)),
    "pango_layout_set_auto_dir": (None, (c_void_p, c_int)),
    "pango_layout_set_wrap": (None, (c_void_p, c_int)),
    "pango_layout_set_width": (None, (c_void_p, c_int)),
    "pango_layout_get_line_count": (c_int, (c_void_p,)),
    "pango_layout_get_line_readonly": (_LINE, (c_void_p, c_int)),
    "pango_layout_get_unknown_glyphs_count": (c_int, (c_void_p,)),
    "pango_layout_get_log_attrs_readonly": (POINTER(c_uint32), (c_void_p, _INT)),
    "pango_layout_index_to_line_x": (None, (c_void_p, c_int, c_int, _INT, _INT)),
    "pango_layout_line_x_to_index": (c_int, (_LINE, c_int, _INT, _INT)),
    "pango_layout_line_get_extents": (None, (_LINE, _RECTANGLE, _RECTANGLE)),
}
_PANGOFT2: Final[dict[str, Signature]] = {"pango_fc_font_map_set_config": (None, (c_void_p, c_void_p))}
_PANGOCAIRO: Final[dict[str, Signature]] = {
    "pango_cairo_font_map_new_for_font_type": (c_void_p, (c_int,)),
    "pango_cairo_context_set_font_options": (None, (c_void_p, c_void_p)),
    "pango_cairo_layout_line_path": (None, (c_void_p, _LINE)),
}


def _library(file_name: str, functions: dict[str, Signature]) -> Any:
    try:
        library = ctypes.CDLL(file_name)
        for name, (result, arguments) in functions.items():
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (OSError, AttributeError) as error:
        raise TypesettingUnavailable(
            "TYPE-001", f"The text engine cannot be loaded: {error}.", INSTALL
        ) from error
    return library


class Libraries:
    """The loaded libraries, each with its functions declared; loading twice costs nothing.

    Raises:
        TypesettingUnavailable: one is missing or too old (Pango 1.44, fontconfig 2.12, cairo 1.16).
    """

    def __init__(self) -> None:
        self.pangocairo = _library("libpangocairo-1.0.so.0", _PANGOCAIRO)
        self.pangoft2 = _library("libpangoft2-1.0.so.0", _PANGOFT2)
        self.pango = _library("libpango-1.0.so.0", _PANGO)
        self.cairo = _library("libcairo.so.2", _CAIRO)
        self.fontconfig = _library("libfontconfig.so.1", _FONTCONFIG)
        self.gobject = _library("libgobject-2.0.so.0", _GOBJECT)
