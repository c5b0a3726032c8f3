"""It is done: the number, the truth about paper, and what happens next.

Responsible for: making the number the largest thing on the glass. Not responsible for: whether a ticket came.
"""

from functools import partial
from typing import Final

from kiosk.core import views
from screens.theme import Theme
from screens.widgets import plate, qr  # noqa: F401 - named in the .kv file
from screens.widgets.frame import FramedScreen
from screens.widgets.icon import Bullet
from screens.widgets.label import Lettering
from screens.widgets.layout import Row
from screens.widgets.piece import load_kv

_TIGHTER: Final = ((True, False, False), (False, False, False), (False, True, False), (False, True, True))
"""Whether the next steps have a heading, whether cards stand abreast, and whether the words on each do."""


class Confirmation(FramedScreen):
    """Number, reference, paper, what happens next, and a code for the phone."""

    def fill(self, body: views.Confirmation) -> None:
        """Show what was done."""
        parts = self.ids
        parts.body.is_wide = self.is_wide
        parts.heading.text = body.heading
        parts.number_label.text, parts.number.text = body.number_label, body.number
        parts.number_card.is_absent = not body.number
        parts.reference_label.text, parts.reference.text = body.reference_label, body.reference
        parts.reference_card.is_absent = not body.reference
        self._fill_paper(body.paper)
        self._fill_next(body)
        parts.code.code, parts.code_label.text = body.code, body.code_label
        parts.code_card.is_absent = not body.code
        parts.finish.show(body.finish, self.send)

    def _fill_paper(self, paper: views.Paper) -> None:
        parts, tone = self.ids, paper.tone.value
        parts.paper.stripe, parts.paper.ground = tone, f"{tone}_tint"
        parts.paper_sign.icon, parts.paper_sign.ink = tone, tone
        parts.paper_heading.text, parts.paper_text.text = paper.heading, paper.text
        parts.paper_text.is_absent = not paper.text

    def _fill_next(self, body: views.Confirmation) -> None:
        parts = self.ids
        parts.next_heading.text = body.next_heading
        parts.next.clear_widgets()
        parts.next_part.is_absent = not body.next
        for line in body.next:
            item = Row(gravity="top", gap="padding")
            item.add_widget(Bullet(text=line, icon="dot", side="bullet", ink="primary"))
            item.add_widget(Lettering(text=line))
            parts.next.add_widget(item)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Before letters shrink, leave out what stands over the next steps; then stand the cards abreast.

        On an upright panel the words on each card then stand abreast too.
        """
        standings = _TIGHTER[: -1 if self.is_wide else None]
        self._place_best((theme, bottom, width, height), [partial(self._stand, *each) for each in standings])

    def _stand(self, heading: bool, beside: bool, labels_beside: bool) -> None:  # noqa: FBT001 - a row of a table
        parts = self.ids
        parts.next_heading.is_absent = not heading
        self._stand_cards(beside=beside)
        parts.number_pair.is_wide = parts.reference_pair.is_wide = labels_beside

    def _stand_cards(self, *, beside: bool) -> None:
        parts = self.ids
        place = parts.cards_beside if beside else parts.cards
        for card in (parts.number_card, parts.reference_card):
            if card.parent is not place:
                card.parent.remove_widget(card)
                place.add_widget(card)
        parts.cards.is_absent, parts.cards_beside.is_absent = beside, not beside


load_kv(__file__)
