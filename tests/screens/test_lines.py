"""Lines of a heading are about equally long; signs, dots and pages stand beside the words they belong to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kiosk.core.views import Direction, Look, View
from kiosk.typeset import Typesetter
from tests.screens.gallery import PANELS, prepare
from tests.screens.sample_views import all_views

prepare(PANELS["portrait"])
VIEWS = all_views()
LARGEST = Look(cap_height_mm=9.0)
LONG = "What would you like us to collect from your home on that day"


def shown(view: View, look: Look = LARGEST) -> Any:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANELS["portrait"], Typesetter()).show(replace(view, frame=replace(view.frame, look=look)))


def asked(heading: str, frame_of: View) -> View:
    view = VIEWS["question-choice"]
    body: Any = view.body
    return View(frame_of.frame, replace(body, heading=heading))


def lines_at(label: Any, width: int) -> int:
    return int(label._both(label.shrunk).measure(label.text, width).line_count)


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_lines_of_a_heading_are_as_short_as_their_number_allows_and_begin_where_they_did(
    *, is_mirrored: bool
) -> None:
    view = VIEWS["question-choice"]
    frame = replace(view.frame, direction=Direction.RTL if is_mirrored else Direction.LTR)
    label = shown(asked(LONG, replace(view, frame=frame))).ids.heading
    drawn = int(label.texture_size[0])
    assert lines_at(label, drawn) == lines_at(label, int(label.width)) > 1
    assert lines_at(label, int(drawn * 0.93)) > lines_at(label, drawn)
    assert drawn < label.width
    begin = label.texture_pos[0] + drawn - label.right if is_mirrored else label.texture_pos[0] - label.x
    assert abs(begin) <= 1


def test_the_words_on_a_button_in_two_lines_stand_beside_its_sign() -> None:
    button = shown(VIEWS["menu-groups"]).ids.frame_help
    (row,) = button.pieces
    sign, words = row.pieces
    assert lines_at(words, int(words.width)) > 1
    assert words.texture_pos[0] - sign.right <= button.theme.padding + button.theme.mm(1)
    left, right = sign.x - button.x, button.right - words.right
    assert abs(left - right) <= 2


def test_which_page_it_is_stands_beside_the_only_way_on_and_above_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("screens.widgets.pager.Pager.stacks", lambda _pager, _width: True)
    view = VIEWS["review-paged"]
    body: Any = view.body
    pager = shown(view).ids.pager
    assert pager.ids.where.y >= max(pager.ids.previous.top, pager.ids.next.top)
    for absent, there in (("previous", "next"), ("next", "previous")):
        one = replace(body, pager=replace(body.pager, **{absent: None}))
        ids = shown(View(view.frame, one)).ids.pager.ids
        assert ids[there].y <= ids.where.center_y <= ids[there].top
        assert ids.where.right <= ids[there].x or ids[there].right <= ids.where.x


def test_a_dot_before_a_line_of_a_list_keeps_away_from_it_and_grows_with_letters() -> None:
    sizes = []
    for look in (Look(), LARGEST):
        screen = shown(VIEWS["confirmation-printed"], look)
        dot, text = screen.ids.next.pieces[0].pieces
        assert text.x - dot.right >= screen.theme.mm(2) - 1
        sizes.append(dot.drawn_size[0])
    assert sizes[1] > sizes[0] * 1.4


def test_a_list_stands_as_it_does_whatever_page_was_shown_before() -> None:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    view, easel = VIEWS["review-paged"], Easel(PANELS["portrait"], Typesetter())
    body: Any = view.body
    frame = replace(view.frame, look=LARGEST)
    long = replace(body.pager.previous, label="Show what stood here before, and all that there was " * 3)
    before = View(frame, replace(body, pager=replace(body.pager, previous=long)))
    first = View(frame, replace(body, pager=replace(body.pager, previous=None)))

    def standing() -> tuple[Any, ...]:
        screen = easel.show(first)
        return (screen.ids.body.theme.density, *(tuple(each.pos) for each in screen.ids.pager.pieces))

    fresh = standing()
    easel.show(before)
    assert standing() == fresh
