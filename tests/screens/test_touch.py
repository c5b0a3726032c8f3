"""When a release may act."""

from collections.abc import Callable

import pytest

KEY, CONTINUE, OTHER = ("key", "l"), ("button", "Continue"), ("button", "Send")


class HandClock:
    def __init__(self) -> None:
        self.now_s = 100.0

    def now(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def allows(clock: HandClock) -> Callable[..., bool]:
    from screens.touch import Discipline  # noqa: PLC0415 - Kivy's properties, only where they are tested

    discipline = Discipline(clock.now)

    def ask(control: tuple[str, str], repeat_s: float = 0.5, *, guarded: bool = False) -> bool:
        return discipline.allows(control, repeat_s, guarded=guarded)

    return ask


def test_the_same_control_acts_once_in_half_a_second(clock: HandClock, allows: Callable[..., bool]) -> None:
    assert allows(OTHER)
    clock.now_s += 0.49
    assert not allows(OTHER)
    clock.now_s += 0.02
    assert allows(OTHER)


def test_a_letter_may_be_doubled_but_a_trembling_finger_may_not(
    clock: HandClock, allows: Callable[..., bool]
) -> None:
    assert allows(KEY, 0.15)
    clock.now_s += 0.1
    assert not allows(KEY, 0.15)
    clock.now_s += 0.06
    assert allows(KEY, 0.15)


def test_nothing_that_goes_on_follows_within_a_second_of_what_went_on(
    clock: HandClock, allows: Callable[..., bool]
) -> None:
    assert allows(CONTINUE, guarded=True)
    clock.now_s += 0.9
    assert not allows(OTHER, guarded=True)
    assert allows(("option", "Brown"))
    clock.now_s += 0.2
    assert allows(OTHER, guarded=True)


@pytest.mark.parametrize(
    ("again_s", "button_s", "key_s"), [(0.5, 0.5, 0.15), (1.5, 1.5, 1.15), (3.0, 3.0, 2.65)]
)
def test_a_terminal_may_wait_longer_for_trembling_hands(
    clock: HandClock, again_s: float, button_s: float, key_s: float
) -> None:
    from screens.touch import KEY_REPEAT_S, REPEAT_S, Discipline  # noqa: PLC0415 - as above

    for control, usual_s, wait_s in ((OTHER, REPEAT_S, button_s), (KEY, KEY_REPEAT_S, key_s)):
        discipline = Discipline(clock.now, again_s)
        assert discipline.allows(control, usual_s, guarded=False)
        clock.now_s += wait_s - 0.01
        assert not discipline.allows(control, usual_s, guarded=False)
        clock.now_s += 0.02
        assert discipline.allows(control, usual_s, guarded=False)


def test_another_control_need_not_wait(allows: Callable[..., bool]) -> None:
    assert allows(OTHER)
    assert allows(("button", "Back"))
