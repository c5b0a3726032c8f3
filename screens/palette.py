"""The colours of the glass, as data: one palette for each theme a visitor may choose.

Responsible for: every colour there is, by what it is for, and which pairs must stand out from one another.
Not responsible for: sizes (`screens.theme`), or what is drawn in which colour (the .kv files).
"""

from dataclasses import dataclass
from typing import Final

Colour = tuple[float, float, float, float]
"""Red, green, blue and alpha, each from 0 to 1, as Kivy takes them."""

INVISIBLE: Final[Colour] = (0.0, 0.0, 0.0, 0.0)
_HEX: Final = 16
_FULL: Final = 255.0


def colour(written: str) -> Colour:
    """Read a colour written as ``#RRGGBB``."""
    red, green, blue = (int(written[at : at + 2], _HEX) / _FULL for at in (1, 3, 5))
    return (red, green, blue, 1.0)


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme. A name says the use; ``on_x`` is the colour of words and signs upon ``x``.

    Attributes:
        paper, ink, quiet: the ground of every screen, its words, and its lesser words.
        surface: cards, tiles, fields and plain buttons.
        line: borders of what can be touched. rule: borders of what cannot; it says nothing by itself.
        strip: the strip at the bottom with the ways out.
        band, trim: the band at the top, and the thin line below it.
        primary: the one button that goes on. chosen: an option that is chosen.
        key, key_word: keys of the keyboard with letters, and those with words.
        good, caution, bad, neutral: stripe, icon and heading of a notice. *_tint: its ground.
        focus: the ring of a field that is typed into.
        ring_inner, ring_outer: the two tones around what has the keypad's focus: one of them stands out from
            whatever is near, and each from the other.
        veil: over what is pressed.
        code, on_code: a QR code, the same in every theme, or phones cannot read it.
    """

    paper: Colour
    ink: Colour
    quiet: Colour
    surface: Colour
    line: Colour
    rule: Colour
    strip: Colour
    band: Colour
    on_band: Colour
    trim: Colour
    primary: Colour
    on_primary: Colour
    primary_down: Colour
    down: Colour
    chosen: Colour
    on_chosen: Colour
    key: Colour
    key_word: Colour
    good: Colour
    good_tint: Colour
    caution: Colour
    caution_tint: Colour
    bad: Colour
    bad_tint: Colour
    neutral: Colour
    neutral_tint: Colour
    focus: Colour
    ring_inner: Colour
    ring_outer: Colour
    code: Colour = (1.0, 1.0, 1.0, 1.0)
    on_code: Colour = (0.0, 0.0, 0.0, 1.0)


def _palette(**written: str) -> Palette:
    return Palette(**{use: colour(value) for use, value in written.items()})


PALETTES: Final[dict[str, Palette]] = {
    "light": _palette(
        paper="#F5F1E8", ink="#16262B", quiet="#3B4A50", surface="#FFFFFF", line="#4F666B", rule="#D8D0C0",
        strip="#EBE4D6", band="#0D434B", on_band="#FFFFFF", trim="#E5A13B",
        primary="#0B535C", on_primary="#FFFFFF", primary_down="#07363C", down="#DCEAEA",
        chosen="#D9ECEC", on_chosen="#0A3A41", key="#FFFFFF", key_word="#E6DFD0",
        good="#0B5432", good_tint="#E3F1E6", caution="#6A3F00", caution_tint="#FDF0D2",
        bad="#921621", bad_tint="#FCE9E6", neutral="#0D434B", neutral_tint="#E4EFEF", focus="#B2480A",
        ring_inner="#FFD400", ring_outer="#16262B",
    ),
    "dark": _palette(
        paper="#10191C", ink="#F4F3EE", quiet="#C3CDCF", surface="#1D2A2F", line="#8FA9AE", rule="#37474D",
        strip="#162226", band="#06282D", on_band="#FFFFFF", trim="#E5A13B",
        primary="#9BE6EA", on_primary="#03191C", primary_down="#6CC0C5", down="#2C4147",
        chosen="#143C42", on_chosen="#F4F3EE", key="#1D2A2F", key_word="#2B3B41",
        good="#8FE0AE", good_tint="#12301F", caution="#FFCF73", caution_tint="#332406",
        bad="#FFB4AC", bad_tint="#3B1413", neutral="#A9DFE3", neutral_tint="#14343A", focus="#FFB347",
        ring_inner="#10191C", ring_outer="#FFD400",
    ),
    "yellow-on-black": _palette(
        paper="#000000", ink="#FFE600", quiet="#FFE600", surface="#000000", line="#FFE600", rule="#6B6100",
        strip="#000000", band="#000000", on_band="#FFE600", trim="#FFE600",
        primary="#FFE600", on_primary="#000000", primary_down="#C9B500", down="#332E00",
        chosen="#332E00", on_chosen="#FFE600", key="#000000", key_word="#1F1C00",
        good="#FFE600", good_tint="#000000", caution="#FFE600", caution_tint="#000000",
        bad="#FFE600", bad_tint="#000000", neutral="#FFE600", neutral_tint="#000000", focus="#FFFFFF",
        ring_inner="#000000", ring_outer="#FFFFFF",
    ),
    "soft": _palette(
        paper="#EDE3D0", ink="#38302A", quiet="#433A32", surface="#F5EDDF", line="#6E6256", rule="#D3C6AF",
        strip="#E2D6C0", band="#3F4B45", on_band="#F7F1E4", trim="#B98A4A",
        primary="#3D4D46", on_primary="#F7F1E4", primary_down="#2A3631", down="#E0D6C3",
        chosen="#E4E6D6", on_chosen="#2F3A34", key="#F5EDDF", key_word="#E0D5C0",
        good="#28452F", good_tint="#E3E6D2", caution="#533607", caution_tint="#F2E2BD",
        bad="#6E1F1F", bad_tint="#F3DFD3", neutral="#33433C", neutral_tint="#E3E3D4", focus="#8A4B14",
        ring_inner="#FFE2A8", ring_outer="#38302A",
    ),
}  # fmt: skip
"""Every theme by the name that settings and visitors know it by."""

TEXT_PAIRS: Final = (
    ("ink", "paper"), ("quiet", "paper"), ("ink", "surface"), ("quiet", "surface"),
    ("on_band", "band"), ("on_primary", "primary"), ("on_primary", "primary_down"),
    ("ink", "down"), ("on_chosen", "chosen"), ("ink", "key"), ("ink", "key_word"),
    ("bad", "surface"), ("bad", "paper"), ("ink", "bad_tint"), ("bad", "bad_tint"),
    ("ink", "good_tint"), ("good", "good_tint"), ("ink", "caution_tint"), ("caution", "caution_tint"),
    ("ink", "neutral_tint"), ("neutral", "neutral_tint"), ("neutral", "paper"), ("on_code", "code"),
    ("primary", "paper"), ("primary", "chosen"), ("primary", "surface"), ("good", "paper"),
    ("caution", "paper"),
)  # fmt: skip
"""Words and what they may stand upon."""

CONTROL_PAIRS: Final = (
    ("line", "paper"), ("line", "strip"), ("line", "surface"), ("line", "key_word"), ("line", "key"),
    ("primary", "paper"), ("primary", "chosen"), ("bad", "surface"), ("bad", "paper"), ("bad", "bad_tint"),
    ("focus", "surface"), ("focus", "paper"), ("good", "paper"), ("caution", "paper"), ("neutral", "paper"),
)  # fmt: skip
"""Borders, icons and rings, and what they must stand out from."""


def contrast(one: Colour, other: Colour) -> float:
    """Give the contrast ratio of two opaque colours, from 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(of: Colour) -> float:
    red, green, blue = (_linear(part) for part in of[:3])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB
