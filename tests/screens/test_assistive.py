"""A program that reads screens finds on a real glass what the glass says is there, and can act on it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.glass_lines import Target, Told
from kiosk.core.touches import PinDeleted, PinDigit, PinEntered
from kiosk.core.views import Button, Option, Options, Problem, SignIn, StillThere, View, Welcome, Working
from kiosk.errors import GlassError
from kiosk.glass import wants_assistive
from screens.described import Numbers, tree_of
from tests.screens.at_spi_stand import Reader, a_bus, found
from tests.screens.glass_stand import ENGLISH, POLISH, GlassStand, asking, welcome, with_question

ROLES = {
    "button": "push button",
    "option": "radio button",
    "key": "push button",
    "field": "entry",
    "secret": "password text",
    "text": "label",
    "heading": "heading",
    "code": "image",
}
pytestmark = pytest.mark.timeout(60)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[dict[str, str]]:
    with a_bus(tmp_path) as environment:
        yield environment


@pytest.fixture
def reader(bus: dict[str, str]) -> Iterator[Reader]:
    with Reader(bus) as made:
        yield made


@pytest.fixture
def glass(bus: dict[str, str]) -> Iterator[GlassStand]:
    with GlassStand(bus, more=("--assistive",)) as stand:
        yield stand


def signing_in(typed: int, problem: str = "") -> View:
    digits = tuple(Button(str(each), PinDigit(str(each))) for each in range(10))
    body = SignIn(
        "Staff",
        "Type your PIN",
        typed,
        digits,
        Button("Delete", PinDeleted()),
        Button("In", PinEntered()),
        problem,
    )
    return replace(asking(), body=body)


def choosing(*, many: bool) -> View:
    options = (Option("b", "Brown", ENGLISH, chosen=True), Option("g", "Green", ENGLISH))
    return with_question(asking(), entry=Options(options, many=many))


def wrong(text: str) -> View:
    problems = (Problem("name", text),)
    return with_question(asking(), problems_heading="There is a problem", problems=problems)


def warning(left: int) -> View:
    more, leave = Button("More", ENGLISH), Button("Leave", ENGLISH)
    return replace(asking(), body=StillThere("Are you still there?", "Answers go", left, more, leave))


def working(heading: str) -> View:
    return replace(asking(), body=Working(heading))


@pytest.mark.parametrize(("view", "heading"), [(welcome(), "Welcome"), (asking("Ana"), "What is your name?")])
def test_everything_on_the_glass_has_its_role_name_place_and_action(
    glass: GlassStand, reader: Reader, view: View, heading: str
) -> None:
    glass.show(view)
    there_are = glass.look().targets
    wanted = [(ROLES[each.role], each.name, each.touchable) for each in there_are]
    tree = reader.tree(heading, wanted)
    assert found(tree) == wanted
    assert ("heading", heading, False) in wanted
    assert all(each.name for each in there_are)
    for each, target in zip(tree, there_are, strict=True):
        there = (target.x, target.y, target.width, target.height)
        assert each["box"] == pytest.approx(there, abs=2), each


def test_what_is_typed_can_be_read_with_its_caret_and_is_not_announced(
    glass: GlassStand, reader: Reader
) -> None:
    glass.show(asking("Ana"))
    assert "required" in reader.one("entry", "Full name", holds=["Ana", 3])["states"]
    glass.type("ß")
    assert reader.one("entry", "Full name", holds=["Anaß", 4])["holds"] == ["Anaß", 4]
    assert "focused" in reader.one("entry", "Full name")["states"]
    assert reader.ask("heard") == []


def test_a_text_of_lines_is_read_whole(glass: GlassStand, reader: Reader) -> None:
    glass.show(asking("one\ntwo", lines=3))
    assert reader.one("entry", "Full name", holds=["one\ntwo", 7])["holds"] == ["one\ntwo", 7]


def test_of_a_pin_nobody_can_read_more_than_how_many_digits_it_has(glass: GlassStand, reader: Reader) -> None:
    glass.show(signing_in(typed=3))
    assert reader.one("password text", "Type your PIN", holds=["●●●", 3])["holds"] == ["●●●", 3]
    glass.show(signing_in(typed=0, problem="That PIN is not right"))
    assert reader.one("password text", "Type your PIN", holds=["", 0])["holds"] == ["", 0]
    assert ("assertive", "That PIN is not right") in reader.hears(("assertive", "That PIN is not right"))


@pytest.mark.parametrize(("many", "role"), [(False, "radio button"), (True, "check box")])
def test_an_option_says_whether_it_is_chosen_and_whether_others_may_be_beside_it(
    glass: GlassStand, reader: Reader, many: bool, role: str
) -> None:
    glass.show(choosing(many=many))
    assert "checked" in reader.one(role, "Brown")["states"]
    assert "checked" not in reader.one(role, "Green")["states"]


def test_a_button_that_is_in_force_says_so(glass: GlassStand, reader: Reader) -> None:
    glass.show(asking("Ana"))
    assert "selected" not in reader.one("push button", "Capitals")["states"]
    glass.press("Capitals")
    assert "selected" in reader.one("push button", "Capitals", "selected")["states"]
    assert "selected" not in reader.one("push button", "Space")["states"]


def test_a_mistake_is_announced_at_once_and_stands_at_its_field(glass: GlassStand, reader: Reader) -> None:
    glass.show(asking())
    reader.tree("What is your name?")
    glass.show(wrong("Enter your full name"))
    heard = reader.hears(("assertive", "There is a problem"), ("assertive", "Enter your full name"))
    assert sorted(heard) == [("assertive", "Enter your full name"), ("assertive", "There is a problem")]
    assert reader.one("entry", "Full name", detail="Enter your full name")["detail"] == "Enter your full name"


def test_time_that_runs_out_is_announced_and_then_every_tenth_second(
    glass: GlassStand, reader: Reader
) -> None:
    glass.show(welcome())
    reader.tree("Welcome")
    for left in range(25, 9, -1):
        glass.show(warning(left))
    heard = reader.hears(("assertive", "10"))
    assert {urgency for urgency, _ in heard} == {"assertive"}
    assert sorted(text for _, text in heard[:2]) == ["Answers go", "Are you still there?"]
    assert [text for _, text in heard[2:]] == ["20", "10"]


def test_each_change_of_what_the_terminal_is_doing_is_announced(glass: GlassStand, reader: Reader) -> None:
    glass.show(welcome())
    reader.tree("Welcome")
    glass.show(working("Your ticket is being printed"))
    assert reader.hears(("polite", "Your ticket is being printed")) == [
        ("polite", "Your ticket is being printed")
    ]


def test_every_node_has_its_own_language() -> None:
    """AccessKit 0.7 takes it and hands it to nobody over AT-SPI: so it is judged where it is given."""
    told = (Told(language="en"), Told(language="ur"))
    seen = [Target("button", f"of {each.language}", 0, 0, 10, 10, told=each) for each in told]
    given = Numbers().give(seen)
    nodes = dict(tree_of(given, (10, 10)).nodes)
    assert [nodes[number].language for number in given] == ["en", "ur"]


def test_a_glass_tells_the_language_of_each_text(glass: GlassStand) -> None:
    buttons = (Button("English", ENGLISH, "en"), Button("Polski", POLISH, "pl"))
    glass.show(View(welcome().frame, Welcome("Croeso", "", buttons)))
    languages = {each.name: each.told.language for each in glass.look().targets}
    assert languages == languages | {"English": "en", "Polski": "pl", "Croeso": "en"}


def test_an_act_of_such_a_program_does_what_a_touch_does(glass: GlassStand, reader: Reader) -> None:
    glass.show(welcome())
    reader.tree("Welcome")
    assert reader.ask("do push button|Polski") is True
    assert glass.next_event() == POLISH
    assert glass.focused() == "Polski"


def test_a_glass_that_was_not_asked_to_tells_nobody(bus: dict[str, str], reader: Reader) -> None:
    with GlassStand(bus) as silent, GlassStand(bus, more=("--assistive",)) as telling:
        silent.show(welcome("Nobody reads this"))
        telling.show(welcome("Somebody reads this"))
        reader.tree("Somebody reads this")
        assert "Nobody reads this" not in {each["name"] for each in reader.ask("tree")}


def test_a_spare_tells_nobody_before_its_first_view(glass: GlassStand, reader: Reader) -> None:
    assert reader.ask("tree") == []
    glass.show(welcome())
    assert reader.tree("Welcome")


def test_wanting_it_without_its_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not wants_assistive({})
    assert wants_assistive({"KIOSK_ASSISTIVE": "1"})
    monkeypatch.setattr("kiosk.glass.find_spec", lambda _name: None)
    with pytest.raises(GlassError, match="not installed") as told:
        wants_assistive({"KIOSK_ASSISTIVE": "1"})
    assert told.value.code == "KIOSK-040"


def test_what_was_meant_for_the_view_before_presses_nothing_of_the_next() -> None:
    numbers = Numbers()
    yes = Target("button", "Yes", 0, 0, 10, 10, touchable=True)
    no = Target("button", "No", 0, 0, 10, 10, touchable=True)
    (meant,) = numbers.give([yes])
    assert numbers.place(meant, [yes]) == 0
    assert numbers.place(meant, [no]) is None
    numbers.give([no])
    assert numbers.place(meant, [no, yes]) is None


def test_what_comes_back_gets_a_number_that_was_never_dead() -> None:
    numbers = Numbers()
    yes = Target("button", "Yes", 0, 0, 10, 10, touchable=True)
    first = set(numbers.give([yes, yes]))
    assert len(first) == 2
    assert set(numbers.give([replace(yes, y=5), yes])) == first
    numbers.give([])
    assert first.isdisjoint(numbers.give([yes, yes]))
