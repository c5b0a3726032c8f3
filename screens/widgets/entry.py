"""The ways a question can be answered: options, fields, a card, or only reading.

Responsible for: how each is laid out. Not responsible for: the question around it (`screens.question`).
"""

from typing import Final

from kiosk.core import views
from screens.widgets.answer import Answer, Wrong
from screens.widgets.cells import Cells
from screens.widgets.control import Send
from screens.widgets.icon import Icon
from screens.widgets.key import Keyring
from screens.widgets.keyboard import Keyboard
from screens.widgets.label import Lettering
from screens.widgets.layout import Column, Row
from screens.widgets.option import Option
from screens.widgets.plate import Plate

_MOST_LINES: Final = 8
_MOST_LINES_WIDE: Final = 6
"""Options in a column; more of them stand in two columns or three."""
_ABREAST: Final = 2


class OptionEntry(Cells):
    """Options under one another, in two columns where there are many."""

    def __init__(self, entry: views.Options, sends: Send, *, wide: bool) -> None:
        super().__init__(tallest="tallest_option")
        self._usual_columns = -(-len(entry.options) // (_MOST_LINES_WIDE if wide else _MOST_LINES))
        self.columns = self._usual_columns
        for option in entry.options:
            drawn = Option()
            drawn.show_option(option, many=entry.many, sends=sends)
            self.add_widget(drawn)

    def stand(self, *, abreast: bool) -> None:
        """Stand beside one another where that leaves more room, or as usual."""
        self.columns = max(_ABREAST, self._usual_columns) if abreast else self._usual_columns
        self.is_even = not abreast


class ReadingEntry(Column):
    """Paragraphs."""

    def __init__(self, entry: views.Reading) -> None:
        super().__init__(gap="gap")
        for paragraph in entry.paragraphs:
            self.add_widget(Lettering(text=paragraph))


class CardPicture(Plate):
    """Where to hold a card, or that it was read."""

    def __init__(self, entry: views.CardSlot) -> None:
        super().__init__(padding="margin", gap="wide_gap")
        tone = "good" if entry.read else "primary" if entry.ready else "caution"
        if entry.read:
            self.ground, self.stripe = "good_tint", "good"
        icon = "good" if entry.read else "card" if entry.ready else "caution"
        self.add_widget(Icon(icon=icon, side="emblem", ink=tone))
        self.add_widget(Lettering(text=entry.text, kind="title", align="centre"))


class FieldEntry:
    """Fields and the keyboard that types into one of them."""

    def __init__(self, body: views.Question, entry: views.Fields, sends: Send, keyring: Keyring) -> None:
        wrong = {problem.field: problem.text for problem in body.problems}
        self.answers = [Answer(field, wrong.get(field.name)) for field in entry.fields]
        self.fields = Column()
        if entry.stand_beside:
            self._stand_beside(wrong)
        else:
            for answer in self.answers:
                self.fields.add_widget(answer)
        for answer in self.answers:
            answer.field.target_name = answer.field.field.label or body.heading
        self.keyboard = Keyboard(entry, sends, keyring)
        self.keyboard.serve(body.step, [answer.field for answer in self.answers])

    def _stand_beside(self, wrong: dict[str, str]) -> None:
        """Let day, month and year stand beside one another, with what is wrong above them."""
        for text in dict.fromkeys(wrong.values()):
            self.fields.add_widget(Wrong(text=text))
        row = Row(gravity="top", gap="wide_gap")
        for answer in self.answers:
            answer.is_snug = True
            answer.tell_elsewhere()
            row.add_widget(answer)
        self.fields.add_widget(row)
