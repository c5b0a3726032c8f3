"""The keyboards this glass was given when it was started.

Responsible for: the pages of each kind of field, read once when they are first needed.
Not responsible for: what stands on them (files of the facility), or drawing keys (`screens.widgets.key`).
"""

from collections.abc import Iterable

from kiosk.core.entries import Keyboard
from kiosk.core.keyboards import Page, Rows, WrittenKeyboard, pages_of


class Keyboards:
    """Pages by kind of keyboard."""

    def __init__(self, written: Iterable[WrittenKeyboard]) -> None:
        self._written = {each.keyboard: each for each in written}
        self._read: dict[tuple[Keyboard, bool], dict[Page, Rows]] = {}

    def pages(self, kind: Keyboard, *, of_lines: bool) -> dict[Page, Rows]:
        """Give the pages of a keyboard; none where this glass was given no such keyboard."""
        wanted = (kind, of_lines)
        if wanted not in self._read:
            written = self._written.get(kind)
            self._read[wanted] = pages_of(written, of_lines=of_lines) if written else {Page.LETTERS: ()}
        return self._read[wanted]
