"""The pinned fonts as a Pango font map, apart from every font and rule of the machine.

Responsible for: which font files are used, in which order per language, and how glyphs are rendered.
Not responsible for: laying out a text (`block`). Each font's source and checksum: fonts/fonts.toml.
"""

from pathlib import Path
from typing import Final

from kiosk.errors import TypesettingUnavailable
from kiosk.typeset import native
from kiosk.typeset.native import Libraries
from kiosk.typeset.style import TextStyle, is_right_to_left, primary_language

FONTS: Final = Path(__file__).parent / "fonts"
REINSTALL: Final = "Install the project again: its fonts come with it."
_FONT_SUFFIXES: Final = (".otf", ".ttf")

# Latin comes first, so that digits, spaces and punctuation look the same in every language; the rest of the
# bundled fonts follow by what they can draw. Chinese is the exception: its quotation marks are a full square.
_FAMILIES: Final = "Noto Sans, Noto Sans Arabic, Noto Nastaliq Urdu, Noto Sans CJK SC, Noto Sans Symbols 2"
_FAMILIES_BY_LANGUAGE: Final = {
    "ur": "Noto Sans, Noto Nastaliq Urdu, Noto Sans Arabic, Noto Sans CJK SC, Noto Sans Symbols 2",
    "zh": "Noto Sans CJK SC, Noto Sans, Noto Sans Arabic, Noto Nastaliq Urdu, Noto Sans Symbols 2",
}


class Faces:
    """One font map with its contexts. Not for two threads at once: `Typesetter` holds the lock.

    Raises:
        TypesettingUnavailable: a library or the font files are missing.
    """

    def __init__(self, libraries: Libraries, folder: Path = FONTS) -> None:
        self.libraries = libraries
        self._contexts: dict[tuple[str, bool], int] = {}
        self._descriptions: dict[tuple[str, int, float], int] = {}
        config = self._config(folder)
        new_font_map = libraries.pangocairo.pango_cairo_font_map_new_for_font_type
        self._font_map: int = new_font_map(native.CAIRO_FONT_TYPE_FT)
        libraries.pangoft2.pango_fc_font_map_set_config(self._font_map, config)
        # A hyphen where a long word is broken would be read as part of an e-mail address or a reference.
        self._attributes: int = libraries.pango.pango_attr_list_new()
        without_hyphens = libraries.pango.pango_attr_insert_hyphens_new(0)
        libraries.pango.pango_attr_list_insert(self._attributes, without_hyphens)
        libraries.fontconfig.FcConfigDestroy(config)  # the font map keeps its own reference

    def _config(self, folder: Path) -> int:
        fontconfig = self.libraries.fontconfig
        config: int = fontconfig.FcConfigCreate()
        files = sorted(path for path in folder.glob("*") if path.suffix in _FONT_SUFFIXES)
        loaded = fontconfig.FcConfigParseAndLoad(config, bytes(folder / "fonts.conf"), 1)
        if not files or not loaded:
            raise TypesettingUnavailable(
                "TYPE-002", f"The fonts of the project are not in {folder}.", REINSTALL
            )
        for path in files:
            if not fontconfig.FcConfigAppFontAddFile(config, bytes(path)):
                raise TypesettingUnavailable(
                    "TYPE-002", f"The font file {path.name} cannot be read.", REINSTALL
                )
        return config

    def new_layout(self, text: str, style: TextStyle) -> int:
        """Make a PangoLayout of shapeable text, without a width; the caller unrefs it."""
        pango = self.libraries.pango
        layout: int = pango.pango_layout_new(
            self._context(style.language, is_rtl=is_right_to_left(text, style))
        )
        pango.pango_layout_set_font_description(layout, self._description(style))
        pango.pango_layout_set_attributes(layout, self._attributes)
        pango.pango_layout_set_auto_dir(layout, 0)
        pango.pango_layout_set_wrap(layout, native.PANGO_WRAP_WORD_CHAR)
        utf8 = text.encode("utf-8")
        pango.pango_layout_set_text(layout, utf8, len(utf8))
        return layout

    def _context(self, language: str, *, is_rtl: bool) -> int:
        key = (language, is_rtl)
        if key not in self._contexts:
            self._contexts[key] = self._new_context(
                language, native.PANGO_DIRECTION_RTL if is_rtl else native.PANGO_DIRECTION_LTR
            )
        return self._contexts[key]

    def _new_context(self, language: str, direction: int) -> int:
        """Make a context with unhinted outlines at exact positions: the same picture on every cairo."""
        pango, cairo = self.libraries.pango, self.libraries.cairo
        context: int = pango.pango_font_map_create_context(self._font_map)
        tag = language.encode("ascii", "replace").replace(b"\x00", b"?")
        pango.pango_context_set_language(context, pango.pango_language_from_string(tag))
        pango.pango_context_set_base_dir(context, direction)
        pango.pango_context_set_round_glyph_positions(context, 0)
        options = cairo.cairo_font_options_create()
        cairo.cairo_font_options_set_antialias(options, native.CAIRO_ANTIALIAS_GRAY)
        cairo.cairo_font_options_set_hint_style(options, native.CAIRO_HINT_STYLE_NONE)
        cairo.cairo_font_options_set_hint_metrics(options, native.CAIRO_HINT_METRICS_OFF)
        self.libraries.pangocairo.pango_cairo_context_set_font_options(context, options)
        cairo.cairo_font_options_destroy(options)
        return context

    def _description(self, style: TextStyle) -> int:
        families = _FAMILIES_BY_LANGUAGE.get(primary_language(style.language), _FAMILIES)
        weight = native.PANGO_WEIGHT_BOLD if style.bold else native.PANGO_WEIGHT_NORMAL
        key = (families, weight, style.size_px)
        if key not in self._descriptions:
            self._descriptions[key] = self._new_description(*key)
        return self._descriptions[key]

    def _new_description(self, families: str, weight: int, size_px: float) -> int:
        pango = self.libraries.pango
        description: int = pango.pango_font_description_new()
        pango.pango_font_description_set_family(description, families.encode("ascii"))
        pango.pango_font_description_set_weight(description, weight)
        pango.pango_font_description_set_absolute_size(description, size_px * native.PANGO_SCALE)
        return description
