"""The bundled fonts are what fonts.toml says, with their licences, and small enough to ship."""

import hashlib
import tomllib
from typing import Any

import pytest

from kiosk.typeset.faces import FONTS

ENTRIES: list[dict[str, Any]] = tomllib.loads((FONTS / "fonts.toml").read_text("utf-8"))["font"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_each_font_is_the_one_that_was_taken_with_its_licence(entry: dict[str, Any]) -> None:
    assert hashlib.sha256((FONTS / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / entry["licence"]).read_text("utf-8")
    assert entry["source"]
    assert entry["version"]


def test_every_font_file_has_an_entry() -> None:
    files = {path.name for path in FONTS.iterdir() if path.suffix in {".ttf", ".otf"}}
    assert files == {entry["file"] for entry in ENTRIES}


def test_the_fonts_stay_under_six_megabytes() -> None:
    assert sum(path.stat().st_size for path in FONTS.iterdir()) < 6_000_000
