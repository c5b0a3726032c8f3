"""Recorded clips: sentences that a facility had read aloud by a person.

Responsible for: finding the recording of a sentence.
Not responsible for: telling what is wrong with a folder of clips (`kiosk.settings`).

A recording is kept by language and by the very sentence that is shown in that language, so that it is used
wherever the sentence stands, and falls silent by itself when the sentence changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.speech.sound import samples_of


@dataclass(frozen=True)
class Clips:
    """The recordings of a facility.

    Attributes:
        files: by language and sentence; read anew each time, so that nothing is kept in memory.
    """

    files: Mapping[tuple[str, str], Path] = field(default_factory=dict)

    def samples(self, language: str, text: str) -> bytes | None:
        """Return the recording's samples; None when there is none that can be played. Blocks."""
        path = self.files.get((language, text))
        if path is None:
            return None
        try:
            return samples_of(path.read_bytes())
        except OSError:
            return None

    def languages(self) -> frozenset[str]:
        """Return the languages that have any recording."""
        return frozenset(language for language, _ in self.files)
