"""How long the terminal waits for a person.

Responsible for: idle times of one visit, from the facility's and the visitor's own wish for more.
Not responsible for: what happens when they are over (`kiosk.core.transitions`).
"""

from dataclasses import replace
from typing import Final

from kiosk.core.access import MoreTime
from kiosk.core.facility import Idle
from kiosk.core.visit import Scene, Visit

_LONGER: Final = {MoreTime.USUAL: 1, MoreTime.TWICE: 2, MoreTime.TEN_TIMES: 10, MoreTime.OFF: 10}
FORGOTTEN_S: Final = 3600.0
"""Without a time limit: after so long somebody has gone, and what they typed must not stay for the next."""


def idle_of(visit: Visit, scene: Scene) -> Idle:
    """Say when the warning comes, and how long it stays; seconds."""
    idle, longer = scene.facility.idle, _LONGER[visit.access.time]
    after_s = FORGOTTEN_S if visit.access.time is MoreTime.OFF else idle.after_s * longer
    return replace(idle, after_s=after_s, warning_s=idle.warning_s * longer)


def ends_at_s(visit: Visit, scene: Scene) -> float:
    """Say when a visit that was warned ends: never before the warning has stood its whole time.

    However late a tick comes, nobody is cut off unwarned (WCAG 2.2.1: at least 20 seconds to answer).
    """
    return max(visit.warned_s, visit.touched_s) + idle_of(visit, scene).warning_s


def is_untouched(visit: Visit, scene: Scene) -> bool:
    """Say whether a terminal at rest is as the facility wants it to be found."""
    first = scene.facility.languages[0].language
    return visit.access == scene.facility.access and visit.language == first
