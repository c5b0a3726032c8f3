"""What one model of receipt printer can do.

Responsible for: the value, and reading the models from ``profiles.yaml``.
Not responsible for: finding out what the unit on the desk really answers (`greeting` does).
"""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

from kiosk.core.hardware import Fence
from kiosk.errors import SettingsError

PROFILES_FILE: Final = Path(__file__).with_name("profiles.yaml")
MM_PER_INCH: Final = 25.4
FONT_A_DOTS: Final = 12
FONT_B_DOTS: Final = 9
GROUNDS: Final = ("verified", "documents", "analogy")
"""On what ground a row is believed, best first."""


@dataclass(frozen=True, slots=True)
class CodePage:
    """A set of letters in the printer: its number there, and the encoding's name here."""

    number: int
    encoding: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One model; what each attribute means is told at the top of ``profiles.yaml``."""

    name: str
    title: str
    width_dots: int
    dpi: int
    feed_dpi: int
    code_pages: tuple[CodePage, ...]
    native_qr: bool
    fences: tuple[Fence, ...]
    automatic_status: bool
    cut: bool
    clears: bool
    verified: tuple[str, ...]
    documents: tuple[str, ...]
    analogy: tuple[str, ...]

    @property
    def columns(self) -> int:
        """Letters of ordinary size on one line."""
        return self.width_dots // FONT_A_DOTS

    @property
    def proven(self) -> str:
        """Return the weakest ground that any of the row stands on."""
        return next((ground for ground in reversed(GROUNDS) if getattr(self, ground)), GROUNDS[0])

    def dots(self, height_mm: float) -> int:
        """Turn millimetres into dots of the print head."""
        return round(height_mm * self.dpi / MM_PER_INCH)


def profile_named(name: str) -> Profile:
    """Return a printer model.

    Raises:
        SettingsError: there is no such model; the error names the nearest.
    """
    known = profiles()
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean '{near[0]}'? " if near else ""
    raise SettingsError(
        "DEVICE-002",
        f"The printer profile '{name}' is unknown.",
        f"{hint}Choose one of {', '.join(known)}; for a printer that is not listed try generic-80mm.",
        name,
    )


@cache
def profiles() -> Mapping[str, Profile]:
    """Read all models."""
    rows = YAML(typ="safe", pure=True).load(PROFILES_FILE.read_text("utf-8"))
    return {name: _profile(name, row) for name, row in rows.items()}


def _profile(name: str, row: dict[str, Any]) -> Profile:
    pages = tuple(CodePage(page["number"], page["encoding"]) for page in row.pop("code_pages"))
    fences = tuple(Fence(fence) for fence in row.pop("fences"))
    row.update({ground: tuple(row[ground]) for ground in GROUNDS})
    return Profile(name=name, code_pages=pages, fences=fences, **row)
