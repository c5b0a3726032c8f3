"""Lay a paper on the scanner: a letter, a proof of address, an evidence."""

from dataclasses import dataclass

from kiosk.core.case import MOST_ATTACHMENTS
from kiosk.core.journey import Answer, Asked, Draft, Given, NotGiven
from kiosk.core.scans import Scan
from kiosk.core.views import Problem, Reading
from kiosk.core.words import Words

PAGES = "pages"
LAY_IT_DOWN = "Lay the page face down on the scanner, then touch Scan the page"


@dataclass(frozen=True, kw_only=True)
class DocumentStep(Asked):
    """The answer is how many pages were chosen; the pages themselves are held beside it by the visit.

    Attributes:
        most_pages: that can be sent.
    """

    is_question: bool = True
    most_pages: int = MOST_ATTACHMENTS

    def entry(self, draft: Draft, words: Words) -> Reading:
        """Show nothing of its own; `kiosk.core.seen_scanning` shows the pages."""
        return Reading(())

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Require a page, unless the step is optional."""
        if draft.get(PAGES):
            return Given(draft[PAGES])
        if self.optional:
            return NotGiven()
        return (Problem("", words.say(self.if_empty or LAY_IT_DOWN)),)

    def shown(self, answer: Answer, words: Words) -> str:
        """Say how many pages there are, never what stands on them."""
        pages = answer.text if isinstance(answer, Given) else ""
        return ready_to_send(int(pages), words) if pages.isdecimal() else ""


def draft_of_pages(scan: Scan) -> Draft:
    """Write down how many pages were chosen."""
    return {PAGES: str(len(scan.pages))} if scan.pages else {}


def ready_to_send(pages: int, words: Words) -> str:
    """Say how many pages were chosen."""
    return words.say_number(pages, "{count} page is ready to send", "{count} pages are ready to send")
