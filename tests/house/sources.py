"""The checkout as the house rules see it: every tracked file, read and parsed once. It judges nothing."""

from __future__ import annotations

import ast
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kiosk", "screens", "devices")


@dataclass(frozen=True)
class Source:
    """One file: `path` is relative to the top of the checkout, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed Python of the file."""
        return ast.parse(self.text, self.path)

    @property
    def room(self) -> str:
        """The top folder, or the empty string for a file at the top."""
        return self.path.partition("/")[0] if "/" in self.path else ""

    @property
    def stem(self) -> str:
        """The file's name without its folder and ending."""
        return Path(self.path).stem


def tracked_paths(root: Path = ROOT) -> list[str]:
    """Return the paths that git keeps and that are still there, sorted."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git is the reader's own
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(path for path in listed.stdout.split("\0") if path and (root / path).is_file())


def read_text_files(root: Path = ROOT) -> list[Source]:
    """Read every tracked file that is text; pictures and fonts are left out."""
    found = []
    for path in tracked_paths(root):
        content = (root / path).read_bytes()
        if b"\0" not in content[:8192]:
            found.append(Source(path, content.decode("utf-8", errors="replace")))
    return found
