"""A date in three fields: day, month, year."""

import re
from dataclasses import dataclass
from datetime import date

from kiosk.core.formats import MONTHS
from kiosk.core.journey import Answer, Asked, Draft, Given, NotGiven
from kiosk.core.steps.keys import key_words
from kiosk.core.text import clean
from kiosk.core.views import Field, Fields, Keyboard, Problem
from kiosk.core.words import Words

SHORTEST = 3
"""Letters that name a month."""

PARTS = (("day", "Day"), ("month", "Month"), ("year", "Year"))
MISSING = {
    "day": "The date must include a day",
    "month": "The date must include a month",
    "year": "The date must include a year",
}


def spell_date(day: date, words: Words) -> str:
    """Write a date as people read it: 4 June 2017, 4 czerwca 2017."""
    return words.formats.date(day)


@dataclass(frozen=True, kw_only=True)
class DateStep(Asked):
    """A day of the calendar.

    Attributes:
        must_be: ``any``, ``past`` (today counts) or ``future`` (today counts).
    """

    must_be: str = "any"
    is_question: bool = True

    def entry(self, draft: Draft, words: Words) -> Fields:
        """Show day, month and year as three fields with digits."""
        return Fields(
            tuple(
                Field(
                    name=name,
                    label=words.say(label),
                    text=draft.get(name, ""),
                    keyboard=Keyboard.DIGITS,
                    chars=4 if name == "year" else 2,
                    longest=9 if name == "month" else 4,
                    required=not self.optional,
                )
                for name, label in PARTS
            ),
            key_words(words),
        )

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Say which part is missing, whether the date exists, and whether it lies where it must."""
        given = {name: clean(draft.get(name, "")) for name, _ in PARTS}
        if not any(given.values()):
            empty = words.say(self.if_empty or "Enter a date, like 27 3 2007")
            return NotGiven() if self.optional else (Problem("day", empty),)
        missing = tuple(Problem(name, words.say(MISSING[name])) for name, _ in PARTS if not given[name])
        if missing:
            return missing
        day = _read(given["day"], _month(given["month"], words), given["year"])
        if day is None:
            return (Problem("day", words.say("The date must be a real date, like 27 3 2007")),)
        return self._bounded(day, date.fromisoformat(today), words)

    def _bounded(self, day: date, today: date, words: Words) -> Answer | tuple[Problem, ...]:
        if self.must_be == "past" and day > today:
            return (Problem("day", words.say("The date must be today or in the past")),)
        if self.must_be == "future" and day < today:
            return (Problem("day", words.say("The date must be today or in the future")),)
        return Given(day.isoformat())

    def shown(self, answer: Answer, words: Words) -> str:
        """Write the date out."""
        return spell_date(date.fromisoformat(answer.text), words) if isinstance(answer, Given) else ""


def _read(day: str, number: int | None, year: str) -> date | None:
    if number is None or not re.fullmatch("[0-9]{1,2}", day) or not re.fullmatch("[0-9]{4}", year):
        return None
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(text: str, words: Words) -> int | None:
    """Take a number, or the beginning of a month's name in English or in the visitor's language."""
    if re.fullmatch("[0-9]{1,2}", text):
        return int(text)
    short = text.casefold()
    for months in (words.formats.months, MONTHS):
        if short in map(str.casefold, months):
            return [*map(str.casefold, months)].index(short) + 1
        places = [place for place, month in enumerate(months, 1) if month.casefold().startswith(short)]
        if len(short) >= SHORTEST and places:
            return places[0]
    return None
