"""How loud a step of volume is.

Responsible for: turning the visitor's steps into the sound server's number. Pure.
Not responsible for: the amplifier: the installation sets its greatest loudness (EN 301 549, 8.2.1.2).

Source: PulseAudio's volumes are cubic: a number n stands for the amplitude (n / 65536) cubed
(`pa_sw_volume_to_linear`). EN 301 549 5.1.3.12 asks for one step at 12 dB above the usual; steps of 4 dB
around the usual 4 of 8 reach 12 dB at 7, and 28 dB from the softest to the loudest.
"""

import math
from typing import Final

from kiosk.core.access import VOLUMES

STEP_DB: Final = 4.0
FULL: Final = 65536


def server_volume(step: int) -> int:
    """Return the sound server's number for a step, from the softest up to its full volume."""
    bounded = min(max(step, min(VOLUMES)), max(VOLUMES))
    amplitude = math.pow(10, (bounded - max(VOLUMES)) * STEP_DB / 20)
    return round(FULL * math.pow(amplitude, 1 / 3))
