"""The keypad on the real glass: what means something, where the ring goes, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.events import Continued, Focused, Typed, WentBack, Wish, Wished
from kiosk.core.keypad import KEY_CODES, KeypadAct
from kiosk.core.touches import BETWEEN_KEYS
from kiosk.core.views import Button, Keyboard, Options, Question, View, Welcome
from tests.screens.gallery import PANELS, prepare
from tests.screens.glass_stand import ENGLISH, KEYPAD, KEYS, POLISH, GlassStand, asking, welcome
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from collections.abc import Iterator

prepare(PANELS["portrait"])
VIEWS = all_views()
A = KeypadAct


@pytest.fixture(scope="module")
def glass() -> Iterator[GlassStand]:
    with GlassStand() as stand:
        yield stand


@pytest.fixture(autouse=True)
def _begin_anew(glass: GlassStand) -> None:
    glass.show(welcome())
    glass.touch_nothing()


def choice() -> View:
    view = asking()
    assert isinstance(view.body, Question)
    from tests.screens.sample_parts import options  # noqa: PLC0415 - only here

    return replace(
        view, body=replace(view.body, step="bin", entry=Options(options(("Brown", "Green")).options))
    )


@pytest.mark.parametrize("held", [(), ("ctrl",), ("alt",), ("shift",), ("meta",), ("ctrl", "alt")])
def test_no_key_that_is_not_declared_and_no_chord_changes_anything(
    glass: GlassStand, held: tuple[str, ...]
) -> None:
    glass.show(asking())
    before = glass.look()
    declared = {meaning.code for meaning in KEYPAD.keypad}
    for code in range(256):
        if held or code not in declared:
            glass.strike(0, "x", *held, code=code)
    assert glass.look() == before
    assert glass.said_nothing()


def test_letters_and_digits_cannot_be_declared() -> None:
    assert not {code for code in KEY_CODES.values() if 4 <= code <= 39}


def test_the_first_key_shows_the_ring_and_a_finger_takes_it_away(glass: GlassStand) -> None:
    assert glass.focused() == ""
    glass.keys(A.SELECT)
    assert glass.focused() == "English"
    glass.keys(A.DOWN)
    assert glass.focused() == "Polski"
    glass.touch_nothing()
    assert glass.focused() == ""
    assert glass.said_nothing()


def test_moving_changes_nothing_and_selecting_does_what_a_touch_does(glass: GlassStand) -> None:
    glass.keys(A.DOWN, A.DOWN, A.DOWN, A.UP, A.LEFT, A.RIGHT)
    assert glass.said_nothing()
    glass.show(welcome())
    assert glass.focused() == "English"
    glass.keys(A.DOWN, A.SELECT)
    assert glass.next_event() == POLISH


def test_a_key_that_is_held_counts_once(glass: GlassStand) -> None:
    code = KEY_CODES["down"]
    glass.keys(A.DOWN)
    for _ in range(6):
        glass.hold(code)
    assert glass.focused() == "Polski"
    glass.keys(A.DOWN)
    assert glass.focused() == "Polski"
    glass.keys(A.DOWN)
    assert glass.focused() == "English"


def test_select_twice_at_once_goes_on_once(glass: GlassStand) -> None:
    glass.show(choice())
    glass.keys(A.DOWN, A.DOWN, A.DOWN)
    assert glass.focused() == "Continue"
    glass.strike(0, code=KEY_CODES["enter"])
    glass.strike_at_once(KEY_CODES["enter"])
    assert glass.next_event() == Continued("who")
    assert glass.said_nothing()


def test_the_service_is_told_where_the_focus_is(glass: GlassStand) -> None:
    glass.show(choice())
    glass.keys(A.DOWN)
    assert glass.next_focus() == Focused("option", "Brown", 2, 4)
    glass.keys(A.DOWN)
    assert glass.next_focus() == Focused("option", "Green", 3, 4)


def test_back_help_and_sound_have_keys_of_their_own_wherever_the_focus_is(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(A.BACK)
    assert glass.next_event() == WentBack()
    glass.keys(A.LOUDER)
    assert glass.next_event() == Wished(Wish.LOUDER)


def test_keys_of_the_glass_are_walked_up_down_and_sideways(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(A.DOWN)
    assert glass.focused() == "Full name"
    glass.keys(A.DOWN, A.DOWN, A.RIGHT)
    assert glass.focused() == "W"
    glass.keys(A.DOWN, A.LEFT, A.LEFT)
    assert glass.focused() == "'"
    glass.keys(A.UP, A.UP, A.UP)
    assert glass.focused() == "Full name"
    glass.keys(A.UP, A.UP)
    assert glass.focused() == "Continue"
    glass.keys(A.UP)
    assert glass.focused() in {KEYS.symbols, "."}


def test_the_focus_stays_at_its_place_when_the_page_of_keys_turns(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(A.DOWN, A.DOWN, A.DOWN)
    assert glass.focused() == "Q"
    glass.keys(A.SELECT)
    assert glass.next_event() == Typed("who", "name", "Q")
    assert glass.focused() == "q"


def test_two_switches_choose_a_row_and_then_a_key(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(A.NEXT, A.NEXT, A.NEXT, A.SELECT, A.NEXT, A.SELECT)
    assert glass.next_event() == Typed("who", "name", "W")
    glass.keys(*[A.NEXT] * 9)
    assert glass.next_focus(role="row").name.split(BETWEEN_KEYS) == [*"asdfghjkl'"]
    glass.keys(A.NEXT, A.NEXT, A.NEXT)
    assert glass.focused() == "Continue"


def test_the_key_for_capitals_says_its_state_when_it_is_pressed(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(*[A.DOWN] * 5)
    here = glass.next_focus()
    while here.name != "Capitals":
        here = glass.next_focus()
    assert here.selected
    for is_on in (False, True):
        glass.keys(A.SELECT)
        told = glass.next_focus()
        assert (told.name, told.selected, told.moved) == ("Capitals", is_on, True)


def test_on_keys_that_have_only_capitals_a_letter_is_called_by_itself(glass: GlassStand) -> None:
    glass.show(asking(keyboard=Keyboard.CODE))
    glass.keys(A.DOWN, A.DOWN, A.DOWN)
    told = [glass.next_focus(role="key").name for _ in range(2)]
    assert (told[-1], glass.focused()) == ("q", "Q")


def test_a_view_over_another_holds_the_focus_and_begins_with_what_keeps_everything(glass: GlassStand) -> None:
    glass.show(asking())
    glass.keys(A.DOWN, A.DOWN)
    glass.show(VIEWS["still-there"])
    assert glass.focused() == "I need more time"
    names = {glass.focused()}
    for _ in range(8):
        glass.keys(A.DOWN)
        names.add(glass.focused())
    assert names == {"I need more time", "Leave now", "Easier to use"}


def test_a_new_question_begins_anew_and_the_same_one_keeps_the_focus(glass: GlassStand) -> None:
    glass.show(choice())
    glass.keys(A.DOWN, A.DOWN)
    view = choice()
    assert isinstance(view.body, Question)
    chosen = Options(tuple(replace(o, chosen=o.label == "Green") for o in view.body.entry.options))  # type: ignore[union-attr]
    glass.show(replace(view, body=replace(view.body, entry=chosen)))
    assert glass.focused() == "Green"
    glass.show(asking())
    assert glass.focused() == "Full name"


def test_what_is_spoken_of_a_button_may_say_more_than_its_label(glass: GlassStand) -> None:
    changed = Button("Change", ENGLISH, said="Change: Which bin was missed?")
    glass.show(View(welcome().frame, Welcome("Welcome", "", (changed,))))
    glass.keys(A.DOWN)
    assert glass.next_focus().name == "Change: Which bin was missed?"


class Walker:
    """A ring on screens that nobody sees."""

    def __init__(self) -> None:
        from screens.ring import Ring  # noqa: PLC0415 - only when Kivy is prepared
        from screens.surface import Surface  # noqa: PLC0415 - as above
        from tests.screens.drawing import Easel  # noqa: PLC0415 - as above

        self.easel = Easel(PANELS["portrait"])
        self.surface = Surface(lambda: 0.0, lambda: None, 0.5)
        self.ring = Ring(self.surface, self.easel.sent.append)

    def stops(self, view: View) -> list[Any]:
        from screens.target import touchable  # noqa: PLC0415 - only when Kivy is prepared

        self.surface.put(self.easel.show(view))
        self.ring.hide()
        self.easel.sent.clear()
        return touchable(self.surface)

    def standing(self) -> list[tuple[Any, ...]]:
        """Give all that stands on the glass: what sort, where, how large, how clear, and with what words."""
        return [
            (type(each).__name__, *each.pos, *each.size, each.opacity, getattr(each, "text", ""))
            for each in self.surface.walk()
        ]


@pytest.fixture(scope="module")
def walker() -> Walker:
    return Walker()


@pytest.mark.parametrize("name", VIEWS)
def test_everything_that_can_be_touched_on_every_screen_is_reached_in_reading_order(
    walker: Walker, name: str
) -> None:
    stops = walker.stops(VIEWS[name])
    reached: list[Any] = []
    for _ in range(len(stops) + 1):
        walker.ring.act(A.DOWN)
        if walker.ring.widget in reached:
            break
        reached.append(walker.ring.widget)
    wanted = [each for each in stops if each.target_role != "key"]
    at = wanted.index(reached[0]) if reached else 0
    assert [each for each in reached if each.target_role != "key"] == [*wanted[at:], *wanted[:at]]
    assert all(isinstance(event, Focused) for event in walker.easel.sent)


@pytest.mark.parametrize("name", VIEWS)
def test_nothing_appears_or_goes_while_the_focus_moves(walker: Walker, name: str) -> None:
    stops = walker.stops(VIEWS[name])
    before = walker.standing()
    for _ in stops:
        walker.ring.act(A.NEXT)
        assert walker.standing() == before


@pytest.mark.parametrize("name", [name for name in VIEWS if "name" in name or "address" in name])
def test_every_key_is_reached_by_four_arrows(walker: Walker, name: str) -> None:
    from screens.walking import KEY, beside, upright  # noqa: PLC0415 - only when Kivy is prepared

    stops = walker.stops(VIEWS[name])
    keys = [each for each in stops if each.target_role == KEY]
    found, ahead = set(), [keys[0]] if keys else []
    while ahead:
        key = ahead.pop()
        if key in found or key.target_role != KEY:
            continue
        found.add(key)
        ahead += [move(key, stops, by) for move in (beside, upright) for by in (1, -1)]
    assert found == set(keys)


def test_a_ring_that_skips_something_would_be_found(walker: Walker) -> None:
    stops = walker.stops(VIEWS["menu-groups"])
    walker.ring._stops = lambda: stops[::2]  # type: ignore[method-assign]
    try:
        reached = []
        for _ in stops:
            walker.ring.act(A.DOWN)
            reached.append(walker.ring.widget)
        assert set(reached) != set(stops)
    finally:
        del walker.ring._stops
