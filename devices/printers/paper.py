"""About how many tickets the roll still holds.

Responsible for: counting what was printed since the roll was changed, learning from rolls that were used up.
Not responsible for: keeping the count on disk (a `PaperMemory` does), or what staff are told. Pure.

A number is told only when there is ground for it: a whole roll was counted once, or the near-end sensor
spoke. Counting is on the careful side: a ticket that may not have come out counts as printed.
"""

from dataclasses import replace
from typing import Final

from kiosk.core.hardware import PaperUse

NEAR_END_MM: Final = 2000
"""What is left on an 18 mm core when the roll is down to about 23 mm, where such sensors look, is 2.4 m."""
FEWEST_TICKETS: Final = 20
"""A roll that held fewer was no whole roll, or its end was not the paper's."""
SMOOTHING: Final = 8


def with_ticket(use: PaperUse, length: int) -> PaperUse:
    """Count a ticket; a usual one is as long as those before, the newest counting most."""
    usual = use.ticket_length + (length - use.ticket_length) // SMOOTHING if use.ticket_length else length
    return replace(use, used=use.used + length, tickets=use.tickets + 1, ticket_length=usual)


def with_sensors(use: PaperUse, *, is_low: bool, is_out: bool, may_learn: bool = True) -> PaperUse:
    """Take what the sensors say; a roll that is there again, or full again, is a new one.

    Args:
        use: what was known.
        is_low: the roll is near its end.
        is_out: there is no paper.
        may_learn: the end of the paper is the roll's; not while the cover is open.
    """
    if (use.is_out and not is_out) or (use.is_low and not is_low and not is_out):
        use = PaperUse(
            ticket_length=use.ticket_length,
            whole_roll=use.whole_roll,
            after_near_end=use.after_near_end,
            from_start=True,
        )
    if is_out and not use.is_out and may_learn:
        use = _learned(use)
    if is_low and not use.is_low:
        use = replace(use, near_end_at=use.used)
    return replace(use, is_low=is_low or (use.is_low and is_out), is_out=is_out)


def _learned(use: PaperUse) -> PaperUse:
    if not use.from_start or use.tickets < FEWEST_TICKETS:
        return use
    rest = use.used - use.near_end_at if use.near_end_at else use.after_near_end
    return replace(use, whole_roll=use.used, after_near_end=rest)


def tickets_left(use: PaperUse, dots_per_mm: float) -> int | None:
    """Return about how many usual tickets are left; None when nobody can say."""
    if use.is_out:
        return 0
    if not use.ticket_length:
        return None
    if use.is_low:
        rest = use.after_near_end or round(NEAR_END_MM * dots_per_mm)
        return max(0, (rest - (use.used - use.near_end_at)) // use.ticket_length)
    if use.whole_roll and use.from_start:
        return max(0, (use.whole_roll - use.used) // use.ticket_length)
    return None
