"""Choose one, choose several, or say yes or no."""

from dataclasses import dataclass

from kiosk.core.events import OptionTouched
from kiosk.core.journey import Answer, Asked, Chosen, Draft, NotGiven
from kiosk.core.views import Option, Options, Problem
from kiosk.core.words import Words

TOUCHED = "yes"


@dataclass(frozen=True, slots=True)
class Offer:
    """One option of a choice, in English."""

    option: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class ChoiceStep(Asked):
    """Choose exactly one option."""

    options: tuple[Offer, ...]
    is_question: bool = True
    many: bool = False

    def touched(self, draft: Draft, option: str) -> Draft:
        """Return the draft after an option was touched; one choice replaces another."""
        if option not in {offer.option for offer in self.options}:
            return draft
        return {option: TOUCHED}

    def entry(self, draft: Draft, words: Words) -> Options:
        """Show the options in the order of the file."""
        return Options(tuple(self._option(offer, draft, words) for offer in self.options), self.many)

    def _option(self, offer: Offer, draft: Draft, words: Words) -> Option:
        return Option(
            option=offer.option,
            label=words.say(offer.label),
            event=OptionTouched(self.step, offer.option),
            chosen=draft.get(offer.option) == TOUCHED,
            hint=words.say(offer.hint) if offer.hint else "",
        )

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Require an option unless the step is optional."""
        chosen = tuple(offer.option for offer in self.options if draft.get(offer.option) == TOUCHED)
        if chosen:
            return Chosen(chosen)
        if self.optional:
            return NotGiven()
        return (Problem("", words.say(self.if_empty or self._empty())),)

    def _empty(self) -> str:
        return "Choose one answer"

    def shown(self, answer: Answer, words: Words) -> str:
        """Show the labels of what was chosen, one a line."""
        labels = {offer.option: offer.label for offer in self.options}
        chosen = answer.options if isinstance(answer, Chosen) else ()
        return "\n".join(words.say(labels[option]) for option in chosen if option in labels)


@dataclass(frozen=True, kw_only=True)
class ChoicesStep(ChoiceStep):
    """Choose any number of options."""

    many: bool = True

    def touched(self, draft: Draft, option: str) -> Draft:
        """Return the draft after an option was touched; a second touch takes it back."""
        if option not in {offer.option for offer in self.options}:
            return draft
        if draft.get(option) == TOUCHED:
            return {name: value for name, value in draft.items() if name != option}
        return {**draft, option: TOUCHED}

    def _empty(self) -> str:
        return "Choose at least one answer"


YES_AND_NO = (Offer("yes", "Yes"), Offer("no", "No"))


@dataclass(frozen=True, kw_only=True)
class YesNoStep(ChoiceStep):
    """Say yes or no."""

    options: tuple[Offer, ...] = YES_AND_NO

    def _empty(self) -> str:
        return "Choose yes or no"
