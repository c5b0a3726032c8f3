"""What staff see at the terminal: today's tickets, with a way to print each.

Responsible for: one line of that list as a fact.
Not responsible for: who may see it (`kiosk.core.staff`), or drawing it.
"""

from dataclasses import dataclass

from kiosk.core.hardware import OutcomeWord


@dataclass(frozen=True, slots=True)
class StaffJob:
    """One ticket of today: an arrival's, or an appointment's that can be printed.

    Attributes:
        key: the print job's id, or ``appointment:ID`` where nothing was printed yet.
        time: local, as shown.
        number: queue number or booking reference.
        service: the service's name.
        outcome: of the latest print, or None when nothing was printed yet.
        copies: how many copies were made after the first print.
    """

    key: str
    time: str
    number: str
    service: str
    outcome: OutcomeWord | None
    copies: int = 0
