"""A form of many fields comes a page at a time where letters are large or reach is low, and loses nothing."""

from dataclasses import replace

import pytest

from kiosk.core import events as e
from kiosk.core.access import Access, Reach, TextSize
from kiosk.core.asking import go_to
from kiosk.core.bidi import strip_isolates
from kiosk.core.journey import AddressGiven, Chosen, Service
from kiosk.core.reading import news
from kiosk.core.seen import seen
from kiosk.core.steps.choice import ChoicesStep, Offer
from kiosk.core.transitions import advance
from kiosk.core.views import Fields, Options, Question
from kiosk.core.visit import Scene, Stage, Visit
from tests.core.facility_for_tests import EVERY_KIND, scene, visit

LARGEST = Access(text=TextSize.LARGEST)
ADDRESS = {"postcode": "aa3 1ab", "line_1": "1 High Street", "line_2": "", "town": "Anytown"}
GIVEN = AddressGiven("1 High Street", "", "Anytown", "AA3 1AB")
SCENE = scene()
MOST_PAGES = 9


def asked(step: str = "where", access: Access = LARGEST) -> Visit:
    begun = replace(visit(), service="every-kind", group="bins", access=access)
    return go_to(begun, next(s for s in EVERY_KIND if s.step == step), SCENE).visit


def after(start: Visit, *happened: e.Event) -> Visit:
    for event in happened:
        start = advance(start, event, SCENE).visit
    return start


def question(of: Visit) -> Question:
    body = seen(of, SCENE).body
    assert isinstance(body, Question)
    return body


def texts(of: Visit) -> dict[str, str]:
    entry = question(of).entry
    assert isinstance(entry, Fields)
    return {field.name: field.text for field in entry.fields}


def forward(of: Visit) -> Visit:
    return after(of, question(of).forward.event)


def filled(of: Visit, answers: dict[str, str]) -> Visit:
    """Type what is asked for and go on, for as long as the address is asked."""
    for _ in range(MOST_PAGES):
        if of.at != "where" or of.stage is not Stage.STEP or of.problems:
            break
        of = forward(after(of, *(e.Typed("where", name, answers[name]) for name in texts(of))))
    return of


@pytest.mark.parametrize(
    ("access", "pages"),
    [
        (Access(), [4]),
        (Access(text=TextSize.LARGE), [2, 2]),
        (Access(reach=Reach.LOW), [2, 2]),
        (Access(companion=True), [2, 2]),
        (Access(text=TextSize.LARGE, reach=Reach.LOW_LEFT), [1, 1, 1, 1]),
        (LARGEST, [1, 1, 1, 1]),
    ],
)
def test_the_larger_the_letters_and_the_lower_the_reach_the_fewer_fields_stand_on_a_page(
    access: Access, pages: list[int]
) -> None:
    shown = [replace(asked(access=access), page=page) for page in range(len(pages))]
    assert [len(texts(each)) for each in shown] == pages
    assert [name for each in shown for name in texts(each)] == list(ADDRESS)
    told = [f"Page {n + 1} of {len(pages)}" for n in range(len(pages))] if len(pages) > 1 else [""]
    assert [strip_isolates(question(each).part) for each in shown] == told


def test_day_month_and_year_stay_together_in_the_largest_letters() -> None:
    assert list(texts(asked("day"))) == ["day", "month", "year"]


def test_an_address_typed_a_page_at_a_time_is_one_answer() -> None:
    done = filled(asked(), ADDRESS)
    assert done.at == "letter"
    assert done.answers["where"] == GIVEN


def test_going_back_leads_through_the_pages_and_what_was_typed_stays() -> None:
    back = after(filled(asked(), ADDRESS), e.WentBack())
    shown: list[tuple[str, str]] = []
    while back.at == "where":
        shown += texts(back).items()
        back = after(back, e.WentBack())
    assert shown == list(reversed(ADDRESS.items()))
    assert back.drafts["where"] == ADDRESS


def test_a_page_is_put_right_before_the_next_one_comes_and_says_only_its_own_problem() -> None:
    wrong = forward(asked())
    assert list(texts(wrong)) == ["postcode"]
    assert [each.field for each in question(wrong).problems] == ["postcode"]
    in_welsh = after(wrong, e.LanguagesAsked(), e.LanguageChosen("cy"))
    assert [each.field for each in question(in_welsh).problems] == ["postcode"]
    right = forward(after(wrong, e.Typed("where", "postcode", "AA3 1AB")))
    assert list(texts(right)) == ["line_1"]
    assert (question(right).problems, question(right).problems_heading) == ((), "")


def test_a_second_touch_on_continue_passes_over_no_page() -> None:
    first = after(asked(), e.Typed("where", "postcode", "AA3 1AB"))
    touch = question(first).forward.event
    assert after(first, touch, touch) == after(first, touch)
    assert list(texts(after(first, touch))) == ["line_1"]


def test_letters_made_smaller_in_the_middle_show_the_whole_form_with_what_was_typed() -> None:
    middle = forward(after(asked(), e.Typed("where", "postcode", "AA3 1AB")))
    whole = replace(middle, access=Access())
    assert texts(whole) == ADDRESS | {"postcode": "AA3 1AB", "line_1": "", "town": ""}
    assert filled(whole, ADDRESS).answers["where"] == GIVEN


def test_letters_made_larger_in_the_middle_lead_back_to_what_was_passed_over() -> None:
    last = after(replace(asked(), page=3), e.Typed("where", "town", "Anytown"))
    led_back = forward(last)
    assert list(texts(led_back)) == ["postcode"]
    assert [each.field for each in question(led_back).problems] == ["postcode"]
    assert filled(replace(led_back, problems=()), ADDRESS).answers["where"] == GIVEN


def test_a_change_from_the_review_leads_through_the_pages_and_back_to_the_review() -> None:
    answers = {step.step: GIVEN for step in EVERY_KIND if step.is_question}
    at_review = replace(
        asked(), stage=Stage.REVIEW, reviewed=True, answers=answers, drafts={"where": ADDRESS}
    )
    changing = after(at_review, e.ChangeAsked("where"))
    assert list(texts(changing)) == ["postcode"]
    changed = filled(changing, ADDRESS | {"town": "Otherton"})
    assert changed.stage is Stage.REVIEW
    assert changed.answers["where"] == replace(GIVEN, town="Otherton")


def test_the_next_page_is_read_aloud_whole() -> None:
    first = after(asked(), e.Typed("where", "postcode", "AA3 1AB"))
    words = first.words(SCENE.facility)
    read = news(seen(first, SCENE), seen(forward(first), SCENE), words, everything=True)
    said = [each.text for each in read]
    assert said.index("Page 2 of 4") < said.index("Where?") < said.index("Address line 1")


def choosing(access: Access) -> tuple[Visit, Scene]:
    offers = tuple(Offer(f"o{n}", f"Option {n}") for n in range(7))
    step = ChoicesStep(step="which", ask="Which?", options=offers)
    service = Service("seven", "Seven", "bins", (step, *EVERY_KIND[-2:]))
    at = scene(services={"seven": service})
    return go_to(replace(visit(), service="seven", access=access), step, at).visit, at


@pytest.mark.parametrize(
    ("access", "pages"),
    [
        (Access(reach=Reach.LOW), [7]),
        (Access(text=TextSize.LARGE), [7]),
        (Access(text=TextSize.LARGE, reach=Reach.LOW), [4, 3]),
        (LARGEST, [4, 3]),
        (Access(text=TextSize.LARGEST, companion=True), [4, 3]),
    ],
)
def test_many_options_come_a_page_at_a_time_and_continue_needs_no_turning(
    access: Access, pages: list[int]
) -> None:
    asked_of, at = choosing(access)
    shown = []
    for page in range(len(pages)):
        body = seen(replace(asked_of, page=page), at).body
        assert isinstance(body, Question)
        assert isinstance(body.entry, Options)
        assert (body.pager is None) == (len(pages) == 1)
        shown.append(len(body.entry.options))
        touched = advance(replace(asked_of, page=page), body.entry.options[0].event, at).visit
        assert advance(touched, body.forward.event, at).visit.stage is Stage.REVIEW
    assert shown == pages


def test_what_was_chosen_on_one_page_stays_chosen_on_the_next() -> None:
    asked_of, at = choosing(LARGEST)
    for event in (e.OptionTouched("which", "o1"), e.PageTurned(1), e.OptionTouched("which", "o6")):
        asked_of = advance(asked_of, event, at).visit
    body = seen(asked_of, at).body
    assert isinstance(body, Question)
    answered = advance(asked_of, body.forward.event, at).visit
    assert answered.answers["which"] == Chosen(("o1", "o6"))
    assert advance(answered, e.WentBack(), at).visit.page == 0


def test_fewer_lines_of_a_long_text_are_seen_where_letters_are_large() -> None:
    looks = (Access(), LARGEST, Access(text=TextSize.LARGEST, reach=Reach.LOW))
    entries = [question(asked("long", look)).entry for look in looks]
    assert [entry.fields[0].lines for entry in entries if isinstance(entry, Fields)] == [5, 4, 2]
