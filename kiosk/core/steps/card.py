"""Hold a card to the reader: a library card, a bus pass, a membership."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.core.hardware import CardPresented, CardPurpose
from kiosk.core.journey import Answer, Asked, Draft, Given, NotGiven
from kiosk.core.views import CardSlot, Problem
from kiosk.core.words import Words

HELD_CARD = "card"


class Keep(StrEnum):
    """What a service needs to know of a card."""

    HASH = "hash"
    NUMBER = "number"


@dataclass(frozen=True, kw_only=True)
class CardStep(Asked):
    """The answer is the card's keyed hash, or its number where the service cannot work without it.

    Attributes:
        keep: which of the two. A number is never shown in full, spoken, printed or logged.
    """

    is_question: bool = True
    keep: Keep = Keep.HASH

    @property
    def purpose(self) -> CardPurpose:
        """What the reader is asked for."""
        return CardPurpose.NUMBER if self.keep is Keep.NUMBER else CardPurpose.ANSWER

    def held(self, card: CardPresented) -> str:
        """Return what is kept of a card."""
        return card.number if self.keep is Keep.NUMBER else card.token

    def entry(self, draft: Draft, words: Words) -> CardSlot:
        """Say where to hold the card, or that it was read."""
        if draft.get(HELD_CARD):
            return CardSlot(words.say("Your card has been read"), read=True)
        return CardSlot(words.say("Hold your card against the card reader"))

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Require that a card was read, unless the step is optional."""
        if draft.get(HELD_CARD):
            return Given(draft[HELD_CARD])
        if self.optional:
            return NotGiven()
        return (Problem("", words.say(self.if_empty or "Hold your card against the card reader")),)

    def shown(self, answer: Answer, words: Words) -> str:
        """Say that a card was read, never which."""
        return words.say("Card read") if isinstance(answer, Given) else ""
