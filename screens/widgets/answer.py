"""A place to type with what belongs to it: label, hint, what is wrong, and the field.

Responsible for: saying at the field what is wrong, in the words of the summary, by sign, border and colour.
Not responsible for: the typed text (`screens.widgets.field`).
"""

from kivy.properties import StringProperty

from kiosk.core import views
from screens.widgets import icon, label  # noqa: F401 - named in the .kv file
from screens.widgets.field import Field
from screens.widgets.layout import Column, Row
from screens.widgets.piece import load_kv


class Wrong(Row):
    """What is wrong, with a sign."""

    text = StringProperty("")


class Answer(Column):
    """One field with its words; `field` is the place that is typed into.

    Args:
        field: of the view.
        problem: what is wrong with it; None when nothing is.
    """

    def __init__(self, field: views.Field, problem: str | None) -> None:
        super().__init__()
        self.field = Field(field, problem or "")
        self.add_widget(self.field)
        self.ids.label.text, self.ids.hint.text = field.label, field.hint
        self.ids.label.is_absent, self.ids.hint.is_absent = not field.label, not field.hint
        self.ids.words.is_absent = not (field.label or field.hint)
        self.ids.wrong.text = problem or ""
        self.ids.wrong.is_absent = not problem

    def tell_elsewhere(self) -> None:
        """Leave it to others to say what is wrong; the border still shows where."""
        self.ids.wrong.is_absent = True

    def stand_wrong(self, *, beside_label: bool) -> None:
        """Stand what is wrong beside the label, where there is no room for it in between."""
        wrong, words = self.ids.wrong, self.ids.words
        place = words if beside_label and not words.is_absent else self
        if wrong.parent is not place:
            wrong.parent.remove_widget(wrong)
            place.add_widget(wrong, index=0 if place is words else 1)  # the field is read last


load_kv(__file__)
