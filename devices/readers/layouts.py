"""What each key of a keyboard types, by layout.

Responsible for: reading `layouts.yaml`, and what a key types plain, with Shift and with AltGr.
Not responsible for: which keys are held (`keys`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from kiosk.errors import SettingsError

FILE: Final = Path(__file__).with_name("layouts.yaml")
DEFAULT: Final = "us"
"""As which most scanners leave the factory."""
KEYPAD: Final = {
    55: "*", 98: "/", 74: "-", 78: "+", 83: ".", 82: "0", 79: "1", 80: "2", 81: "3", 75: "4", 76: "5",
    77: "6", 71: "7", 72: "8", 73: "9",
}  # fmt: skip
"""The keys that type the same in every layout; Num Lock is taken to be on."""


class Level(IntEnum):
    """Which of the letters of a key is typed."""

    PLAIN = 0
    SHIFT = 1
    ALT_GR = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout by its name.

    Attributes:
        letters: what a key types at each level, in UTF-8; what is not in it types nothing.
    """

    name: str
    letters: Mapping[tuple[int, Level], bytes]

    def typed(self, code: int, level: Level, *, is_capital: bool) -> bytes:
        """Return what a key types; empty when it types nothing. Capitals turn letters, and letters only."""
        plain = self.letters.get((code, Level.PLAIN), b"")
        other = self.letters.get((code, Level.SHIFT), b"")
        if is_capital and level is not Level.ALT_GR and plain.isalpha() and plain.upper() == other:
            return plain if level is Level.SHIFT else other
        return self.letters.get((code, level), b"")


def layout_names() -> tuple[str, ...]:
    """Return the layouts that settings may name."""
    return tuple(_layouts())


def layout_named(name: str) -> Layout:
    """Return a layout.

    Raises:
        SettingsError: there is no such layout.
    """
    known = _layouts()
    if name not in known:
        raise SettingsError(
            "DEVICE-004",
            f"The keyboard layout '{name}' is unknown.",
            f"Write one of {', '.join(known)}: the one for which the scanner is set, us if nobody set it.",
            name,
        )
    return known[name]


@cache
def _layouts() -> Mapping[str, Layout]:
    rows = YAML(typ="safe", pure=True).load(FILE.read_text("utf-8"))
    return {name: Layout(name, _letters(row)) for name, row in rows.items()}


def _letters(rows: Mapping[int, Any]) -> Mapping[tuple[int, Level], bytes]:
    letters = {
        (code, level): letter.encode()
        for code, letter in KEYPAD.items()
        for level in (Level.PLAIN, Level.SHIFT)
        if level is Level.PLAIN or not letter.isdigit()
    }
    for first, levels in rows.items():
        for level, typed in zip(Level, levels, strict=False):
            for place, letter in enumerate(typed):
                if letter != "\N{SYMBOL FOR NULL}":
                    letters[first + place, level] = letter.encode()
    return letters
