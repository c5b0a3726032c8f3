"""Finds what can speak on this machine.

Responsible for: making the speaker, or saying by None that there is nothing to speak with.
Not responsible for: speaking.
"""

import shutil

from kiosk.ports import DeviceSink
from kiosk.speech.clips import Clips
from kiosk.speech.programs import Programs
from kiosk.speech.speaker import Speaker


def open_speaker(clips: Clips, sink: DeviceSink) -> Speaker | None:
    """Start the speaker; None where espeak-ng or the sound server's player is not installed."""
    espeak, pacat = shutil.which("espeak-ng"), shutil.which("pacat")
    if espeak is None or pacat is None:
        return None
    return Speaker(Programs(espeak, pacat), clips, sink)
