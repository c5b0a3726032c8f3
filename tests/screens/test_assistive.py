"""A program that reads screens finds on a real glass what the glass says is there, and can act on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.glass_lines import Target
from kiosk.core.views import View
from kiosk.errors import GlassError
from kiosk.glass import wants_assistive
from screens.described import numbered
from tests.screens.at_spi_stand import Reader, a_bus, found
from tests.screens.glass_stand import POLISH, GlassStand, asking, welcome

ROLES = {
    "button": "push button",
    "option": "toggle button",
    "key": "push button",
    "field": "entry",
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
    before = Target("button", "Yes", 0, 0, 10, 10, touchable=True)
    after = Target("button", "No", 0, 0, 10, 10, touchable=True)
    assert set(numbered([before])).isdisjoint(numbered([after]))
    assert len(numbered([before, before])) == 2
