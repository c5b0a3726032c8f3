"""A form of many fields, a page at a time where letters are large or reach is low; nothing scrolls.

Responsible for: which fields of a step stand on one screen together, and what is wrong with those.
Not responsible for: checking answers (`kiosk.core.steps`), or moving from page to page (`kiosk.core.asking`).

Source: one thing a page, GOV.UK Design System; large letters leave no room for more (decision 58).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.journey import Step
from kiosk.core.views import Entry, Fields, Problem
from kiosk.core.visit import Scene, Visit

MOST_FIELDS: Final = {TextSize.SMALL: 4, TextSize.USUAL: 4, TextSize.LARGE: 2, TextSize.LARGEST: 1}
"""Fields under one another that a screen has room for, with what is wrong with each."""


@dataclass(frozen=True, slots=True)
class Form:
    """What there is to answer one step with, on its pages.

    Attributes:
        pages: what stands on each; a single one for all but fields. page: the one in front, from 0.
    """

    pages: tuple[Entry, ...]
    page: int

    @property
    def entry(self) -> Entry:
        """Return what stands on the page in front."""
        return self.pages[self.page]

    @property
    def is_last(self) -> bool:
        """Say whether Continue leads out of the form."""
        return self.page == len(self.pages) - 1

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
    if not isinstance(entry, Fields) or entry.stand_beside:
        return (entry,)
    is_tight = access.reach is not Reach.WHOLE or access.companion
    size = max(1, MOST_FIELDS[access.text] // (2 if is_tight else 1))
    starts = range(0, len(entry.fields), size)
    return tuple(replace(entry, fields=entry.fields[at : at + size]) for at in starts)


def _names(entry: Entry) -> frozenset[str]:
    return frozenset(each.name for each in entry.fields) if isinstance(entry, Fields) else frozenset()
