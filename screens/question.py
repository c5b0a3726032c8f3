"""One question of a journey, whatever its kind.

Responsible for: heading, problems, the entry and the way on, in the same places for every kind.
Not responsible for: keys (`screens.widgets.keyboard`), what is typed (`screens.widgets.field`), or what is
asked.
"""

from typing import Final, TypeVar, assert_never

from kivy.uix.widget import Widget

from kiosk.core import views
from screens.theme import USUAL_CAP_MM, Theme
from screens.widgets import pager, plate  # noqa: F401 - named in the .kv file
from screens.widgets.answer import Answer
from screens.widgets.entry import CardPicture, FieldEntry, OptionEntry, ReadingEntry
from screens.widgets.frame import FramedScreen
from screens.widgets.key import Keyring
from screens.widgets.keyboard import Keyboard, differ_in_texts_only
from screens.widgets.label import Lettering
from screens.widgets.option import Option
from screens.widgets.paper import PageEntry
from screens.widgets.piece import Piece, load_kv

_Part = TypeVar("_Part", bound=Piece)
_SHARE: Final = 0.42
_SHARE_OF_FIELDS: Final = 0.5
"""Part of a wide panel for the question and its fields; the rest is for options or keys, which at one side of
it need more than half."""


class Question(FramedScreen):
    """Ask one thing."""

    _keyboard: Keyboard | None = None
    _keyring: Keyring | None = None
    _asked: views.Question

    def show(self, view: views.View) -> None:
        """Show a view; while somebody types, only the texts are taken from it."""
        if self._keyboard is not None and differ_in_texts_only(self._shown, view):
            self._keyboard.accept(view.body.entry)  # type: ignore[arg-type, union-attr]  # it is a question with fields
            self._shown = view
        else:
            super().show(view)

    def on_parent(self, _question: Piece, parent: Widget | None) -> None:
        """Forget what is on the screen when another one is in front: the service knows the texts best."""
        if parent is None:
            self._keyboard = self._shown = None

    def first_focus(self) -> Piece | None:
        """Begin with the field that is typed into: the first that is wrong, else the first.

        It never begins with what takes something away.
        """
        if not self.ids.undo.is_absent:
            return self.ids.forward  # type: ignore[no-any-return]  # Kivy's ids are untyped
        field = self._keyboard.focused if self._keyboard is not None else None
        return field or super().first_focus()

    def fill(self, body: views.Question) -> None:
        """Show the question; what is typed into stays as it is while only its text changes."""
        parts, self._asked = self.ids, body
        parts.heading.text, parts.hint.text, parts.why.text = body.heading, body.hint, body.why
        parts.hint.is_absent, parts.part.text = not body.hint, body.part
        self._fill_problems(body)
        self._fill_entry(body)
        self.show_pager(body.pager)
        parts.undo.show(body.entry.remove if isinstance(body.entry, views.PageSlot) else None, self.send)
        parts.skip.show(body.skip, self.send)
        parts.forward.show(body.forward, self.send)

    def _fill_problems(self, body: views.Question) -> None:
        parts = self.ids
        parts.problems.is_absent = not body.problems
        parts.problems_heading.text = body.problems_heading
        parts.problem_texts.clear_widgets()
        for text in dict.fromkeys(problem.text for problem in body.problems):
            parts.problem_texts.add_widget(Lettering(text=text, live="assertive"))

    def _fill_entry(self, body: views.Question) -> None:
        parts, entry = self.ids, body.entry
        parts.fields.clear_widgets()
        parts.entry.clear_widgets()
        parts.key_place.gravity = "top"
        many = isinstance(entry, views.Fields) and len(entry.fields) > 1
        parts.body.lead_share = _SHARE_OF_FIELDS if many and not self._has_one_side else _SHARE
        under = isinstance(entry, views.Reading) or (self._is_narrow and isinstance(entry, views.Options))
        parts.body.is_wide = self.is_wide and not under
        match entry:
            case views.Options():
                self._put(OptionEntry(entry, self.send, wide=self.is_wide))
            case views.Fields():
                self._fill_fields(body, entry)
            case views.CardSlot():
                self._put(CardPicture(entry))
            case views.PageSlot():
                self._put(PageEntry(entry))
            case views.Reading():
                self._put(ReadingEntry(entry))
            case _ as never:
                assert_never(never)

    def _fill_fields(self, body: views.Question, entry: views.Fields) -> None:
        self._keyring = self._keyring or Keyring(self.keyboards)
        typing = FieldEntry(body, entry, self.send, self._keyring)
        typing.keyboard.carry_on(self._keyboard)
        self.ids.fields.add_widget(typing.fields)
        self._keyboard = typing.keyboard
        self._put(typing.keyboard)
        self.ids.key_place.gravity = "bottom"

    def _stand_problems(self, *, beside: bool) -> None:
        """Stand the summary first; on a wide panel above keys or a page, where there is room."""
        parts = self.ids
        place = parts.beside if beside else parts.first
        if parts.problems.parent is not place:
            parts.problems.parent.remove_widget(parts.problems)
            place.add_widget(parts.problems)
        parts.beside.is_absent = not beside or parts.problems.is_absent
        parts.first.is_absent = beside or parts.problems.is_absent

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Let words give way before letters become too low, those that ask nothing first."""
        steps = (
            self._all_words,
            self._close,
            self._stand_abreast,
            self._summary_over_options,
            self._words_stand_aside,
            self._few_words,
        )
        for give_way in steps:
            if give_way():
                super()._place_body(theme, bottom, width, height)
            if not self.is_tight():
                return

    def _all_words(self) -> bool:
        parts, body = self.ids, self._asked
        parts.problem_texts.is_absent = parts.body.is_aside = False
        parts.part.is_absent, parts.why.is_absent = not body.part, not body.why
        self._stand_problems(beside=self.is_wide and isinstance(body.entry, views.Fields | views.PageSlot))
        parts.summary.is_wide = False
        for each in self._parts_of(Answer):
            each.stand_wrong(beside_label=False)
        for each in self._parts_of(OptionEntry):
            each.stand(abreast=False)
        return True

    def _close(self) -> bool:
        """On an upright panel, let options be as tall as their own words, and the summary stand abreast."""
        cells = [] if self.is_wide else self._parts_of(OptionEntry)
        for each in cells:
            each.is_even, self.ids.summary.is_wide = False, True
        return bool(cells)

    def _stand_abreast(self) -> bool:
        """On all of a wide panel stand what is wrong beside labels, and options beside one another."""
        answers, options = self._parts_of(Answer), self._parts_of(OptionEntry)
        if self._is_narrow or not self.ids.body.is_wide:
            return False
        for each in answers:
            each.stand_wrong(beside_label=True)
        for each in options:
            each.stand(abreast=True)
        return bool(answers or options)

    def _summary_over_options(self) -> bool:
        """On all of a wide panel leave the room beside options to the question."""
        options = self._parts_of(OptionEntry)
        if self._is_narrow or not self.ids.body.is_wide or not options or self.ids.problems.is_absent:
            return False
        self._stand_problems(beside=True)
        return True

    def _words_stand_aside(self) -> bool:
        """Leave out of the summary what every field says itself.

        Options at one side of a wide panel let the question stand beside them, where nobody need reach.
        """
        parts, has_fields = self.ids, bool(self.ids.fields.children)
        parts.problem_texts.is_absent = has_fields and not parts.problems.is_absent
        parts.body.is_aside = self.is_wide and self._is_narrow and not has_fields
        return bool(parts.problem_texts.is_absent or parts.body.is_aside)

    def _few_words(self) -> bool:
        """In large letters or two languages, leave out reason, page, and what more an option says."""
        parts, hints, look = self.ids, self._hints(), self.theme.look
        is_crowded = look.companion or look.cap_height_mm > USUAL_CAP_MM
        if not is_crowded or not (hints or self._asked.part or self._asked.why):
            return False
        for each in (parts.part, parts.why, *hints):
            each.is_absent = True
        return True

    def _hints(self) -> list[Piece]:
        return [each.ids.hint for each in self._parts_of(Option) if each.ids.hint.text]

    def _parts_of(self, kind: type[_Part]) -> list[_Part]:
        return [each for each in self.ids.body.walk() if isinstance(each, kind)]

    def _put(self, entry: Piece) -> None:
        self.ids.entry.add_widget(entry)


load_kv(__file__)
