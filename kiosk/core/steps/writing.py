"""Questions answered by one field of text: names, numbers, money, phone, e-mail, references."""

import re
from dataclasses import dataclass

from kiosk.core.bidi import isolate, isolate_lines
from kiosk.core.journey import Answer, Asked, Draft, Given, NotGiven
from kiosk.core.steps.keys import key_words
from kiosk.core.text import clean, holds_card_number
from kiosk.core.views import Field, Fields, Keyboard, Problem
from kiosk.core.words import Words

FIELD = "text"
PHONE_DIGITS = range(7, 16)
"""At most 15 (ITU-T E.164, section 6.1); fewer than 7 is no whole number in the United Kingdom."""

_AMOUNT = re.compile(r"([0-9]{1,9}|[0-9]{1,3}([,.])[0-9]{3}(?:\2[0-9]{3})*)(?:[.,]([0-9]{1,2}))?")
"""Pounds, with or without groups of three, and pence after a point or a comma."""

CARD_NUMBER = "Do not enter a bank card number here"


@dataclass(frozen=True, kw_only=True)
class WritingStep(Asked):
    """One field of text; the kinds below say which keys it needs and what is accepted.

    Attributes:
        longest: characters that are kept.
        example: shown in the words for a wrong answer, where the kind has such words.
    """

    longest: int = 200
    example: str = ""
    is_question: bool = True

    keyboard = Keyboard.LETTERS
    chars = 30
    lines = 1
    prefix = ""
    empty_words = "Enter an answer"
    isolated = False

    def entry(self, draft: Draft, words: Words) -> Fields:
        """Show one field whose label is the heading."""
        only = Field(
            name=FIELD,
            label="",
            text=draft.get(FIELD, ""),
            keyboard=self.keyboard,
            chars=min(self.chars, max(self.longest, 4)),
            lines=self.lines,
            prefix=self.prefix,
            longest=self.longest,
            required=not self.optional,
        )
        return Fields((only,), key_words(words))

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Clean the text, refuse card numbers and what is too long, then ask the kind."""
        text = clean(draft.get(FIELD, ""), lines=self.lines > 1)
        if not text:
            return (
                NotGiven() if self.optional else self._problem(words.say(self.if_empty or self.empty_words))
            )
        if holds_card_number(text):
            return self._problem(words.say(CARD_NUMBER))
        if len(text) > self.longest:
            return self._problem(
                words.say_number(
                    self.longest,
                    "Your answer must be {count} character or fewer",
                    "Your answer must be {count} characters or fewer",
                )
            )
        return self.read(text, words)

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Make an answer of a clean, non-empty text."""
        return Given(text)

    def shown(self, answer: Answer, words: Words) -> str:
        """Show the text as it was given."""
        text = answer.text if isinstance(answer, Given) else ""
        return isolate(text) if self.isolated else isolate_lines(text)

    def _problem(self, text: str) -> tuple[Problem, ...]:
        return (Problem(FIELD, text),)


@dataclass(frozen=True, kw_only=True)
class ShortTextStep(WritingStep):
    """One line of any text."""

    longest: int = 100


@dataclass(frozen=True, kw_only=True)
class LongTextStep(WritingStep):
    """Several lines of any text."""

    longest: int = 1000
    lines = 5


@dataclass(frozen=True, kw_only=True)
class FullNameStep(WritingStep):
    """A whole name in one field, any characters, never checked against an idea of names."""

    longest: int = 150
    empty_words = "Enter your full name"


@dataclass(frozen=True, kw_only=True)
class NumberStep(WritingStep):
    """A whole number, within bounds where they are given."""

    least: int | None = None
    most: int | None = None
    longest: int = 12
    keyboard = Keyboard.DIGITS
    chars = 10
    empty_words = "Enter a number"
    isolated = True

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Take digits with or without spaces and commas."""
        digits = re.sub(r"[\s,]", "", text)
        if not re.fullmatch(r"-?[0-9]{1,12}", digits):
            return self._problem(words.say("Enter a whole number, like 3"))
        number = int(digits)
        if self.least is not None and number < self.least:
            return self._problem(
                words.say("The number must be {least} or more", least=words.formats.number(self.least))
            )
        if self.most is not None and number > self.most:
            return self._problem(
                words.say("The number must be {most} or fewer", most=words.formats.number(self.most))
            )
        return Given(str(number))


@dataclass(frozen=True, kw_only=True)
class MoneyStep(WritingStep):
    """An amount in pounds; the answer is pence."""

    most_pounds: int = 1_000_000
    longest: int = 14
    keyboard = Keyboard.DECIMAL
    chars = 10
    prefix = "£"
    empty_words = "Enter an amount of money, like 42.50"
    isolated = True

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Take pounds with at most two digits of pence, as 1,234.50 or 1.234,50, the sign allowed."""
        bare = re.sub(r"[\s£]", "", text)
        amount = _AMOUNT.fullmatch(bare)
        if amount is None or (amount[2] == "." and amount[3] is None):
            return self._problem(words.say("Enter an amount of money, like 42.50"))
        pence = int(re.sub("[,.]", "", amount[1])) * 100 + int((amount[3] or "0").ljust(2, "0"))
        if pence > self.most_pounds * 100:
            return self._problem(
                words.say(
                    "The amount must be {most} or less", most=words.formats.money(self.most_pounds * 100)
                )
            )
        return Given(str(pence))

    def shown(self, answer: Answer, words: Words) -> str:
        """Show pounds and pence."""
        if not isinstance(answer, Given):
            return ""
        return words.formats.money(int(answer.text))


@dataclass(frozen=True, kw_only=True)
class PhoneStep(WritingStep):
    """A telephone number in any format, kept as it was given."""

    longest: int = 30
    keyboard = Keyboard.PHONE
    chars = 20
    empty_words = "Enter a phone number"
    isolated = True

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Take 7 to 15 digits (ITU-T E.164) with the usual marks between them."""
        digits = re.sub(r"\D", "", text)
        if not re.fullmatch(r"[0-9+()./ \-]+", text) or len(digits) not in PHONE_DIGITS:
            return self._problem(
                words.say("Enter a phone number, like 01632 960 001, 07700 900 982 or +44 808 157 0192")
            )
        return Given(text)


@dataclass(frozen=True, kw_only=True)
class EmailStep(WritingStep):
    """An e-mail address of at most 254 characters (RFC 5321, section 4.5.3.1.3)."""

    longest: int = 254
    keyboard = Keyboard.EMAIL
    empty_words = "Enter an email address"
    isolated = True

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Take one @ with something before it and a dotted name after it."""
        if not re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", text):
            return self._problem(words.say("Enter an email address, like name@example.com"))
        return Given(text)


@dataclass(frozen=True, kw_only=True)
class ReferenceStep(WritingStep):
    """A reference from a letter or a booking; case, spaces and hyphens do not matter."""

    shortest: int = 4
    longest: int = 20
    keyboard = Keyboard.CODE
    chars = 20
    empty_words = "Enter the reference"
    isolated = True

    def read(self, text: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Take letters and digits only, once spaces and hyphens are gone."""
        bare = re.sub(r"[\s\-‐-―/.]", "", text).upper()
        if not re.fullmatch(r"[A-Z0-9]+", bare) or len(bare) < self.shortest:
            like = self.example or "AB123456"
            return self._problem(
                words.say("Enter the reference as it is written, like {example}", example=isolate(like))
            )
        return Given(bare)
