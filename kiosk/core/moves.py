"""The result of one event: a visit, and what must be done."""

from dataclasses import dataclass, replace

from kiosk.core.effects import Effect, EndVisit, StopReading
from kiosk.core.visit import Over, Stage, Visit


@dataclass(frozen=True, slots=True)
class Move:
    """The visit after an event, and the effects of the event in order."""

    visit: Visit
    effects: tuple[Effect, ...] = ()


def stay(visit: Visit) -> Move:
    """Ask nothing of the world."""
    return Move(visit)


def end(visit: Visit) -> Move:
    """End the visit and let everything of it be forgotten."""
    ended = Visit(visit.case_id, visit.language, stage=Stage.ENDED, printer=visit.printer)
    return Move(replace(ended, over=Over.NOTHING), (StopReading(), EndVisit()))
