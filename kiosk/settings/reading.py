"""Reading as it goes: files, what is wrong in each, and the texts that visitors read.

Responsible for: what several steps of reading share.
Not responsible for: the order of reading (`kiosk.settings.load`).
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kiosk.settings.documents.service import ServiceDocument
from kiosk.settings.fit import Fitted
from kiosk.settings.journeys import PlacedStep
from kiosk.settings.problems import Notes
from kiosk.settings.said import Sentence, check_style, sentences
from kiosk.settings.tongues import Tongue
from kiosk.settings.tree import TOP, Table
from kiosk.settings.yaml_text import read_yaml


@dataclass
class Reading:
    """What was read so far, file by file.

    Attributes:
        local: a second folder, whose kiosk.yaml says what belongs to this terminal alone; None where one
            folder says everything.
    """

    folder: Path
    local: Path | None = None
    notes: dict[str, Notes] = field(default_factory=dict)
    said: list[Sentence] = field(default_factory=list)
    lacking: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tongues: tuple[Tongue, ...] = ()

    def notes_of(self, path: Path) -> Notes:
        """Return the notes of a file."""
        return self.notes.setdefault(str(path), Notes(str(path)))

    def table(self, path: Path) -> Table | None:
        """Return what stands in a YAML file."""
        notes = self.notes_of(path)
        try:
            raw = path.read_bytes()
        except OSError as problem:
            why = problem.strerror or "unknown reason"
            notes.problem(
                "SET-101", TOP, f"This file cannot be read ({why}).", "Make it, or mend its rights."
            )
            return None
        return read_yaml(raw, notes)

    def hear(self, fitted: Fitted[Any], path: Path) -> None:
        """Take the texts of a document that visitors read."""
        for sentence in sentences(fitted, str(path)):
            self.said.append(sentence)
            check_style(sentence, self.notes_of(path))


@dataclass(frozen=True, slots=True)
class ReadService:
    """One service file that fits."""

    path: Path
    document: Fitted[ServiceDocument]
    steps: tuple[PlacedStep, ...]
