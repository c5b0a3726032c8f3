"""What is said aloud, as values.

Responsible for: one piece of speech, and the manner in which it is said.
Not responsible for: choosing the words (`kiosk.core.spoken`), or making sound (`kiosk.speech`).
"""

from dataclasses import dataclass
from typing import Final

CLIP_FORM: Final = (22_050, 16, 1)
"""Samples a second, bits a sample, and channels of all sound here."""


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or label, in one language.

    Attributes:
        private: it may tell others something about the visitor.
    """

    text: str
    language: str
    private: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is said.

    Attributes:
        rate: percent of 125 words a minute.
        volume: a step, see `kiosk.core.access.VOLUMES`.
    """

    rate: int = 100
    volume: int = 4
