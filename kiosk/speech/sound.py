"""The form in which sound travels here, and reading it from WAV.

Responsible for: one form for voices, clips and the player, and refusing every other. Pure.
Not responsible for: files (`kiosk.speech.clips`), or processes.

Source: RIFF/WAVE with a canonical 44-byte header, as espeak-ng writes to a pipe (its sizes are untrue there).
"""

import wave
from io import BytesIO
from typing import Final

from kiosk.core.utterance import CLIP_FORM

RATE_HZ, _BITS, CHANNELS = CLIP_FORM
SAMPLE_BYTES: Final = _BITS // 8
HEADER_BYTES: Final = 44


def silence(seconds: float) -> bytes:
    """Return silence of a length."""
    return bytes(int(RATE_HZ * seconds) * SAMPLE_BYTES)


def samples_of(content: bytes) -> bytes | None:
    """Return the samples of a whole WAV file; None when it is not in the form that travels here."""
    try:
        with wave.open(BytesIO(content)) as read:
            form = (read.getframerate(), read.getsampwidth(), read.getnchannels())
            return read.readframes(read.getnframes()) if form == (RATE_HZ, SAMPLE_BYTES, CHANNELS) else None
    except (wave.Error, EOFError):
        return None
