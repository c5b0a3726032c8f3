"""An ear for rehearsals: takes what would be read aloud, and makes no sound.

Responsible for: implementing `kiosk.ports.Speaker` so that a walk can expect what a visitor hears.
Not responsible for: voices (`kiosk.speech`, whose own tests hear them).
"""

import threading
from collections.abc import Sequence

from kiosk.core.utterance import Manner, Said
from kiosk.speech import voice_languages


class Listener:
    """Remember what was said since the visit began; any thread."""

    def __init__(self) -> None:
        self._gate = threading.Lock()
        self._heard: list[Said] = []
        self.manner = Manner()
        self.hushes = 0

    def say(self, speech: Sequence[Said], manner: Manner) -> None:
        """Hear it all at once."""
        with self._gate:
            self._heard += speech
            self.manner = manner

    def hush(self) -> None:
        """Count it: what was being said was all heard."""
        self.hushes += 1

    def rest(self) -> None:
        """Forget the visit."""
        with self._gate:
            self._heard.clear()

    def languages(self) -> frozenset[str]:
        """Return the languages that have a voice."""
        return voice_languages()

    def close(self) -> None:
        """Nothing is held."""

    def heard(self) -> tuple[Said, ...]:
        """Return what was said in this visit, in order."""
        with self._gate:
            return tuple(self._heard)
