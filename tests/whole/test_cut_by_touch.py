"""Whatever a person does cuts what is being read, before it is decided what follows from it."""

from collections.abc import Callable
from functools import partial

import pytest

from kiosk.core.keypad import KeypadAct
from kiosk.rehearse.stand import RehearsalStand

WITHIN_S = 5.0


@pytest.mark.timeout(90)
def test_a_touch_a_key_and_headphones_each_cut_what_is_being_read(stand: RehearsalStand) -> None:
    english = next(each for each in stand.hand.look().targets if each.name == "English" and each.touchable)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: stand.keypad.strike(KeypadAct.NEXT),
        lambda: stand.keypad.strike(KeypadAct.LOUDER),
        lambda: stand.headphones("in"),
        lambda: stand.hand.press(english),
    )
    for deed in deeds:
        stand.settle()
        cut_before = stand.ear.hushes
        deed()
        assert stand.becomes(partial(has_cut, stand, cut_before), WITHIN_S)


def has_cut(stand: RehearsalStand, before: int) -> bool:
    return stand.ear.hushes > before
