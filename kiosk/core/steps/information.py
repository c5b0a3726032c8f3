"""Text to read, with nothing to answer."""

from dataclasses import dataclass

from kiosk.core.journey import Answer, Asked, Draft, NotGiven
from kiosk.core.views import Problem, Reading
from kiosk.core.words import Words


@dataclass(frozen=True, kw_only=True)
class InformationStep(Asked):
    """Tell the visitor something before going on."""

    text: tuple[str, ...] = ()
    is_question: bool = False

    def entry(self, draft: Draft, words: Words) -> Reading:
        """Show the paragraphs."""
        return Reading(tuple(words.say(paragraph) for paragraph in self.text))

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Go on; there is nothing to check."""
        return NotGiven()

    def shown(self, answer: Answer, words: Words) -> str:
        """Show nothing on the review."""
        return ""
