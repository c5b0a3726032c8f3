"""Alarms hold exactly while what they say is so."""

import pytest

from kiosk.core.alarms import DAY_S, Alarm, Measured, alarms


def test_a_terminal_that_is_well_raises_nothing() -> None:
    assert alarms(Measured()) == ()


@pytest.mark.parametrize(
    ("measured", "raised"),
    [
        (Measured(oldest_s=DAY_S - 1), ()),
        (Measured(oldest_s=DAY_S), (Alarm.WAITING_A_DAY,)),
        (Measured(oldest_s=3 * DAY_S), (Alarm.WAITING_THREE_DAYS,)),
        (Measured(parked=1), (Alarm.PARKED,)),
        (Measured(needs_update=True), (Alarm.UPDATE_NEEDED,)),
        (Measured(free_mib=499), (Alarm.DISK_LOW,)),
        (Measured(clock_ahead_s=-61), (Alarm.CLOCK_WRONG,)),
        (Measured(clock_ahead_s=60), ()),
        (Measured(services_refused=True), (Alarm.SERVICES_REFUSED,)),
        (Measured(services_checked_s=DAY_S), (Alarm.SERVICES_NOT_CHECKED,)),
    ],
)
def test_each_alarm_begins_at_its_limit(measured: Measured, raised: tuple[Alarm, ...]) -> None:
    assert alarms(measured) == raised
