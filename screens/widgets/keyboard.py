"""The glass's own keyboard: keys that a finger cannot miss, and nothing else.

Responsible for: where keys stand, turning pages, and which field is typed into.
Not responsible for: which keys there are (files of the facility), one key (`screens.widgets.key`), or
text (`screens.widgets.field`).
No key is held, dragged or repeats by itself; none reaches a clipboard, a menu or the system.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kiosk.core import views
from kiosk.core.keyboards import Act, Page, Rows, after, after_letter, first
from screens.widgets.control import Send
from screens.widgets.field import Field
from screens.widgets.key import Key, Keyring
from screens.widgets.piece import Piece

_UNITS: Final = 10
_PAD_UNITS: Final = 3
_WIDEST_PAD_KEY_MM: Final = 36.0
_GAP_MM: Final = 2.6
_TALLEST_KEY_MM: Final = 21.0


def differ_in_texts_only(one: views.View | None, other: views.View) -> bool:
    """Say whether two views are one question with other texts in its fields: then nothing is drawn anew."""
    return one is not None and _without_texts(one) == _without_texts(other) is not None


def _without_texts(view: views.View) -> views.View | None:
    match view.body:
        case views.Question(entry=views.Fields() as entry):
            fields = tuple(replace(field, text="") for field in entry.fields)
            return replace(view, body=replace(view.body, entry=replace(entry, fields=fields)))
        case _:
            return None


class Keyboard(Piece):
    """The keys for the fields of one question.

    Args:
        entry: the fields, and the words on keys.
        sends: takes each change of a text.
        keyring: keeps keys for the next page and the next question.
    """

    def __init__(self, entry: views.Fields, sends: Send, keyring: Keyring) -> None:
        self._entry = entry
        self._keyring = keyring
        self._sends = sends
        self._fields: Sequence[Field] = ()
        self._field: Field | None = None
        self._step = ""
        self._page = Page.LETTERS
        self._rows: list[list[Key]] = []
        self._area = (0, 0, 0, 0)
        super().__init__(grows=True)

    def serve(self, step: str, fields: Sequence[Field]) -> None:
        """Type into these fields of a step; the first that is wrong, else the first, is typed into now."""
        self._step, self._fields = step, fields
        for field in fields:
            field.serve(step, self._sends, self.focus)
        self.focus(next((field for field in fields if field.is_wrong), fields[0]))

    def carry_on(self, last: "Keyboard | None") -> None:
        """Go on where the keys of an earlier view of the same step were: no letter that was typed is lost."""
        if last is None or self._names() != last._names():  # noqa: SLF001 - another of the same class
            return
        texts = [each.text for each in last.fields]
        for field, before in zip(self._fields, last.fields, strict=True):
            field.carry_on(before)
        if [each.is_wrong for each in self._fields] == [each.is_wrong for each in last.fields]:
            at = next((n for n, each in enumerate(last.fields) if each is last.focused), 0)
            self.focus(self._fields[at])
            if texts == [each.text for each in self._fields]:
                self._turn(last.page)

    def _names(self) -> tuple[str, ...]:
        return (self._step, *(each.field.name for each in self._fields))

    def accept(self, entry: views.Fields) -> None:
        """Take the texts of a later view of the same question; what was typed since stays."""
        for field, told in zip(self._fields, entry.fields, strict=True):
            field.accept(told.text)

    def focus(self, field: Field) -> None:
        """Type into this field from now on, with the keys it needs."""
        self._field = field
        for each in self._fields:
            each.focus(each is field)
        self._turn(self._there(first(field.field.keyboard, field.text)))

    @property
    def fields(self) -> Sequence[Field]:
        """The fields that can be typed into."""
        return self._fields

    @property
    def page(self) -> Page:
        """The page that is up."""
        return self._page

    @property
    def focused(self) -> Field | None:
        """The field that is typed into."""
        return self._field

    # --- keys

    def press(self, key: Key) -> None:
        """Do what a key does."""
        field = self._field
        if field is None:
            return
        match key.spec.act:
            case Act.DELETE:
                field.delete()
                if not field.text:
                    self._turn(self._there(first(field.field.keyboard, "")))
                return
            case Act.SPACE:
                field.put(" ")
            case Act.NEXT_LINE:
                field.put("\n")
            case None:
                field.put(key.spec.types)
            case act:
                self._turn(self._there(after(act, self._page)))
                return
        if after_letter(self._page) is not self._page:
            self._turn(after_letter(self._page))

    def _there(self, page: Page) -> Page:
        """Give a page that this keyboard has."""
        field = self._field.field if self._field else self._entry.fields[0]
        return page if page in self._pages(field) else Page.LETTERS

    def _pages(self, field: views.Field) -> dict[Page, Rows]:
        return self._keyring.keyboards.pages(field.keyboard, of_lines=field.lines > 1)

    def _turn(self, page: Page) -> None:
        self._page = page
        self.clear_widgets()
        field = self._field.field if self._field else self._entry.fields[0]
        self._rows = self._keyring.rows(field.keyboard, page, self._entry.keys, of_lines=field.lines > 1)
        for key in (key for row in self._rows for key in row if key.spec.act is not Act.GAP):
            if key.parent is not None:
                key.parent.remove_widget(key)
            key.presses = self.press
            self.add_widget(key)
        if self.theme is not None:
            self.dress(self.theme)
            self.place(*self._area)
            self.draw()

    # --- size and place

    def _gap(self) -> int:
        return int(self.theme.mm(_GAP_MM))

    def height_at(self, width: int) -> int:
        """Be as tall as the tallest keyboard of the fields, so that nothing moves when pages turn."""
        del width
        most = max(len(rows) for field in self._entry.fields for rows in self._pages(field).values())
        key = min(self.theme.target, self.theme.mm(_TALLEST_KEY_MM))
        return int(most * key + (most - 1) * self._gap())

    def natural_width(self) -> int:
        """Be as wide as ten keys."""
        return int(_UNITS * self.theme.target + (_UNITS - 1) * self._gap())

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand the keys; the same from left to right in every language, as on any keyboard."""
        self._area = (x, y, width, height)
        self.pos, self.size = (x, y), (width, height)
        gap, unit = self._gap(), self._unit(width)
        tall = int(min(self.theme.mm(_TALLEST_KEY_MM), (height + gap) // max(1, len(self._rows)) - gap))
        top = y + len(self._rows) * (tall + gap) - gap
        for row in self._rows:
            total = sum(_wide(key, unit, gap) for key in row) + gap * (len(row) - 1)
            left = x + (width - total) // 2
            for key in row:
                wide = _wide(key, unit, gap)
                key.place(left, top - tall, wide, tall)
                left += wide + gap
            top -= tall + gap

    def draw(self) -> None:
        """Draw all letters in one size, and all words: the largest in which the widest fits its key."""
        keys = [key for row in self._rows for key in row if key.spec.act is not Act.GAP]
        for key in keys:
            key.choose()
        for kind in (True, False):
            alike = [key for key in keys if (key.spec.act is None) is kind]
            shrunk = min((key.fitting() for key in alike), default=1.0)
            for key in alike:
                key.shrunk = shrunk
        super().draw()

    def _unit(self, width: int) -> float:
        gap = self._gap()
        most = max((sum(key.spec.width for key in row) for row in self._rows), default=_UNITS)
        if most <= _PAD_UNITS:
            return float(min(self.theme.mm(_WIDEST_PAD_KEY_MM), (width + gap) / _PAD_UNITS - gap))
        return (width + gap) / _UNITS - gap


def _wide(key: Key, unit: float, gap: int) -> int:
    return int(key.spec.width * (unit + gap) - gap)
