"""Times of day as people read them.

Responsible for: 5:30pm, 3pm, midday, midnight (the form that UK councils use).
Not responsible for: time zones; what comes in is local already.
"""

from datetime import datetime, time

from kiosk.core.bidi import isolate

NOON = 12


def spell_time(moment: datetime | time) -> str:
    """Write a local time of day."""
    hour, minute = moment.hour, moment.minute
    if (hour, minute) == (NOON, 0):
        return "midday"
    if (hour, minute) == (0, 0):
        return "midnight"
    clock = f"{(hour - 1) % NOON + 1}" + (f":{minute:02}" if minute else "")
    return isolate(clock + ("am" if hour < NOON else "pm"))
