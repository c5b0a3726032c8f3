"""A PIN pad for staff whose badge was read.

Responsible for: digits large enough to hit, and dots for what was typed.
Not responsible for: the PIN; it never comes here.
"""

from dataclasses import replace
from typing import Final

from kiosk.core import views
from kiosk.core.glass_lines import Told
from screens.theme import Theme
from screens.touch import KEY_REPEAT_S
from screens.widgets import plate  # noqa: F401 - named in the .kv file
from screens.widgets.button import PushButton
from screens.widgets.frame import FramedScreen
from screens.widgets.label import Lettering
from screens.widgets.piece import load_kv

_DOT: Final = "●"
_NONE: Final = "–"


class Masked(Lettering):
    """How much was typed of a PIN: a dot for each digit."""

    typed = 0

    def show(self, typed: int, name: str) -> None:
        """Draw so many dots, under the name of what is typed."""
        self.typed, self.role = typed, "secret"
        self.text = " ".join(_DOT * typed) or _NONE
        self.target_name = name

    def told(self) -> Told:
        """Say how many digits there are."""
        return replace(super().told(), value=_DOT * self.typed, at=self.typed)


class SignIn(FramedScreen):
    """Digits, Delete and Sign in."""

    def fill(self, body: views.SignIn) -> None:
        """Show the pad."""
        parts = self.ids
        parts.body.is_wide = self.is_wide
        parts.heading.text, parts.text.text, parts.text.is_absent = body.heading, body.text, False
        parts.typed.show(body.typed, body.text)
        parts.problem.text = body.problem
        parts.problem_card.is_absent = not body.problem
        parts.enter.show(body.enter, self.send)
        self._fill_pad(body)

    def _place_body(self, theme: Theme, bottom: int, width: int, height: int) -> None:
        """Leave out what only explains, then let lines of digits be lower than Delete, before letters are."""
        for text, even in ((True, True), (False, True), (False, False)):
            self.ids.text.is_absent, self.ids.pad.is_even = not text, even
            super()._place_body(theme, bottom, width, height)
            if not self.is_tight():
                return

    def _fill_pad(self, body: views.SignIn) -> None:
        pad = self.ids.pad
        pad.clear_widgets()
        last = len(body.digits) - 1
        for at, digit in enumerate(body.digits):
            if at == last:
                self._add(body.delete, large=False)
            self._add(digit, large=True)

    def _add(self, button: views.Button, *, large: bool) -> None:
        key = PushButton(is_large=large, repeat_s=KEY_REPEAT_S)
        key.show(button, self.send)
        self.ids.pad.add_widget(key)


load_kv(__file__)
