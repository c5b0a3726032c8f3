"""What each kind of step accepts, what it says when it does not, and how it shows the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.bidi import strip_isolates
from kiosk.core.journey import AddressGiven, Answer, Chosen, Given, NotGiven, Step, to_json
from kiosk.core.steps.address import AddressStep, read_postcode
from kiosk.core.steps.choice import ChoicesStep, ChoiceStep, Offer, YesNoStep
from kiosk.core.steps.dates import DateStep
from kiosk.core.steps.writing import (
    EmailStep,
    FullNameStep,
    LongTextStep,
    MoneyStep,
    NumberStep,
    PhoneStep,
    ReferenceStep,
    ShortTextStep,
)
from kiosk.core.views import Problem
from kiosk.core.words import Words

ENGLISH = Words("en", "English")
TODAY = "2026-11-23"
FORBIDDEN = ("please", "sorry", "valid", "invalid", "forbidden", "illegal", "oops")


def accept(step: Step, **draft: str) -> Answer | tuple[Problem, ...]:
    return step.accept(draft, TODAY, ENGLISH)


def words_of(answer: Answer | tuple[Problem, ...]) -> list[str]:
    assert isinstance(answer, tuple), f"{answer} was accepted"
    return [strip_isolates(problem.text) for problem in answer]


def shown(step: Step, answer: Answer | tuple[Problem, ...]) -> str:
    assert not isinstance(answer, tuple)
    return strip_isolates(step.shown(answer, ENGLISH))


@pytest.mark.parametrize(
    "name", ["Ŵyn O'Test [b]", "María-José", "李小龍", "N'Golo", "Robert'); DROP TABLE cases;--", "محمد"]
)
def test_a_name_is_any_characters(name: str) -> None:
    assert accept(FullNameStep(step="name"), text=name) == Given(name)


def test_a_name_is_kept_composed_and_without_control_characters() -> None:
    assert accept(FullNameStep(step="name"), text="  W\u0302yn\x00\x1b  Jones\ud800 ") == Given("Ŵyn Jones?")


@pytest.mark.parametrize("given", ["27 3 2007", "27 March 2007", "27 mar 2007", "27 03 2007"])
def test_a_date_is_taken_as_people_write_it(given: str) -> None:
    day, month, year = given.split(" ")
    step = DateStep(step="day")
    answer = accept(step, day=day, month=month, year=year)
    assert answer == Given("2007-03-27")
    assert shown(step, answer) == "27 March 2007"


@pytest.mark.parametrize(
    ("day", "month", "year", "text"),
    [
        ("31", "2", "2026", "The date must be a real date, like 27 3 2007"),
        ("1", "1", "26", "The date must be a real date, like 27 3 2007"),
        ("1", "", "2026", "The date must include a month"),
        ("", "", "", "Enter a date, like 27 3 2007"),
        ("24", "11", "2026", "The date must be today or in the past"),
        ("²", "1", "2020", "The date must be a real date, like 27 3 2007"),
    ],
)
def test_a_date_that_is_wrong_is_told_how(day: str, month: str, year: str, text: str) -> None:
    told = words_of(accept(DateStep(step="day", must_be="past"), day=day, month=month, year=year))
    assert told == [text]


def test_today_is_neither_too_late_nor_too_early() -> None:
    for must_be in ("past", "future"):
        step = DateStep(step="day", must_be=must_be)
        assert accept(step, day="23", month="11", year="2026") == Given(TODAY)


@pytest.mark.parametrize(
    ("text", "pence", "read"),
    [
        ("42.50", "4250", "£42.50"),
        ("£1,200", "120000", "£1,200.00"),
        ("0.5", "50", "£0.50"),
        ("7", "700", "£7.00"),
    ],
)
def test_money_is_kept_in_pence_and_shown_in_pounds(text: str, pence: str, read: str) -> None:
    step = MoneyStep(step="m")
    answer = accept(step, text=text)
    assert answer == Given(pence)
    assert shown(step, answer) == read


@pytest.mark.parametrize("text", ["4.505", "-1", "1e9", "٤٢", "NaN", "9999999999"])
def test_money_that_cannot_be_read_is_refused(text: str) -> None:
    assert words_of(accept(MoneyStep(step="m"), text=text))


@pytest.mark.parametrize("text", ["01632 960 001", "07700 900 982", "+44 (0)808 157 0192", "020-7946-0000"])
def test_a_phone_number_is_kept_as_it_was_typed(text: str) -> None:
    assert accept(PhoneStep(step="p"), text=text) == Given(text)


@pytest.mark.parametrize("text", ["ann", "12345", "1" * 16, "0771234<script>"])
def test_what_is_no_phone_number_is_told_with_examples(text: str) -> None:
    assert "07700 900 982" in words_of(accept(PhoneStep(step="p"), text=text))[0]


@pytest.mark.parametrize(
    ("text", "taken"), [("a@b.example", True), ("a b@c.d", False), ("a@b", False), ("@b.c", False)]
)
def test_an_email_address_has_an_at_and_a_dotted_name(text: str, taken: bool) -> None:
    assert (accept(EmailStep(step="e"), text=text) == Given(text)) is taken


@pytest.mark.parametrize("text", ["ab12-3456", "AB 123 456", "ab123456"])
def test_a_reference_forgives_case_spaces_and_hyphens(text: str) -> None:
    assert accept(ReferenceStep(step="r"), text=text) == Given("AB123456")


def test_a_number_outside_its_bounds_is_told_the_bound() -> None:
    step = NumberStep(step="n", least=1, most=9)
    assert words_of(accept(step, text="0")) == ["The number must be 1 or more"]
    assert words_of(accept(step, text="10")) == ["The number must be 9 or fewer"]
    assert accept(step, text=" 3 ") == Given("3")


@pytest.mark.parametrize("text", ["aa3 1ab", "(AA3)-1AB.", "AA31AB", "aA 31 aB"])
def test_a_postcode_forgives_how_it_is_typed(text: str) -> None:
    assert read_postcode(text) == "AA3 1AB"


@pytest.mark.parametrize("text", ["AA3", "AA3 1A", "12345", "AA3 1ABC", "ＡＡ３１ＡＢ"])
def test_what_is_no_postcode_is_refused(text: str) -> None:
    assert read_postcode(text) is None


def test_an_address_names_every_part_that_is_missing() -> None:
    assert len(words_of(accept(AddressStep(step="a"), postcode="x"))) == 3
    answer = accept(AddressStep(step="a"), postcode="aa31ab", line_1="1 High Street", town="Demo")
    assert answer == AddressGiven("1 High Street", "", "Demo", "AA3 1AB")
    assert to_json(answer) == {"line_1": "1 High Street", "line_2": "", "town": "Demo", "postcode": "AA3 1AB"}


@pytest.mark.parametrize("step", [ShortTextStep(step="t"), LongTextStep(step="t"), FullNameStep(step="t")])
@pytest.mark.parametrize(
    "card", ["4111 1111 1111 1111", "4111111111111111", "my card 5500-0000-0000-0004 ok"]
)
def test_a_bank_card_number_never_enters_a_visit(step: Step, card: str) -> None:
    assert words_of(accept(step, text=card)) == ["Do not enter a bank card number here"]


def test_a_text_that_is_too_long_is_told_the_bound() -> None:
    assert "100 characters" in words_of(accept(ShortTextStep(step="t"), text="x" * 101))[0]


def test_one_choice_replaces_another_and_several_add_up() -> None:
    offers = (Offer("a", "A"), Offer("b", "B"))
    one, many = ChoiceStep(step="c", options=offers), ChoicesStep(step="c", options=offers)
    assert one.touched(one.touched({}, "a"), "b") == {"b": "yes"}
    both = many.touched(many.touched({}, "b"), "a")
    assert many.accept(both, TODAY, ENGLISH) == Chosen(("a", "b"))
    assert many.touched(both, "b") == {"a": "yes"}
    assert one.touched({}, "zz") == {}


def test_an_optional_step_may_be_left_empty() -> None:
    for step in (
        YesNoStep(step="s", optional=True),
        DateStep(step="s", optional=True),
        AddressStep(step="s", optional=True),
        FullNameStep(step="s", optional=True),
    ):
        assert accept(step) == NotGiven()


def test_a_step_can_have_its_own_words_for_being_empty() -> None:
    assert words_of(accept(YesNoStep(step="s", if_empty="Say if you rent"))) == ["Say if you rent"]


KINDS = [
    YesNoStep(step="s"), DateStep(step="s", must_be="past"), AddressStep(step="s"), FullNameStep(step="s"),
    MoneyStep(step="s"), NumberStep(step="s", least=1, most=3), PhoneStep(step="s"), EmailStep(step="s"),
    ReferenceStep(step="s"), LongTextStep(step="s"), ShortTextStep(step="s"),
]  # fmt: skip
FIELDS = ["text", "day", "month", "year", "postcode", "line_1", "line_2", "town", "yes"]


@given(st.sampled_from(KINDS), st.dictionaries(st.sampled_from(FIELDS), st.text()))
def test_any_text_whatever_is_accepted_or_told_in_plain_words(step: Step, draft: dict[str, str]) -> None:
    answer = step.accept(draft, TODAY, ENGLISH)
    if isinstance(answer, tuple):
        told = " ".join(problem.text.casefold() for problem in answer).split()
        assert answer
        assert not set(told) & set(FORBIDDEN)
    else:
        step.shown(answer, ENGLISH).encode("utf-8")
