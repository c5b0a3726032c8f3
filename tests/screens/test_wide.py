"""On a wide panel letters stay as high as asked for, also in Nastaliq: things stand beside one another."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.core import views
from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.glass_lines import Seen
from kiosk.rehearse.judging import SMALLEST_SHARE, placed
from kiosk.rehearse.shown import every_view
from kiosk.rehearse.sweep import OPEN_AT
from kiosk.settings import load_facility
from kiosk.typeset import Typesetter
from screens.target import targets
from tests.screens.gallery import PANELS, prepare

if TYPE_CHECKING:
    from kiosk.core.views import View

PANEL = PANELS["landscape"]
prepare(PANELS["portrait"])
CONFIG = Path(__file__).parents[2] / "config"
TONIGHT = "homelessness-help-tonight-problem"
ADDRESS = "report-missed-bin-where-problem"

CROWDED = [
    ("ar", TextSize.LARGE, "groups-no-paper"),
    ("uk", TextSize.LARGE, "staff-pin"),
    ("ur", TextSize.SMALL, ADDRESS),
    ("ur", TextSize.USUAL, ADDRESS),
    ("ur", TextSize.LARGE, ADDRESS),
    ("ur", TextSize.LARGE, "welcome"),
    ("ur", TextSize.LARGE, "services-council-tax"),
    ("ur", TextSize.LARGE, "bulky-collection-items"),
    ("ur", TextSize.LARGE, "bulky-collection-items-problem"),
    ("ur", TextSize.LARGE, "check-in-born-problem"),
    ("ur", TextSize.LARGE, "parking-permit-proof-kept-jam"),
    ("ur", TextSize.LARGE, "access"),
    ("ur", TextSize.LARGE, "access-speech-on"),
    ("ur", TextSize.LARGEST, "groups"),
]


@cache
def shipped(language: str, text: TextSize, reach: Reach = Reach.WHOLE) -> dict[str, View]:
    access = Access(text=text, reach=reach)
    return dict(every_view(load_facility(CONFIG).facility, language, access, OPEN_AT))


def shown(language: str, text: TextSize, name: str, reach: Reach = Reach.WHOLE) -> Any:
    from tests.screens.drawing import Easel  # noqa: PLC0415 - only when Kivy is prepared

    return Easel(PANEL, Typesetter()).show(shipped(language, text, reach)[name])


def low_letters(language: str, text: TextSize, name: str, reach: Reach = Reach.WHOLE) -> list[str]:
    from screens.lettered import lettered  # noqa: PLC0415 - only when Kivy is prepared

    screen = shown(language, text, name, reach)
    seen = Seen("", 1, targets(screen, screen.height), lettered(screen, screen.height))
    found = placed(seen, PANEL, Access(text=text, reach=reach))
    return [f"{each.sort}: {each.what}" for each in found]


def answers(screen: Any) -> list[Any]:
    from screens.widgets.answer import Answer  # noqa: PLC0415 - only when Kivy is prepared

    return [each for each in screen.ids.fields.walk() if isinstance(each, Answer)]


@pytest.mark.parametrize(("language", "text", "name"), CROWDED)
def test_letters_stay_as_high_as_asked_for(language: str, text: TextSize, name: str) -> None:
    assert low_letters(language, text, name) == []


@pytest.mark.parametrize("text", [TextSize.SMALL, TextSize.USUAL])
def test_without_standing_abreast_letters_would_be_low(
    text: TextSize, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.question.Question._stand_abreast", lambda _question: False)
    assert low_letters("ur", text, ADDRESS)


def test_the_summary_stands_over_options_where_the_question_needs_its_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def parts(language: str) -> Any:
        return shown(language, TextSize.LARGEST, TONIGHT, Reach.LOW).ids

    assert low_letters("ur", TextSize.LARGEST, TONIGHT, Reach.LOW) == []
    tight, roomy = parts("ur"), parts("en")
    assert (tight.problems.parent, roomy.problems.parent) == (tight.beside, roomy.first)
    monkeypatch.setattr("screens.question.Question._summary_over_options", lambda _question: False)
    assert low_letters("ur", TextSize.LARGEST, TONIGHT, Reach.LOW)


def test_at_one_side_keys_are_as_high_as_the_longest_on_a_keyboard_lets_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = ("zh", TextSize.LARGEST, "make-complaint-email", Reach.LOW_LEFT)
    assert low_letters(*asked) == []
    monkeypatch.setattr("screens.widgets.key._STEPS", 50)
    assert "low-letters: q: 6.0 mm" in low_letters(*asked)


def test_a_message_stands_beside_its_label_only_where_the_line_between_has_no_room() -> None:
    def is_beside(language: str) -> bool:
        parts = [
            each.ids for each in answers(shown(language, TextSize.USUAL, ADDRESS)) if each.field.is_wrong
        ]
        beside = {each.wrong.top > each.label.y and each.label.x != each.wrong.x for each in parts}
        assert len(parts) == 3
        assert len(beside) == 1
        return bool(beside.pop())

    assert is_beside("ur")
    assert is_beside("ar")
    assert not is_beside("en")


def test_at_one_side_a_message_stays_under_its_label_for_half_of_one_side_would_break_words() -> None:
    screen = shown("so", TextSize.LARGEST, ADDRESS, Reach.LOW_LEFT)
    (first,) = answers(screen)
    assert first.ids.wrong.top <= first.ids.label.y
    assert screen.ids.body.theme.density.text >= SMALLEST_SHARE


@pytest.mark.parametrize("language", ["ur", "ar"])
def test_beside_its_label_each_message_is_still_said_at_the_field_and_in_the_summary(language: str) -> None:
    body = shipped(language, TextSize.USUAL)[ADDRESS].body
    assert isinstance(body, views.Question)
    screen = shown(language, TextSize.USUAL, ADDRESS)
    wanted = [each.text for each in body.problems]
    assert [each.ids.wrong.text for each in answers(screen) if not each.ids.wrong.is_absent] == wanted
    assert [each.text for each in screen.ids.problem_texts.pieces] == wanted
    assert not screen.ids.problem_texts.is_absent
    assert all(each.ids.wrong.y > each.field.y for each in answers(screen) if each.field.is_wrong)


@pytest.mark.parametrize("language", ["en", "ur"])
@pytest.mark.parametrize("text", [TextSize.SMALL, TextSize.USUAL])
def test_keys_at_one_side_are_wide_enough_for_a_finger(language: str, text: TextSize) -> None:
    screen = shown(language, text, ADDRESS, Reach.LOW_LEFT)
    keys = [each for each in targets(screen, screen.height) if each.role == "key"]
    assert len(keys) > 30
    assert min(min(each.width, each.height) for each in keys) >= screen.theme.mm(12.7) - 1


def test_the_band_grows_for_its_word() -> None:
    screen = shown("ur", TextSize.LARGE, ADDRESS)
    assert screen.ids.band.height > shown("en", TextSize.LARGE, ADDRESS).ids.band.height


@pytest.mark.parametrize("language", ["ur", "ar", "en"])
def test_a_dot_stands_in_the_middle_of_the_line_it_is_before(language: str) -> None:
    lines = shown(language, TextSize.USUAL, "report-missed-bin-done-printed").ids.next.pieces
    assert lines
    for line in lines:
        dot, text = line.pieces
        assert abs(dot.center_y - text.center_y) <= 2
