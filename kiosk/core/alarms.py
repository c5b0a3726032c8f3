"""What staff must know of a terminal without being asked, as words that never change.

Responsible for: when each alarm holds.
Not responsible for: telling anybody (the heartbeat does, and the desk puts it into plain words).
"""

from dataclasses import dataclass
from enum import StrEnum

DAY_S = 24 * 3600
CLOCK_WRONG_S = 60
DISK_LOW_MIB = 500


class Alarm(StrEnum):
    """Each is shown at the desk until it no longer holds."""

    WAITING_A_DAY = "cases-waiting-24-hours"
    WAITING_THREE_DAYS = "cases-waiting-72-hours"
    UPDATE_NEEDED = "update-needed"
    PARKED = "cases-parked"
    DISK_LOW = "disk-low"
    CLOCK_WRONG = "clock-wrong"
    SERVICES_REFUSED = "services-refused"
    SERVICES_NOT_CHECKED = "services-not-checked"


@dataclass(frozen=True, slots=True)
class Measured:
    """How a terminal is, in numbers.

    Attributes:
        oldest_s: age of the oldest case that waits; 0 when none does.
        clock_ahead_s: how far central's clock is ahead of this one.
        services_refused: a published version could not be taken up.
        services_checked_s: since central said which services are published; 0 where they are kept by hand.
        needs_update: central does not know the version of the cases that wait.
    """

    oldest_s: float = 0.0
    parked: int = 0
    free_mib: int = DISK_LOW_MIB
    clock_ahead_s: float = 0.0
    services_refused: bool = False
    services_checked_s: float = 0.0
    needs_update: bool = False


def alarms(measured: Measured) -> tuple[Alarm, ...]:
    """Return what holds now, the gravest first."""
    holds = {
        Alarm.WAITING_THREE_DAYS: measured.oldest_s >= 3 * DAY_S,
        Alarm.WAITING_A_DAY: DAY_S <= measured.oldest_s < 3 * DAY_S,
        Alarm.UPDATE_NEEDED: measured.needs_update,
        Alarm.PARKED: measured.parked > 0,
        Alarm.DISK_LOW: measured.free_mib < DISK_LOW_MIB,
        Alarm.CLOCK_WRONG: abs(measured.clock_ahead_s) > CLOCK_WRONG_S,
        Alarm.SERVICES_REFUSED: measured.services_refused,
        Alarm.SERVICES_NOT_CHECKED: measured.services_checked_s >= DAY_S,
    }
    return tuple(alarm for alarm, is_so in holds.items() if is_so)
