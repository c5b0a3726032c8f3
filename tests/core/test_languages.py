"""The language can change on every screen, keeps the answers, and English is always one touch away."""

from dataclasses import replace

import pytest

from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.bidi import isolate, isolate_english, isolate_figures, strip_isolates
from kiosk.core.case import CaseId, SavedCase
from kiosk.core.events import LanguageChosen, LanguagesAsked, Ticked, WentBack
from kiosk.core.facility import Facility
from kiosk.core.hardware import Condition, DeviceStatus, Printed
from kiosk.core.journey import Group
from kiosk.core.seen import seen
from kiosk.core.steps.writing import MoneyStep
from kiosk.core.transitions import advance
from kiosk.core.views import Direction, Languages, Menu, Welcome
from kiosk.core.visit import Over, Scene, Stage, Visit
from kiosk.core.words import MACHINE_MADE, Words
from tests.core.facility_for_tests import MONDAY, facility

URDU = Words("ur", "اردو", Direction.RTL, {"Back": "واپس"}, caution=MACHINE_MADE)
ABSENT = DeviceStatus("printer", Condition.ABSENT)


def place() -> Facility:
    return facility(languages=(Words("en", "English"), URDU))


def scene(at_s: float = 0.0) -> Scene:
    return Scene(place(), at_s, MONDAY)


def visit(stage: Stage, over: Over = Over.NOTHING, language: str = "ur") -> Visit:
    begun = Visit(CaseId("case-1"), language, access=place().access)
    saved = SavedCase(begun.case_id, "K7-0001-X", "A042")
    at = replace(begun, stage=stage, over=over, group="bins", service="missed-bin", saved=saved)
    return replace(at, outcome=Printed(), drafts={"bin": {"brown": "brown"}}, reviewed=True)


WITH_A_FRAME = [
    (Stage.GROUPS, Over.NOTHING),
    (Stage.SERVICES, Over.NOTHING),
    (Stage.REVIEW, Over.NOTHING),
    (Stage.REVIEW, Over.HELP),
    (Stage.REVIEW, Over.STILL_THERE),
    (Stage.DONE, Over.NOTHING),
    (Stage.FAILED, Over.NOTHING),
    (Stage.NOT_FOUND, Over.NOTHING),
    (Stage.CLOSED, Over.NOTHING),
    (Stage.OUT_OF_ORDER, Over.NOTHING),
]


@pytest.mark.parametrize("text", [TextSize.LARGE, TextSize.LARGEST])
def test_large_letters_low_down_list_the_languages_by_page_and_none_is_left_out(text: TextSize) -> None:
    many = tuple(Words(f"x{n}", f"Language {n}") for n in range(16))
    here = Scene(facility(languages=many), 0.0, MONDAY)
    low = replace(visit(Stage.REVIEW, language="x0"), access=Access(text=text, reach=Reach.LOW), over_page=1)
    shown, listed = advance(low, LanguagesAsked(), here).visit, []
    while True:
        body = seen(shown, here).body
        assert isinstance(body, Languages)
        listed += [each.label for each in body.languages]
        if body.pager is None or body.pager.next is None:
            break
        shown = advance(shown, body.pager.next.event, here).visit
    assert listed == [each.name for each in many]
    assert body.pager is not None
    assert body.pager.previous is not None
    assert advance(shown, LanguageChosen("x15"), here).visit.language == "x15"
    assert advance(shown, WentBack(), here).visit.page == low.page


def test_the_welcome_in_the_largest_letters_low_down_turns_its_pages_until_every_language_was_there() -> None:
    many = tuple(Words(f"x{n}", f"Language {n}") for n in range(16))
    here = Scene(facility(languages=many), 0.0, MONDAY)
    shown, listed = replace(visit(Stage.WELCOME), language="x0"), []
    shown = replace(shown, access=Access(text=TextSize.LARGEST, reach=Reach.LOW))
    for _ in range(3):
        body = seen(shown, here).body
        assert isinstance(body, Welcome)
        listed += [each.label for each in body.languages]
        following = body.pager.next if body.pager else None
        shown = advance(shown, following.event, here).visit if following else shown
    assert listed == [each.name for each in many]
    assert advance(shown, LanguageChosen("x15"), here).visit.page == 0


def test_large_letters_leave_hints_out_of_a_menu_at_one_side_in_two_languages_and_under_a_notice() -> None:
    def hints(access: Access, printer: DeviceStatus | None = None) -> list[str]:
        groups = (Group("bins", "Bins", hint="Missed bins"),)
        here = Scene(replace(place(), groups=groups), 0.0, MONDAY)
        at = replace(visit(Stage.GROUPS, language="en"), access=access, printer=printer)
        body = seen(at, here).body
        assert isinstance(body, Menu)
        return [each.hint for each in body.tiles if each.hint]

    assert hints(Access(text=TextSize.LARGE, reach=Reach.LOW))
    assert hints(Access(reach=Reach.LOW_LEFT, companion=True), ABSENT)
    assert not hints(Access(text=TextSize.LARGE, reach=Reach.LOW_LEFT))
    assert not hints(Access(text=TextSize.LARGE, companion=True))
    assert not hints(Access(text=TextSize.LARGE), ABSENT)


@pytest.mark.parametrize(("stage", "over"), WITH_A_FRAME)
def test_english_and_every_other_language_are_one_touch_away(stage: Stage, over: Over) -> None:
    before = visit(stage, over)
    frame = seen(before, scene()).frame
    assert frame.english is not None
    assert frame.languages is not None
    after = advance(before, frame.english.event, scene()).visit
    assert after.language == "en"
    assert (after.stage, after.drafts, after.saved) == (before.stage, before.drafts, before.saved)
    listed = advance(before, frame.languages.event, scene()).visit
    assert isinstance(seen(listed, scene()).body, Languages)
    assert advance(listed, WentBack(), scene()).visit.language == "ur"


@pytest.mark.parametrize("stage", [Stage.SAVING, Stage.PRINTING, Stage.LOOKING])
def test_english_is_one_touch_away_while_something_takes_a_moment(stage: Stage) -> None:
    frame = seen(visit(stage), scene()).frame
    assert frame.english is not None
    assert advance(visit(stage), frame.english.event, scene()).visit.language == "en"


def test_who_reads_english_needs_no_way_to_it() -> None:
    assert seen(visit(Stage.GROUPS, language="en"), scene()).frame.english is None
    assert seen(visit(Stage.WELCOME), scene()).frame.english is None


def test_help_stays_open_in_another_language() -> None:
    after = advance(visit(Stage.REVIEW, Over.HELP), LanguageChosen("en"), scene()).visit
    assert (after.over, after.language) == (Over.HELP, "en")


def test_a_language_chosen_on_a_closed_terminal_is_not_there_for_the_next() -> None:
    closed = replace(visit(Stage.CLOSED, language="en"), touched_s=0.0)
    chosen = advance(closed, LanguageChosen("ur"), scene(1.0)).visit
    assert chosen.language == "ur"
    idle = place().idle
    warned = advance(chosen, Ticked(), scene(2.0 + idle.after_s)).visit
    gone = advance(warned, Ticked(), scene(2.0 + idle.after_s + idle.warning_s)).visit
    assert gone.stage is Stage.ENDED


def test_on_the_welcome_there_is_nothing_to_open() -> None:
    assert advance(visit(Stage.WELCOME), LanguagesAsked(), scene()).visit.over is Over.NOTHING


def test_who_reads_words_that_nobody_checked_is_told_on_the_first_menu() -> None:
    body = seen(visit(Stage.GROUPS), scene()).body
    assert strip_isolates(getattr(body, "text", "")) == MACHINE_MADE
    english = seen(visit(Stage.GROUPS, language="en"), scene()).body
    assert not getattr(english, "text", "")


def test_an_english_sentence_among_urdu_keeps_its_full_stop_at_its_end() -> None:
    assert URDU.say("Take a seat.") == isolate_english("Take a seat.")
    assert URDU.say("{time}", time=isolate("9am")) == isolate("9am")
    assert URDU.say("Back") == "واپس"


FIGURES = [
    ("0800 111 999 پر فون کریں", [isolate("0800 111 999")]),
    ("01632 960 001، 07700 900 982 یا +44 808 157 0192", [isolate("+44 808 157 0192")]),
    ("مثل AA3 1AB.", [isolate("AA3 1AB")]),
    ("خصم 25% عندما", [isolate("25%")]),
    ("رسوم £12.50، شكرا", [isolate("£12.50")]),
    ("name@example.com", [isolate("name@example.com")]),
    ("صفحہ {page} از {pages}", []),
    (f"نمبر {isolate('A042')}", [isolate("A042")]),
    ("تصريح Blue Badge", []),
]


@pytest.mark.parametrize(("text", "isolated"), FIGURES)
def test_figures_are_isolated_by_the_formatter_and_never_twice(text: str, isolated: list[str]) -> None:
    found = isolate_figures(text)
    assert strip_isolates(found) == strip_isolates(text)
    assert all(each in found for each in isolated)
    assert found.count("\u2066") >= len(isolated)
    assert isolate_figures(found) == found


AMOUNTS = [
    ("42.50", 4250), ("42,50", 4250), ("£42", 4200), ("1,234", 123400), ("1,234.50", 123450),
    ("1.234,50", 123450), ("1 234,5", 123450), ("0.05", 5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pence"), AMOUNTS)
def test_an_amount_is_taken_as_it_is_written_in_any_of_the_languages(text: str, pence: int) -> None:
    answer = MoneyStep(step="m").accept({"text": text}, "2026-11-23", Words("en", "English"))
    assert getattr(answer, "text", answer) == str(pence)


@pytest.mark.parametrize("text", ["1.234", "12,3456", "1,23,4", "4.2.5", ",50"])
def test_an_amount_that_could_be_read_two_ways_is_asked_again(text: str) -> None:
    assert isinstance(MoneyStep(step="m").accept({"text": text}, "2026-11-23", URDU), tuple)
