"""Every screen on every panel: all that can be touched is inside, apart, and large enough; no text is cut."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.views import Fields, Look, Question, View
from screens.target import Targeted, targets
from tests.screens.gallery import PANELS, prepare
from tests.screens.hostile_views import hostile
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from kiosk.core.glass_lines import Target
    from screens.widgets.frame import FramedScreen
    from tests.screens.drawing import Easel

prepare(PANELS["portrait"])

VIEWS = all_views()
HOSTILE = hostile()
FLOOR_MM, GAP_MM = 12.7, 2.54
EDGE_MM = 4
"""A bezel and a finger's roundness take the last millimetres at the sides of the glass."""
LARGE = ("portrait", "landscape")
FRAME_WORDS = {"Speak to reception", "Leave now", "Language", "Easier to use"}


@pytest.fixture(scope="module")
def easels() -> dict[str, Easel]:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return {name: Easel(panel) for name, panel in PANELS.items()}


def seen(screen: FramedScreen) -> tuple[Target, ...]:
    return targets(screen, screen.height)


def faults(screen: FramedScreen) -> list[str]:
    """Say everything that is wrong with where things are."""
    px = screen.panel_theme.px_per_mm
    found = seen(screen)
    touched = [each for each in found if each.touchable]
    wrong = [f"outside: {each}" for each in found if not _is_inside(each, screen)]
    wrong += [
        f"small: {each.name!r} {each.width / px:.1f} x {each.height / px:.1f} mm"
        for each in touched
        if min(each.width, each.height) < FLOOR_MM * px - 1
    ]
    wrong += [
        f"at the edge: {each.name!r} {_from_the_sides(each, screen) / px:.1f} mm"
        for each in touched
        if _from_the_sides(each, screen) < EDGE_MM * px - 1
    ]
    wrong += [
        f"near: {one.name!r} {other.name!r} {_gap(one, other) / px:.2f} mm"
        for one, other in combinations(touched, 2)
        if _gap(one, other) < GAP_MM * px - 1
    ]
    return wrong


def _is_inside(target: Target, screen: FramedScreen) -> bool:
    right, low = target.x + target.width, target.y + target.height
    return target.x >= 0 and target.y >= 0 and right <= screen.width and low <= screen.height


def _from_the_sides(target: Target, screen: FramedScreen) -> float:
    return float(min(target.x, screen.width - target.x - target.width))


def _gap(one: Target, other: Target) -> float:
    across = max(one.x, other.x) - min(one.x + one.width, other.x + other.width)
    down = max(one.y, other.y) - min(one.y + one.height, other.y + other.height)
    return max(across, down)


def cut_texts(screen: FramedScreen) -> list[str]:
    """List the texts that have less room than they need, or stand upon one another."""
    from screens.widgets.label import Lettering  # noqa: PLC0415 - only when Kivy is prepared

    shown = [
        each
        for each in screen.walk()
        if isinstance(each, Lettering) and each.text and each.texture and _is_seen(each)
    ]
    cut = [each.text for each in shown if each.texture_size[1] > each.height + 2 or each.is_cut]
    upon = [f"{one.text!r} upon {other.text!r}" for one, other in combinations(shown, 2) if _upon(one, other)]
    return cut + upon


def _upon(one: FramedScreen, other: FramedScreen) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.top, other.top) - max(one.y, other.y)
    return bool(min(across, down) > 1)


def _is_seen(widget: Any) -> bool:
    while isinstance(widget, Targeted):
        if getattr(widget, "opacity", 1) <= 0:
            return False
        widget = getattr(widget, "parent", None)
    return True


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("name", VIEWS)
def test_all_that_can_be_touched_is_inside_apart_and_large_enough(
    easels: dict[str, Easel], name: str, panel: str
) -> None:
    screen = easels[panel].show(VIEWS[name])
    assert faults(screen) == []
    assert cut_texts(screen) == []


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_comes_what_can_be_touched_stays_inside_and_apart(
    easels: dict[str, Easel], name: str, panel: str
) -> None:
    wrong = faults(easels[panel].show(HOSTILE[name]))
    assert [each for each in wrong if not each.startswith("small")] == []


@pytest.mark.parametrize("panel", LARGE)
@pytest.mark.parametrize("name", [name for name in VIEWS if "address-problem" not in name])
def test_on_a_large_panel_no_letter_is_lower_than_asked_for(
    easels: dict[str, Easel], name: str, panel: str
) -> None:
    screen = easels[panel].show(VIEWS[name])
    assert screen.ids.body.theme.density.text >= 1
    assert not screen.ids.body.is_strained()


@pytest.mark.parametrize(
    "name", ["menu-groups", "question-choice", "review", "confirmation-printed", "notice-help"]
)
def test_larger_letters_fit_as_well(easels: dict[str, Easel], name: str) -> None:
    view = VIEWS[name]
    large = replace(view, frame=replace(view.frame, look=Look(cap_height_mm=7.3)))
    screen = easels["portrait"].show(large)
    assert faults(screen) == []
    assert cut_texts(screen) == []


@pytest.mark.parametrize("panel", PANELS)
def test_help_and_the_ways_out_are_at_the_same_place_on_every_screen(
    easels: dict[str, Easel], panel: str
) -> None:
    height = PANELS[panel].height_px
    places: dict[str, set[tuple[float, float]]] = {}
    for view in VIEWS.values():
        if view.frame.language == "en":
            for each in seen(easels[panel].show(view)):
                if each.touchable and each.name in FRAME_WORDS and each.y > height * 0.85:
                    places.setdefault(each.name, set()).add((each.x, each.y))
    assert {name: len(found) for name, found in places.items()} == dict.fromkeys(FRAME_WORDS, 1)


@pytest.mark.parametrize("name", VIEWS)
def test_a_screen_kept_from_another_view_shows_what_a_fresh_one_shows(
    easels: dict[str, Easel], name: str
) -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    fresh = Easel(PANELS["small"], easels["small"].theme.typesetter)
    assert seen(easels["small"].show(VIEWS[name])) == seen(fresh.show(VIEWS[name]))


def test_a_screen_is_mirrored_for_a_script_that_runs_from_right_to_left(easels: dict[str, Easel]) -> None:
    easel = easels["portrait"]
    middle = PANELS["portrait"].width_px / 2
    for view, left in ((VIEWS["menu-groups"], True), (VIEWS["ar-menu-groups"], False)):
        assert view.frame.back is not None
        back = next(each for each in seen(easel.show(view)) if each.name == view.frame.back.label)
        assert (back.x < middle) is left


def test_two_targets_that_touch_would_be_found(easels: dict[str, Easel]) -> None:
    screen = easels["small"].show(VIEWS["question-choice"])
    screen.ids.forward.pos = screen.ids.frame_help.pos
    assert any(fault.startswith("near") for fault in faults(screen))


def test_every_word_of_a_view_is_on_its_screen(easels: dict[str, Easel]) -> None:
    view: View = VIEWS["confirmation-held"]
    names = {each.name for each in seen(easels["portrait"].show(view))}
    assert {"A042", "T7-0042-K", "Your ticket is not printed", "What happens next", "Finish"} <= names


def test_every_body_has_a_screen() -> None:
    from screens.register import BODIES, SCREENS  # noqa: PLC0415 - only when Kivy is prepared

    assert set(SCREENS) == BODIES


def test_every_icon_that_settings_may_name_is_drawn() -> None:
    from screens.widgets.icon import names  # noqa: PLC0415 - only when Kivy is prepared

    groups = {"bins", "housing", "council-tax", "benefits", "parking", "planning", "registrars", "streets"}
    assert groups | {"calendar", "help", "card", "printer", "generic"} <= names()


def test_a_code_has_its_quiet_zone_and_whole_squares(easels: dict[str, Easel]) -> None:
    from screens.widgets.qr import QUIET, matrix  # noqa: PLC0415 - only when Kivy is prepared

    squares = matrix("https://demo-borough.example/r/T7-0042-K")
    edges = [*squares[:QUIET], *squares[-QUIET:], *(line[:QUIET] + line[-QUIET:] for line in squares)]
    assert not any(any(line) for line in edges)
    assert squares[QUIET][QUIET : QUIET + 7] == [True] * 7
    code = easels["small"].show(VIEWS["confirmation-printed"]).ids.code
    assert code.drawn_size[0] % len(squares) == 0
    assert code.drawn_size[0] // len(squares) >= 2


def test_while_somebody_types_the_screen_stays_as_it_is(easels: dict[str, Easel]) -> None:
    easel, view = easels["portrait"], VIEWS["question-name"]
    screen = easel.show(view)
    easel.picture(screen)
    before = screen.ids.fields.children[0]
    question = view.body
    assert isinstance(question, Question)
    assert isinstance(question.entry, Fields)
    field = replace(question.entry.fields[0], text="Ŵyn O'Tests")
    easel.show(replace(view, body=replace(question, entry=replace(question.entry, fields=(field,)))))
    assert screen.ids.fields.children[0] is before


@pytest.mark.parametrize("name", ["languages", "question-choice", "review", "notice-help", "cy-menu-groups"])
def test_words_with_room_for_one_line_stand_on_one_line(easels: dict[str, Easel], name: str) -> None:
    from screens.widgets.label import Lettering  # noqa: PLC0415 - only when Kivy is prepared

    for each in easels["landscape"].show(VIEWS[name]).walk():
        if (
            isinstance(each, Lettering)
            and each.is_snug
            and each.texture
            and each.width >= each.natural_width()
        ):
            one_line = each.theme.typesetter.measure(each.text, each.style()).height_px
            assert each.texture_size[1] <= one_line * 1.2, each.text


def test_icons_fill_their_textures_so_that_mirroring_keeps_their_size(easels: dict[str, Easel]) -> None:
    from screens.widgets.icon import Icon  # noqa: PLC0415 - only when Kivy is prepared

    shown = [each for each in easels["small"].show(VIEWS["menu-groups"]).walk() if isinstance(each, Icon)]
    textures = [each.texture for each in shown if each.texture]
    assert textures
    assert {tuple(sorted(set(texture.tex_coords))) for texture in textures} == {(0.0, 1.0)}
