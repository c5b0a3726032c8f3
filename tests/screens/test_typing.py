"""Typing on the real glass: what is focused, what is kept, what is told."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kiosk.clocks import SystemClock
from kiosk.core.events import Typed
from kiosk.core.glass_lines import Did, Target
from kiosk.core.views import Field, Fields, Keyboard, Problem, View
from kiosk.glass import Glass, GlassPlace
from tests.screens.glass_stand import ENGLISH, KEYS, PANEL, GlassStand, asking, welcome, with_question


@pytest.fixture(scope="module")
def glass() -> Iterator[GlassStand]:
    with GlassStand() as stand:
        yield stand


@pytest.fixture(autouse=True)
def _begin_anew(glass: GlassStand) -> None:
    glass.show(welcome())


def two_fields(problems: tuple[Problem, ...] = (), first: str = "") -> View:
    street = Field("street", "Street", first)
    code = Field("code", "Postcode", "", Keyboard.CODE, longest=4)
    return with_question(asking(), step="where", entry=Fields((street, code), KEYS), problems=problems)


def fields(glass: GlassStand) -> list[Target]:
    return [target for target in glass.look().targets if target.role == "field"]


def focused(glass: GlassStand) -> list[str]:
    return [field.name for field in fields(glass) if field.selected]


def last_typed(glass: GlassStand, count: int) -> Typed:
    told = [glass.next_event() for _ in range(count)]
    assert all(isinstance(event, Typed) for event in told)
    last: Typed = told[-1]
    return last


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Keyboard.LETTERS, "1 High St [b]"),
        (Keyboard.EMAIL, "mair@example.com"),
        (Keyboard.DIGITS, "2026"),
        (Keyboard.DECIMAL, "120.50"),
        (Keyboard.PHONE, "+44 (0)29"),
        (Keyboard.CODE, "AA3 1AB"),
    ],
)
def test_each_keyboard_types_what_its_field_asks_for(glass: GlassStand, kind: Keyboard, text: str) -> None:
    glass.show(asking(keyboard=kind))
    glass.type(text)
    assert last_typed(glass, len(text)) == Typed("who", "name", text)


def test_a_new_line_is_typed_only_where_there_is_room_for_one(glass: GlassStand) -> None:
    glass.show(asking(lines=4))
    glass.type("a\n-b")
    assert last_typed(glass, 4).text == "a\n-b"
    glass.show(welcome())
    glass.show(asking())
    assert KEYS.next_line not in glass.names()


def test_a_name_begins_with_a_capital_and_goes_on_small(glass: GlassStand) -> None:
    glass.show(asking())
    assert {"Q", "'", "-"} <= glass.names()
    glass.press("Q")
    assert {"q", "'", "-"} <= glass.names()
    assert "Q" not in glass.names()
    glass.press(KEYS.delete)
    assert "Q" in glass.names()


def test_no_more_is_typed_than_the_field_takes(glass: GlassStand) -> None:
    glass.show(two_fields())
    glass.press("Postcode")
    glass.type("ABCDE")
    assert last_typed(glass, 4) == Typed("where", "code", "ABCD")
    assert glass.said_nothing()


def test_a_touched_field_is_typed_into_with_its_own_keys(glass: GlassStand) -> None:
    glass.show(two_fields())
    assert focused(glass) == ["Street"]
    glass.press("Postcode")
    assert focused(glass) == ["Postcode"]
    assert KEYS.accents not in glass.names()
    glass.type("A")
    assert last_typed(glass, 1) == Typed("where", "code", "A")


def test_the_first_field_with_a_problem_is_typed_into(glass: GlassStand) -> None:
    glass.show(two_fields())
    glass.show(two_fields((Problem("code", "Enter a postcode"),)))
    assert focused(glass) == ["Postcode"]


def test_a_field_without_a_label_is_called_by_the_question(glass: GlassStand) -> None:
    glass.show(with_question(asking(), entry=Fields((Field("text", "", ""),), KEYS)))
    assert [field.name for field in fields(glass)] == ["What is your name?"]


def test_nothing_typed_is_lost_when_the_frame_changes_meanwhile(glass: GlassStand) -> None:
    glass.show(two_fields())
    glass.press("Postcode")
    glass.type("AB")
    late = two_fields()
    glass.show(replace(late, frame=replace(late.frame, notice="This terminal cannot print at the moment")))
    assert focused(glass) == ["Postcode"]
    glass.type("C")
    assert last_typed(glass, 1) == Typed("where", "code", "ABC")


def test_the_text_of_the_service_is_shown_when_nobody_typed_since(glass: GlassStand) -> None:
    glass.show(asking("ab"))
    glass.show(asking("xy"))
    glass.type("z")
    assert last_typed(glass, 1).text == "xyz"


def test_after_another_screen_the_service_knows_the_text_best(glass: GlassStand) -> None:
    glass.show(asking())
    glass.type("ab")
    last_typed(glass, 2)
    glass.show(welcome())
    glass.show(asking("q"))
    glass.type("r")
    assert last_typed(glass, 1).text == "qr"


@pytest.mark.timeout(30)
def test_what_a_replaced_glass_still_says_is_dropped() -> None:
    heard: list[object] = []
    glass = Glass(GlassPlace(PANEL), happened=heard.append, clock=SystemClock(), log=_silent)
    try:
        last = glass._front
        glass.replace()
        assert glass._front is not last
        glass._hear(last, Did(ENGLISH))
        assert heard == []
        glass._hear(glass._front, Did(ENGLISH))
        assert heard == [ENGLISH]
    finally:
        glass.close()


def _silent(event: str, **ids: str | float) -> None:
    del event, ids
