"""Lists that are longer than the screen, a page at a time; nothing scrolls."""

from collections.abc import Mapping
from typing import Final

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.bidi import isolate
from kiosk.core.events import PageTurned
from kiosk.core.views import Button, Pager
from kiosk.core.words import Words

_SHARE = {TextSize.LARGE: 0.75, TextSize.LARGEST: 0.5}
OF_THE_WELCOME: Final = {TextSize.LARGEST: 6}
BESIDE_WAYS_OUT: Final = {TextSize.LARGE: 8, TextSize.LARGEST: 4}
"""Languages on a page where reach is low; in smaller letters all have room."""


def room(access: Access, usual: int) -> int:
    """Say how many entries of a list a page has room for, when it has room for so many in the usual look."""
    share = _SHARE.get(access.letters, 1.0)
    if access.reach is not Reach.WHOLE:
        share *= 0.5 if access.letters in _SHARE else 0.75
    if access.companion:
        share *= 0.75
    return max(1, int(usual * share))


def room_for_languages(access: Access, count: int, most: Mapping[TextSize, int]) -> int:
    """Say how many languages a page has room for: all of them, unless letters are large and reach is low."""
    return count if access.reach is Reach.WHOLE else most.get(access.letters, count)


def is_cramped(access: Access, *, notice: bool) -> bool:
    """Say whether large letters leave no room for hints: at one side, in two languages or under a notice."""
    at_side = access.reach in (Reach.LOW_LEFT, Reach.LOW_RIGHT)
    return access.letters in _SHARE and (at_side or access.companion or notice)


def paged(count: int, size: int, page: int, words: Words) -> tuple[int, Pager | None]:
    """Bound a page number, and offer next and previous where a list is longer than one page."""
    last = max(0, (count - 1) // size)
    page = min(max(page, 0), last)
    if last == 0:
        return 0, None
    text = words.say("Page {page} of {pages}", page=isolate(str(page + 1)), pages=isolate(str(last + 1)))
    previous = Button(words.say("Show earlier"), PageTurned(page - 1)) if page > 0 else None
    following = Button(words.say("Show more"), PageTurned(page + 1)) if page < last else None
    return page, Pager(text, previous, following)
