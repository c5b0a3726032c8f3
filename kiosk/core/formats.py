"""How a language writes dates, times of day, numbers and money.

Responsible for: what the core asks of a language, and British English as GOV.UK writes it (5:30pm,
4 June 2017).
Not responsible for: other languages (`kiosk.settings.cldr`), or time zones: what comes in is local already.

Digits are 0 to 9 in every language, so that a number on the glass is the number on the call screen, on the
ticket and on the keys. Everything returned is isolated: whoever puts it into a sentence adds no marks.
"""

from datetime import date, time
from typing import Final, Protocol

from kiosk.core.bidi import isolate

NOON: Final = 12
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Formats(Protocol):
    """What the core asks of a language."""

    @property
    def months(self) -> tuple[str, ...]:
        """Name the twelve months, as people type them."""
        ...

    def date(self, day: date) -> str:
        """Write a day of the calendar."""
        ...

    def time(self, clock: time) -> str:
        """Write a local time of day."""
        ...

    def number(self, number: int) -> str:
        """Write a whole number."""
        ...

    def money(self, pence: int) -> str:
        """Write pounds and pence."""
        ...


class British:
    """English for the United Kingdom."""

    months: tuple[str, ...] = MONTHS

    def date(self, day: date) -> str:
        """Write 4 June 2017."""
        return isolate(f"{day.day} {MONTHS[day.month - 1]} {day.year}")

    def time(self, clock: time) -> str:
        """Write 5:30pm, 3pm, midday, midnight."""
        if (clock.hour, clock.minute) == (NOON, 0):
            return "midday"
        if (clock.hour, clock.minute) == (0, 0):
            return "midnight"
        hour = f"{(clock.hour - 1) % NOON + 1}" + (f":{clock.minute:02}" if clock.minute else "")
        return isolate(hour + ("am" if clock.hour < NOON else "pm"))

    def number(self, number: int) -> str:
        """Write 1,234."""
        return isolate(f"{number:,}")

    def money(self, pence: int) -> str:
        """Write £1,234.50."""
        return isolate(f"£{pence // 100:,}.{pence % 100:02}")


BRITISH: Final[Formats] = British()
