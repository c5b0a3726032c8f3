"""What the sweep looks for is found where a screen is broken: lines too near, a control without the ring."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core.access import CAP_MM, Access, Reach, TextSize
from kiosk.core.companion import BOTH
from kiosk.core.glass_lines import Seen
from kiosk.core.keypad import KeypadAct
from kiosk.core.views import Look
from kiosk.rehearse.judging import SMALLEST_SHARE, placed
from kiosk.rehearse.keypad_hand import missed
from kiosk.rehearse.shown import every_view
from kiosk.typeset import Typesetter
from screens.palette import PALETTES
from screens.target import targets, touchable
from tests.core.facility_for_tests import MONDAY, facility
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

if TYPE_CHECKING:
    from kiosk.core.views import View
    from screens.widgets.frame import FramedScreen

PANEL = PANELS["portrait"]
prepare(PANEL)
VIEWS = all_views()
GROUPS = VIEWS["ar-menu-groups"]
URDU = replace(GROUPS, frame=replace(GROUPS.frame, language="ur"))


def near_lines(view: View) -> list[str]:
    from screens.lettered import lettered  # noqa: PLC0415 - only when Kivy is prepared
    from tests.screens.drawing import Easel  # noqa: PLC0415 - as above

    screen = Easel(PANEL, Typesetter()).show(view)
    seen = Seen("", 1, (), lettered(screen, screen.height))
    assert seen.texts
    return [each.what for each in placed(seen, PANEL, Access()) if each.sort == "near-lines"]


@pytest.mark.parametrize("view", [GROUPS, URDU, VIEWS["menu-groups"]])
def test_lines_stand_as_far_apart_as_their_script_asks(view: View) -> None:
    assert near_lines(view) == []


@pytest.mark.parametrize("view", [GROUPS, URDU])
def test_squeezed_lines_of_arabic_and_urdu_are_found(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.typeset.setting._TALL_SCRIPT_EM", 9.0)
    assert near_lines(view)


def seen_on_a_round(screen: FramedScreen) -> Seen:
    from screens.ring import Ring  # noqa: PLC0415 - only when Kivy is prepared
    from screens.standing import gone_round  # noqa: PLC0415 - as above
    from screens.surface import Surface  # noqa: PLC0415 - as above

    surface = Surface(lambda: 0.0, lambda: None, 0.5)
    surface.put(screen)
    ring = Ring(surface, lambda _event: None)
    reached = tuple(gone_round(surface, ring, lambda: ring.act(KeypadAct.DOWN)))
    surface.clear_widgets()
    return Seen("", 1, targets(screen, screen.height), reached=reached)


@pytest.mark.parametrize("name", ["menu-groups", "question-choice", "question-name", "review"])
def test_a_control_that_the_ring_leaves_out_is_found(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    screen = Easel(PANEL).show(VIEWS[name])
    assert missed(seen_on_a_round(screen)) == []
    left_out = screen.ids.frame_leave
    monkeypatch.setattr(
        "screens.ring.touchable", lambda root: [each for each in touchable(root) if each != left_out]
    )
    assert [each.name for each in missed(seen_on_a_round(screen))] == [left_out.target_name]


def framed(council: str, title: str, cap_mm: float) -> Any:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    view = VIEWS["question-address-problem"]
    look = Look(cap_height_mm=cap_mm)
    return Easel(PANEL).show(
        replace(view, frame=replace(view.frame, council=council, title=title, look=look))
    )


def test_the_council_s_name_gives_way_before_the_title_s_letters_become_smaller() -> None:
    long = "Rhoi gwybod am atgyweiriad mewn tŷ cyngor"
    usual = framed("Cyngor Bwrdeistref Demo", "Bin", CAP_MM[TextSize.USUAL]).ids
    assert not usual.frame_council.is_absent
    assert not usual.frame_mark.is_absent
    large = framed("Cyngor Bwrdeistref Demo", long, CAP_MM[TextSize.LARGEST]).ids
    assert large.frame_council.is_absent
    assert large.frame_title.shrunk >= 0.9
    longest = framed("Cyngor", f"{long} {long}", CAP_MM[TextSize.LARGEST])
    assert longest.ids.band.height > usual.band.height
    assert longest.ids.frame_title.shrunk >= 0.9


def test_where_letters_would_be_too_low_the_summary_leaves_to_the_fields_what_they_say() -> None:
    largest = framed("Demo", "Bin", CAP_MM[TextSize.LARGEST]).ids
    assert not largest.problems.is_absent
    assert largest.problem_texts.is_absent
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    assert not Easel(PANEL).show(VIEWS["question-name-problem"]).ids.problem_texts.is_absent


def test_the_largest_letters_leave_out_the_heading_over_what_happens_next_before_they_become_low() -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    held = VIEWS["confirmation-held"]
    assert not Easel(PANEL).show(held).ids.next_heading.is_absent
    largest = replace(held.frame, look=Look(cap_height_mm=CAP_MM[TextSize.LARGEST]))
    drawn = Easel(PANEL).show(replace(held, frame=largest))
    assert drawn.ids.next_heading.is_absent
    assert drawn.ids.body.theme.density.text >= 0.8
    assert drawn.ids.number_card.y > drawn.ids.reference_card.y
    higher = replace(held, frame=replace(held.frame, look=Look(cap_height_mm=14.0)))
    abreast = Easel(PANEL).show(higher).ids
    assert abreast.number_card.y == abreast.reference_card.y


@pytest.mark.parametrize(("cap_mm", "labelled"), [(6.8, True), (9.0, True), (11.0, False)])
def test_steps_of_sound_give_up_their_labels_low_down_before_letters_become_too_low(
    cap_mm: float, labelled: bool
) -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    low = Access(text=TextSize.LARGEST, reach=Reach.LOW)
    view = dict(every_view(facility(), "en", low, MONDAY))["access-speech-on"]
    look = replace(view.frame.look, cap_height_mm=cap_mm)
    drawn = Easel(PANEL).show(replace(view, frame=replace(view.frame, look=look))).ids
    assert drawn.steppers.children
    assert all(each.ids.label.is_absent is not labelled for each in drawn.steppers.children)
    assert drawn.body.theme.density.text >= SMALLEST_SHARE


@pytest.mark.parametrize("name", ["review", "question-choice"])
def test_large_words_at_one_side_of_a_wide_panel_stand_under_one_another(name: str) -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    def is_wide(reach: Reach, text: TextSize) -> bool:
        view = VIEWS[name]
        look = Look(cap_height_mm=CAP_MM[text], reach=reach)
        shown = Easel(PANELS["landscape"]).show(replace(view, frame=replace(view.frame, look=look)))
        return bool(shown.ids.body.is_wide)

    assert is_wide(Reach.LOW_LEFT, TextSize.USUAL)
    assert is_wide(Reach.LOW, TextSize.LARGE)
    assert not is_wide(Reach.LOW_LEFT, TextSize.LARGE)


@pytest.mark.parametrize(("reach", "is_left"), [(Reach.LOW_LEFT, True), (Reach.LOW_RIGHT, False)])
def test_an_ending_has_all_of_a_wide_panel_and_its_button_at_the_side_that_is_reached(
    reach: Reach, *, is_left: bool
) -> None:
    drawn = at_one_side("confirmation-held", reach).ids
    middle = PANELS["landscape"].width_px / 2
    assert (drawn.finish.center_x < middle) is is_left
    assert (drawn.paper.center_x < middle) is not is_left
    assert drawn.body.theme.density.text >= SMALLEST_SHARE


@pytest.mark.parametrize("reach", [Reach.LOW_LEFT, Reach.LOW_RIGHT])
def test_a_question_stands_beside_what_is_reached_only_where_its_options_have_no_room_under_it(
    reach: Reach,
) -> None:
    def has_moved_aside(name: str) -> bool:
        drawn = at_one_side(name, reach)
        heading, entry = drawn.ids.heading, drawn.ids.entry
        apart = heading.right <= entry.x or heading.x >= entry.right
        assert bool(drawn.ids.body.is_aside) is apart
        return apart

    assert has_moved_aside("question-choice-problem")
    assert not has_moved_aside("question-yes-no")


def at_one_side(name: str, reach: Reach) -> FramedScreen:
    """Draw a view in the largest letters, for an arm at one side of a wide panel."""
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    look = Look(cap_height_mm=CAP_MM[TextSize.LARGEST], reach=reach)
    view = VIEWS[name]
    return Easel(PANELS["landscape"]).show(replace(view, frame=replace(view.frame, look=look)))


def colours(screen: Any) -> list[tuple[float, ...]]:
    """List the colours of everything drawn, in the order in which it is drawn."""
    from kivy.graphics import Color, InstructionGroup  # noqa: PLC0415 - only when Kivy is prepared

    def of(group: InstructionGroup) -> list[tuple[float, ...]]:
        found: list[tuple[float, ...]] = []
        for each in group.children:
            if isinstance(each, Color):
                found.append(tuple(each.rgba))
            elif isinstance(each, InstructionGroup):
                found += of(each)
        return found

    return of(screen.canvas)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", ["menu-groups", "question-choice", "question-name-problem", "review"])
def test_no_colour_depends_on_the_size_of_letters(name: str, theme: str) -> None:
    from kivy.base import EventLoop  # noqa: PLC0415 - only when Kivy is prepared

    from tests.screens.drawing import Easel  # noqa: PLC0415 - as above

    easel, drawn = Easel(PANEL), []
    for size in TextSize:
        look = Look(theme=theme, cap_height_mm=CAP_MM[size])
        screen = easel.show(replace(VIEWS[name], frame=replace(VIEWS[name].frame, look=look)))
        EventLoop.idle()  # the .kv files give their colours in the next frame
        drawn.append(colours(screen))
    assert len(set(drawn[0])) > 3
    assert all(each == drawn[0] for each in drawn)


@pytest.mark.parametrize("size", TextSize)
@pytest.mark.parametrize(
    ("language", "words", "companion"),
    [
        ("pl", "Porozmawiaj z recepcją", False),
        ("ur", "استقبالیہ سے بات کریں", False),
        ("ur", f"استقبالیہ سے بات کریں{BOTH}Speak to reception", True),
    ],
)
def test_the_words_of_the_way_to_a_person_are_as_large_as_asked_for(
    language: str, words: str, *, companion: bool, size: TextSize
) -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    look = Look(cap_height_mm=CAP_MM[size], companion=companion)
    frame = GROUPS.frame if language == "ur" else VIEWS["menu-groups"].frame
    assert frame.help is not None
    frame = replace(frame, language=language, look=look, help=replace(frame.help, label=words))
    assert not Easel(PANEL).show(replace(GROUPS, frame=frame)).ids.frame_help.is_strained()
