"""Reading aloud begins when headphones are plugged in, and ends when they are pulled out.

Responsible for: what the headphone socket does to a visit.
Not responsible for: the setting itself (`kiosk.core.easing`), or what is read (`kiosk.core.reading`).

So that somebody who sees nothing can begin without seeing anything (EN 301 549, 5.2), and so that a visit
that was listened to alone never goes on over loudspeakers.
"""

from dataclasses import replace

from kiosk.core.access import Speech
from kiosk.core.hardware import Headphones, HeadphonesChanged
from kiosk.core.moves import Move, stay
from kiosk.core.visit import Scene, Visit


def headphones_changed(visit: Visit, event: HeadphonesChanged, scene: Scene) -> Move:
    """Begin or end to read aloud."""
    return stay(listening(replace(visit, headphones=event.state)))


def listening(visit: Visit) -> Visit:
    """Read to headphones that are in; stop what only they began once they are not."""
    if visit.headphones is Headphones.IN and not visit.access.speaks:
        return replace(visit, by_plug=True, access=replace(visit.access, speech=Speech.ON))
    if visit.headphones is not Headphones.IN and visit.by_plug:
        return replace(visit, by_plug=False, access=replace(visit.access, speech=Speech.OFF))
    return visit


def voice_language(visit: Visit, scene: Scene) -> str:
    """Return the language a visit is read in: its own, or English where there is no voice for it."""
    return visit.language if visit.language in scene.voices else "en"
