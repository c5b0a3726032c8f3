"""Words in the visitor's language, looked up by the English sentence.

Responsible for: one language as a value: its catalogue, plurals, direction and name, and filling in what
varies.
Not responsible for: reading catalogues from files (`kiosk.settings`) or deciding which language it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.core.bidi import isolate_english
from kiosk.core.formats import BRITISH, Formats
from kiosk.core.views import Direction

ENGLISH = "en"
_PLACE = re.compile(r"\{[a-z_]+\}")
MACHINE_MADE = "These words were translated by a computer and may have mistakes. English is one touch away"
PARTLY_ENGLISH = "Some of these words are in English, because nobody has checked their translation yet"


def _one_or_more(number: int) -> int:
    return 0 if number == 1 else 1


@dataclass(frozen=True)
class Words:
    """One language.

    Attributes:
        language: BCP 47 code, such as ``cy``.
        name: what the language calls itself.
        catalogue: translation by English sentence; what is missing stays English.
        plurals: translations by the English sentence for one, in the order of the language's forms.
        form_of: which of the forms a number takes.
        formats: how the language writes dates, times, numbers and money.
        caution: an English sentence to be said before these words are relied on; empty where they were read
            by a reader of the language.
    """

    language: str
    name: str
    direction: Direction = Direction.LTR
    catalogue: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form_of: Callable[[int], int] = _one_or_more
    formats: Formats = BRITISH
    caution: str = ""

    def say(self, english: str, **values: str) -> str:
        """Translate a sentence and put values in the places named ``{like_this}``.

        Never raises: a place without a value stays as it is written.
        """
        text = self.catalogue.get(english)
        if text or not has_words(english):
            return _filled(text or english, values)
        return self._in_english(_filled(english, values))

    def say_number(self, number: int, one: str, many: str, **values: str) -> str:
        """Translate a sentence that turns on a number; its place is ``{count}``.

        Args:
            number: zero or more.
            one: the English sentence for one; the key in the catalogue.
            many: the English sentence for any other number.
            **values: for other places.
        """
        values = {"count": self.formats.number(number), **values}
        forms = self.plurals.get(one)
        if forms:
            return _filled(forms[min(self.form_of(number), len(forms) - 1)], values)
        return self._in_english(_filled(one if number == 1 else many, values))

    def _in_english(self, text: str) -> str:
        """Keep an English sentence whole among words that run the other way."""
        return isolate_english(text) if self.direction is Direction.RTL else text


def has_words(english: str) -> bool:
    """Say whether there is anything in a sentence to translate: not in "{time}", but in "at {time}"."""
    return any(map(str.isalpha, _PLACE.sub("", english)))


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text
