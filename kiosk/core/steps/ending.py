"""The two steps that end a journey: check the answers, and be told that it is done."""

from dataclasses import dataclass

from kiosk.core.journey import Answer, Asked, Draft, NotGiven
from kiosk.core.views import Problem, Reading
from kiosk.core.words import Words


@dataclass(frozen=True, kw_only=True)
class _Ending(Asked):
    is_question: bool = False

    def entry(self, draft: Draft, words: Words) -> Reading:
        """Show nothing of its own; review and confirmation have views of their own."""
        return Reading(())

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Go on; there is nothing to check."""
        return NotGiven()

    def shown(self, answer: Answer, words: Words) -> str:
        """Show nothing on the review."""
        return ""


@dataclass(frozen=True, kw_only=True)
class ReviewStep(_Ending):
    """Check the answers, each with Change, before they are sent.

    Attributes:
        send: the button that names the act, such as "Report the missed bin".
    """

    send: str = "Send"
    ask: str = "Check your answers"


@dataclass(frozen=True, kw_only=True)
class ConfirmationStep(_Ending):
    """Tell the reference, the truth about paper, and what happens next.

    Attributes:
        next: paragraphs that say what happens next and when.
    """

    next: tuple[str, ...] = ()
    ask: str = "We have your request"
