"""A postcode with an address, typed by hand."""

import re
from dataclasses import dataclass

from kiosk.core.bidi import isolate, isolate_words
from kiosk.core.journey import AddressGiven, Answer, Asked, Draft, NotGiven
from kiosk.core.steps.keys import key_words
from kiosk.core.steps.writing import CARD_NUMBER
from kiosk.core.text import clean, holds_card_number
from kiosk.core.views import Field, Fields, Keyboard, Problem
from kiosk.core.words import Words

_POSTCODE = re.compile(r"(GIR0AA|[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2})")
PARTS = (
    ("postcode", "Postcode", Keyboard.CODE, 10),
    ("line_1", "Address line 1", Keyboard.LETTERS, 30),
    ("line_2", "Address line 2, if you have one", Keyboard.LETTERS, 30),
    ("town", "Town or city", Keyboard.LETTERS, 24),
)
EMPTY = {
    "postcode": "Enter a full UK postcode, like AA3 1AB",
    "line_1": "Enter address line 1, usually the building and street",
    "town": "Enter a town or city",
}


@dataclass(frozen=True, kw_only=True)
class AddressStep(Asked):
    """A postal address in the United Kingdom."""

    is_question: bool = True

    def entry(self, draft: Draft, words: Words) -> Fields:
        """Show postcode, two address lines and town."""
        fields = tuple(
            Field(
                name=name,
                label=words.say(label),
                text=draft.get(name, ""),
                keyboard=keys,
                chars=chars,
                longest=100,
                required=name in EMPTY and not self.optional,
            )
            for name, label, keys, chars in PARTS
        )
        return Fields(fields, key_words(words))

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Require postcode, first line and town; name every part that is wrong."""
        given = {name: clean(draft.get(name, ""))[:100] for name, _, _, _ in PARTS}
        if self.optional and not any(given.values()):
            return NotGiven()
        problems = tuple(self._problems(given, words))
        if problems:
            return problems
        return AddressGiven(
            given["line_1"], given["line_2"], given["town"], read_postcode(given["postcode"]) or ""
        )

    def _problems(self, given: dict[str, str], words: Words) -> list[Problem]:
        found = [Problem(name, words.say(text)) for name, text in EMPTY.items() if not given[name]]
        if given["postcode"] and read_postcode(given["postcode"]) is None:
            found.insert(0, Problem("postcode", words.say(EMPTY["postcode"])))
        found += [Problem(n, words.say(CARD_NUMBER)) for n, text in given.items() if holds_card_number(text)]
        return found

    def shown(self, answer: Answer, words: Words) -> str:
        """Write the address on lines of its own."""
        if not isinstance(answer, AddressGiven):
            return ""
        written = map(isolate_words, (answer.line_1, answer.line_2, answer.town))
        parts = (*written, isolate(answer.postcode))
        return "\n".join(part for part in parts if part)


def read_postcode(text: str) -> str | None:
    """Return a UK postcode in capitals with one space, or None where it has not the form of one.

    Spaces, hyphens, brackets and full stops are passed over.
    """
    bare = re.sub(r"[\s\-().]", "", text).upper()
    return f"{bare[:-3]} {bare[-3:]}" if _POSTCODE.fullmatch(bare) else None
