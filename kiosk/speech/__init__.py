"""Speech without a network: what is on the glass, said aloud in the visitor's language.

Responsible for: implementing `kiosk.ports.Speaker` with espeak-ng, recorded clips and the sound server.
Not responsible for: what is said and what is private (`kiosk.core.spoken`), or when (`kiosk.conductor`).
"""

from kiosk.speech.clips import Clips
from kiosk.speech.opening import open_speaker
from kiosk.speech.speaker import Speaker
from kiosk.speech.voices import voice_languages

__all__ = ["Clips", "Speaker", "open_speaker", "voice_languages"]
