"""Many fields or options, a page at a time where letters are large or reach is low; nothing scrolls.

Responsible for: which fields or options of a step stand on one screen together, and what is wrong with those.
Not responsible for: checking answers (`kiosk.core.steps`), or moving from page to page (`kiosk.core.asking`).

Source: one thing a page, GOV.UK Design System; large letters leave no room for more (decision 58).
"""

from collections.abc import Iterable, Sized
from dataclasses import dataclass, replace
from typing import Final

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.journey import Step
from kiosk.core.views import Entry, Field, Fields, Options, Problem
from kiosk.core.visit import Scene, Visit

MOST_OPTIONS: Final = {TextSize.LARGE: 8, TextSize.LARGEST: 4}
"""Options of a question; in smaller letters all have room, in columns."""
MOST_LINES: Final = {TextSize.LARGE: 4, TextSize.LARGEST: 4}
"""Lines of a long text that are seen at once; more can be typed."""
MOST_FIELDS: Final = {TextSize.SMALL: 4, TextSize.USUAL: 4, TextSize.LARGE: 2, TextSize.LARGEST: 1}
"""Fields under one another that a screen has room for, with what is wrong with each."""


@dataclass(frozen=True, slots=True)
class Form:
    """What there is to answer one step with, on its pages.

    Attributes:
        pages: what stands on each; a single one for all but fields and options.
        page: the one in front, from 0.
    """

    pages: tuple[Entry, ...]
    page: int

    @property
    def entry(self) -> Entry:
        """Return what stands on the page in front."""
        return self.pages[self.page]

    @property
    def is_list(self) -> bool:
        """Say whether the pages are of one list to choose from, which Continue need not lead through."""
        return isinstance(self.entry, Options)

    @property
    def is_last(self) -> bool:
        """Say whether Continue leads out of the form."""
        return self.is_list or self.page == len(self.pages) - 1

    @property
    def end(self) -> int:
        """Return the page that somebody comes back to."""
        return 0 if self.is_list else len(self.pages) - 1

    def wrong_here(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Return the problems of the page in front, and those of no field."""
        return tuple(each for each in problems if self._page_of(each) == self.page)

    def page_of_first(self, problems: tuple[Problem, ...]) -> int:
        """Return the page with the first thing to put right."""
        return min(self._page_of(each) for each in problems)

    def _page_of(self, problem: Problem) -> int:
        pages = (page for page, entry in enumerate(self.pages) if problem.field in _names(entry))
        return next(pages, self.page)


def form_of(visit: Visit, step: Step, scene: Scene) -> Form:
    """Lay out a step for the letters and the reach that the visitor wants; a page too far is the last."""
    entry = step.entry(visit.drafts.get(step.step, {}), visit.words(scene.facility))
    pages = _laid_out(entry, visit.access)
    return Form(pages, min(max(visit.page, 0), len(pages) - 1))


def _laid_out(entry: Entry, access: Access) -> tuple[Entry, ...]:
    shares = 2 if access.reach is not Reach.WHOLE or access.companion else 1
    match entry:
        case Options(options=options) if access.letters in MOST_OPTIONS:
            size = MOST_OPTIONS[access.letters] // shares
            return tuple(replace(entry, options=options[at : at + size]) for at in _starts(options, size))
        case Fields(fields=fields) if not entry.stand_beside:
            size = max(1, MOST_FIELDS[access.letters] // shares)
            lower = tuple(_lowered(field, access.letters, shares) for field in fields)
            return tuple(replace(entry, fields=lower[at : at + size]) for at in _starts(lower, size))
        case _:
            return (entry,)


def _lowered(field: Field, text: TextSize, shares: int) -> Field:
    """Show fewer lines of a long text."""
    return replace(field, lines=min(field.lines, MOST_LINES.get(text, field.lines * shares) // shares))


def _starts(entries: Sized, size: int) -> range:
    return range(0, max(1, len(entries)), size)


def _names(entry: Entry) -> frozenset[str]:
    return frozenset(each.name for each in entry.fields) if isinstance(entry, Fields) else frozenset()
