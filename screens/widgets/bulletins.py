"""Bulletins of the council on a screen: calm plates, one for each, that nobody can touch.

Responsible for: how they are drawn. Not responsible for: which there are.
"""

from kiosk.core import views
from screens.widgets.label import Lettering
from screens.widgets.layout import Column, Row
from screens.widgets.plate import Plate


class Bulletins(Column):
    """The bulletins that hold; absent where there is none."""

    def show(self, bulletins: tuple[views.BulletinLine, ...], *, wide: bool) -> None:
        """Draw each on a plate; a text that is not translated stands under a line that says so.

        Args:
            bulletins: what to draw.
            wide: stand them beside one another, because height is dear on a panel on its long side.
        """
        self.clear_widgets()
        self.is_absent = not bulletins
        plates = Row() if wide else Column()
        self.add_widget(plates)
        for each in bulletins:
            plate = Plate(stripe="neutral", ground="neutral_tint", gap="close_gap")
            if each.mark:
                plate.add_widget(Lettering(text=each.mark, kind="small", ink="quiet"))
            plate.add_widget(Lettering(text=each.text, language=each.language, valign="top"))
            plates.add_widget(plate)
