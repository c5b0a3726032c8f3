"""Dates, times, numbers and money as CLDR says that a language writes them.

Responsible for: one language's formats, through Babel.
Not responsible for: British English, which GOV.UK writes in its own way (`kiosk.core.formats`).

Digits are 0 to 9 everywhere, and the pound keeps its sign: "GBP" is not what stands on a bill.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from babel import Locale
from babel.dates import format_date, format_time, get_month_names
from babel.numbers import NumberPattern, format_decimal

from kiosk.core.bidi import isolate_words

_DIGITS = "latn"
_POUND = "£"


@dataclass(frozen=True)
class CldrFormats:
    """One language.

    Args:
        locale: of the language.
    """

    locale: Locale

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Name the months as they stand alone."""
        names = get_month_names("wide", "stand-alone", self.locale)
        return tuple(names[month] for month in range(1, 13))

    def date(self, day: date) -> str:
        """Write the long form: 4 czerwca 2017."""
        return isolate_words(format_date(day, "long", self.locale))

    def time(self, clock: time) -> str:
        """Write the short form: 17:30."""
        return isolate_words(format_time(clock.replace(tzinfo=None), "short", locale=self.locale))

    def number(self, number: int) -> str:
        """Write a whole number with the language's groups."""
        return isolate_words(format_decimal(number, locale=self.locale, numbering_system=_DIGITS))

    def money(self, pence: int) -> str:
        """Write pounds and pence with the language's separators, the sign on the language's side."""
        pattern: NumberPattern = self.locale.currency_formats["standard"]
        bare = format_decimal(pence / 100, "#,##0.00", self.locale, numbering_system=_DIGITS)
        prefix, suffix = (affix.replace("¤", _POUND) for affix in (pattern.prefix[0], pattern.suffix[0]))
        return isolate_words(f"{prefix}{bare}{suffix}")
