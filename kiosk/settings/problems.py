"""What is wrong in the configuration: with a place, in plain words, with advice.

Responsible for: the value `Problem`, gathering them file by file, and "did you mean".
Not responsible for: finding any (the rest of `kiosk.settings`) or showing them (`kiosk.settings.report`).
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.settings.tree import Place

NEAR = 0.6
MOST_LISTED = 12


class Severity(StrEnum):
    """A problem keeps the terminal from starting; a remark is only worth knowing."""

    PROBLEM = "problem"
    REMARK = "remark"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to put right.

    Attributes:
        file: as the person who called can open it.
        line, column: counted from 1.
        code: stable, such as ``SET-201``; explained in docs/staff/settings-problems.md.
        what: what is wrong, one sentence.
        do: what to do, one sentence.
    """

    file: str
    line: int
    column: int
    code: str
    what: str
    do: str
    severity: Severity = Severity.PROBLEM

    def __str__(self) -> str:
        """Read as one line, in the form that editors and terminals make clickable."""
        return f"{self.file}:{self.line}:{self.column} {self.code} {self.what} -> {self.do}"


@dataclass(frozen=True, slots=True)
class Notes:
    """Gather what is wrong in one file."""

    file: str
    found: list[Problem] = field(default_factory=list)

    def problem(self, code: str, place: Place, what: str, do: str) -> None:
        """Note something that must be put right."""
        self.found.append(Problem(self.file, place.line, place.column, code, what, do))

    def remark(self, code: str, place: Place, what: str, do: str) -> None:
        """Note something worth knowing."""
        self.found.append(Problem(self.file, place.line, place.column, code, what, do, Severity.REMARK))


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """Advise what to write instead: the nearest known word, else the list of them."""
    words = list(dict.fromkeys(known))
    near = difflib.get_close_matches(written.casefold()[:80], words, 1, NEAR)
    if near:
        return f"Did you mean '{near[0]}'?"
    if not words:
        return "There is none to choose from yet; add it first."
    shown = ", ".join(words[:MOST_LISTED]) + (", …" if len(words) > MOST_LISTED else "")
    return f"Write one of: {shown}."


def quoted(text: str, most: int = 40) -> str:
    """Put a text in quotes, in one line and not too long, whatever it holds."""
    shown = text[: most + 1]
    if not shown.isprintable():
        shown = "".join(c if c.isprintable() else " " for c in shown)
    return f"'{shown[: most - 1]}…'" if len(shown) > most else f"'{shown}'"
