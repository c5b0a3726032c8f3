"""Everything that stands on the glass is read aloud, what is new once, and what is private to nobody else."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from enum import Enum
from itertools import pairwise
from typing import Any

import pytest

from kiosk.core import events as e
from kiosk.core import reading
from kiosk.core.access import Access, Setting, Speech
from kiosk.core.bidi import strip_isolates
from kiosk.core.case import SavedCase
from kiosk.core.companion import beside
from kiosk.core.facility import LayoutPart
from kiosk.core.hardware import (
    Headphones,
    HeadphonesChanged,
    Held,
    NotPrinted,
    Printed,
    PrintOutcome,
    Reason,
)
from kiosk.core.listening import voice_language
from kiosk.core.seen import seen
from kiosk.core.spoken import spelled, spoken
from kiosk.core.steps.keys import key_words
from kiosk.core.times import spell_time
from kiosk.core.touches import BETWEEN_KEYS
from kiosk.core.transitions import advance, begin
from kiosk.core.utterance import Said
from kiosk.core.views import Button, Field, Fields, Keyboard, Question, Review, Row, View
from kiosk.core.visit import Scene, Stage, Visit
from kiosk.rehearse.shown import every_view
from tests.core.facility_for_tests import facility, scene, visit

NOT_TEXTS = {
    "picture",
    "language",
    "icon",
    "option",
    "name",
    "step",
    "field",
    "code",
    "number",
    "reference",
    "said",
    "chars",
}
WORDS = facility().words("en")


def shown_texts(value: Any) -> Iterator[str]:
    """Every text that the glass draws, whatever it stands in; codes are read character by character."""
    if is_dataclass(value) and not isinstance(value, type):
        skip = {
            "event",
            "keys",
            "look",
            "tone",
            "direction",
            "council",
            "digits",
            "delete",
            "enter",
            *NOT_TEXTS,
        }
        for each in fields(value):
            if each.name not in skip:
                yield from shown_texts(getattr(value, each.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from shown_texts(one)
    elif isinstance(value, str) and value and not isinstance(value, Enum):
        yield value


def heard(speech: tuple[Said, ...]) -> str:
    return " | ".join(said.text for said in speech)


def walk(start: Visit, *happened: e.Event, at: Scene | None = None) -> Visit:
    for event in happened:
        start = advance(start, event, at or scene()).visit
    return start


def begun() -> Visit:
    return begin(visit(), scene()).visit


def at_question() -> Visit:
    return walk(begun(), e.LanguageChosen("en"), e.GroupChosen("bins"), e.ServiceChosen("missed-bin"))


def view_of(now: Visit) -> View:
    return seen(now, scene())


@pytest.mark.parametrize(
    ("name", "view"), list(every_view(facility(), "en", Access(), scene().local)), ids=lambda v: str(v)[:30]
)
def test_everything_on_every_view_is_read(name: str, view: View) -> None:
    speech = heard(spoken(view, WORDS))
    for text in shown_texts(view):
        assert strip_isolates(text) in speech or spelled(text) in speech, name


def test_a_view_that_forgets_a_button_would_be_found() -> None:
    """The mutant of the test above: a text that is not read is not in the speech."""
    view = view_of(at_question())
    more = replace(view, frame=replace(view.frame, help=Button("Nobody reads this", e.HelpAsked())))
    assert "Nobody reads this" not in heard(spoken(view, WORDS))
    assert "Nobody reads this" in heard(spoken(more, WORDS))


BY_EAR_ALONE = {"chosen", "not", "seconds", "second", "are", "is", "left", "your", "ticket", "says"}
"""How a state, a countdown and a part of the ticket are put into words; the glass draws them as shapes."""


def only_heard(view: View) -> set[str]:
    """Give the words that are spoken of a view and stand neither on the glass nor on the ticket."""
    body = view.body
    codes = [str(getattr(body, name, "")) for name in ("number", "reference", "code", "seconds_left")]
    codes += [getattr(row, "number", "") for row in getattr(body, "rows", ())]
    on_paper = getattr(body, "on_ticket", ())
    texts = " ".join([*shown_texts(view), *on_paper, *codes, *map(spelled, codes)])
    seen_words = set(re.findall(r"\w+", strip_isolates(texts).casefold()))
    told = set(re.findall(r"\w+", heard(spoken(view, WORDS)).casefold()))
    return {word for word in told - seen_words - BY_EAR_ALONE if len(word) > 1}


@pytest.mark.parametrize(
    ("name", "view"), list(every_view(facility(), "en", Access(), scene().local)), ids=lambda v: str(v)[:30]
)
def test_nothing_is_heard_that_cannot_be_seen_as_well(name: str, view: View) -> None:
    assert only_heard(view) == set(), name


def test_a_word_that_is_only_heard_would_be_found() -> None:
    row = Row("day", "Day", "Monday", Button("Change", e.ChangeAsked("day"), said="Telephone us"))
    body = Review("Check", (row,), Button("Send", e.Sent()))
    assert only_heard(replace(view_of(at_question()), body=body)) == {"telephone", "us"}


def test_codes_are_read_character_by_character() -> None:
    assert spelled("K7-0001-C") == "K 7, 0 0 0 1, C"
    assert spelled("A042") == "A 0 4 2"
    assert spelled("01632 960 001") == "0 1 6 3 2, 9 6 0, 0 0 1"


def test_a_choice_is_read_alone_and_not_the_whole_question_again() -> None:
    before = at_question()
    after = walk(before, e.OptionTouched("which-bin", "brown"))
    said = reading.news(view_of(before), view_of(after), WORDS, everything=False)
    assert [each.text.endswith(", chosen") for each in said] == [True]


def test_a_new_question_is_read_whole_and_a_mistake_first_of_all() -> None:
    asked = walk(at_question(), e.Continued("which-bin"))
    said = reading.news(view_of(at_question()), view_of(asked), WORDS, everything=False)
    assert said[0].text == "There is a problem"
    assert reading.news(None, view_of(asked), WORDS, everything=False)[0].text == "There is a problem"


def test_nothing_new_is_nothing_said() -> None:
    view = view_of(at_question())
    assert reading.news(view, view, WORDS, everything=True) == ()


def test_while_time_runs_out_only_every_tenth_second_is_read() -> None:
    now = walk(at_question(), e.Ticked(), at=scene(120.0))
    views = [seen(advance(now, e.Ticked(), scene(120.0 + s)).visit, scene(120.0 + s)) for s in range(30)]
    said = [heard(reading.news(a, b, WORDS, everything=False)) for a, b in pairwise(views)]
    assert [text for text in said if text] == ["20", "10"]


def test_the_warning_is_read_whole_with_the_time_that_is_left_and_how_to_have_more() -> None:
    before = at_question()
    warned = seen(walk(before, e.Ticked(), at=scene(120.0)), scene(120.0))
    said = heard(reading.news(view_of(before), warned, WORDS, everything=False))
    told = ("Are you still there?", "30 seconds are left", "I need more time", "Leave now")
    assert all(text in said for text in told), said


def typed() -> Visit:
    asked = walk(begun(), e.LanguageChosen("en"), e.GroupChosen("bins"), e.ServiceChosen("every-kind"))
    return replace(asked, at="day", drafts={"day": {"day": "27", "year": "ZebedeeQuibble"}})


@pytest.mark.parametrize("headphones", [Headphones.OUT, Headphones.UNKNOWN])
def test_what_was_typed_is_never_read_to_loudspeakers_nor_to_headphones_nobody_can_tell_of(
    headphones: Headphones,
) -> None:
    everything = reading.hears_all(Access(speech=Speech.ON), headphones)
    said = reading.whole(view_of(typed()), WORDS, everything=everything)
    assert "ZebedeeQuibble" not in heard(said)
    assert "headphones only" in said[-1].text
    assert reading.echo("2", "27", WORDS, {}, everything=everything) == ()


@pytest.mark.parametrize(("speech", "headphones"), [(Speech.ON, Headphones.IN), (Speech.ALL, Headphones.OUT)])
def test_what_was_typed_is_read_to_headphones_and_where_it_was_chosen(
    speech: Speech, headphones: Headphones
) -> None:
    everything = reading.hears_all(Access(speech=speech), headphones)
    assert "ZebedeeQuibble" in heard(reading.whole(view_of(typed()), WORDS, everything=everything))
    assert heard(reading.echo("2", "27", WORDS, {}, everything=everything)) == "7"
    assert heard(reading.echo("27", "2", WORDS, {}, everything=everything)) == "7"


def test_headphones_begin_the_reading_and_pulling_them_out_ends_it() -> None:
    plugged = walk(begun(), HeadphonesChanged("socket", Headphones.IN))
    assert plugged.access.speech is Speech.ON
    assert not walk(plugged, HeadphonesChanged("socket", Headphones.OUT)).access.speaks
    assert not walk(plugged, HeadphonesChanged("socket", Headphones.UNKNOWN)).access.speaks


def test_reading_that_was_chosen_goes_on_without_headphones() -> None:
    chosen = walk(at_question(), e.AccessAsked(Setting.SPEECH), e.AccessChanged(Setting.SPEECH, "on"))
    assert walk(chosen, HeadphonesChanged("socket", Headphones.OUT)).access.speech is Speech.ON


def test_the_next_visit_is_silent_unless_headphones_are_still_in() -> None:
    assert not begin(replace(begun(), headphones=Headphones.OUT), scene()).visit.access.speaks
    assert begin(replace(begun(), headphones=Headphones.IN), scene()).visit.access.speaks


def test_a_language_without_a_voice_says_so_on_the_glass_and_is_read_in_english() -> None:
    voices = replace(scene(), voices=frozenset({"en"}))
    asked = replace(at_question(), language="cy", access=Access(speech=Speech.ON))
    assert "no voice" in seen(asked, voices).frame.notice
    assert voice_language(asked, voices) == "en"
    assert voice_language(asked, replace(voices, voices=frozenset({"en", "cy"}))) == "cy"


def test_reading_aloud_is_offered_only_where_something_can_speak() -> None:
    panel = walk(at_question(), e.AccessAsked())
    assert "Read aloud" not in heard(spoken(seen(panel, scene()), WORDS))
    voices = replace(scene(), voices=frozenset({"en"}))
    assert "Read aloud" in heard(spoken(seen(panel, voices), WORDS))


def test_two_languages_at_once_are_each_read_by_their_own_voice() -> None:
    asked = at_question()
    own = seen(replace(asked, language="cy"), scene())
    both = spoken(beside(own, view_of(asked)), facility().words("cy"))
    assert {said.language for said in both} == {"cy", "en"}


def test_the_focus_is_read_with_what_it_stands_on() -> None:
    view = view_of(at_question())
    assert heard(reading.focus(e.Focused("button", "Continue", 3, 5), view, WORDS, {})) == "Continue"
    chosen = e.Focused("option", "Brown", 1, 3, selected=True)
    assert heard(reading.focus(chosen, view, WORDS, {})) == "Brown, chosen"


def test_a_key_is_read_by_its_name_in_the_visitors_language() -> None:
    view, welsh = view_of(at_question()), facility().words("cy")
    signs = {"@": "At sign", ".": "Full stop"}
    polish = replace(
        welsh, language="pl", catalogue={"At sign": "Małpa", "Capital {letter}": "Duże {letter}"}
    )

    def focused(key: str) -> str:
        return heard(reading.focus(e.Focused("key", key, 1, 40), view, polish, signs))

    def echoed(text: str, of: View = view, *, everything: bool = True) -> str:
        one_case = reading.has_one_case(of, "code")
        said = reading.echo(text[:-1], text, polish, signs, everything=everything, one_case=one_case)
        return heard(said)

    named = ("@", "Małpa"), ("Ł", "Duże Ł"), ("ł", "ł"), ("7", "7"), ("Usuń", "Usuń")
    assert [(key, focused(key)) for key, _ in named] == list(named)
    assert echoed("ann@") == "Małpa"
    assert echoed("ann@", everything=False) == ""
    assert isinstance(view.body, Question)
    codes = Fields((Field("code", "", "", Keyboard.CODE),), key_words(WORDS))
    code = replace(view, body=replace(view.body, entry=codes))
    assert (echoed("aK"), echoed("aK", code)) == ("Duże K", "K")
    row = e.Focused("row", BETWEEN_KEYS.join(["A", "@", "Usuń"]), 1, 3)
    assert heard(reading.focus(row, view, polish, signs)) == "A, Małpa, Usuń"


TICKET = (
    LayoutPart("line", "{council}"),
    LayoutPart("line", "{facility}", both=True),
    LayoutPart("pair", "{reference}", "Reference", both=True),
    LayoutPart("pair", "{date}", "Date", both=True),
    LayoutPart("pair", "{time}", "Time"),
    LayoutPart("line", "Never without a host", only_if="host"),
)


@pytest.fixture(params=["missed-bin", "every-kind"])
def done(request: pytest.FixtureRequest) -> tuple[Visit, Scene]:
    """A visit that has just ended, at 10:00 on the Monday of the scene, and is heard an hour later."""
    then = scene(layouts={"standard": TICKET}, host="")
    saved = SavedCase(begun().case_id, "K7-0001-X", "A042", "job", then.local)
    visit = replace(begun(), service=request.param, stage=Stage.DONE, saved=saved, outcome=Printed())
    return visit, replace(then, local=then.local + timedelta(hours=1))


def test_what_the_ticket_says_is_read_in_the_visitors_language(done: tuple[Visit, Scene]) -> None:
    visit, now = done
    told = heard(spoken(seen(visit, now), WORDS))
    assert "Your ticket says | Demo Borough Council | Town Hall reception" in told
    time = strip_isolates(spell_time(now.local - timedelta(hours=1), WORDS.formats))
    assert f"Time: {time}" in told
    assert told.count("K 7, 0 0 0 1, X") == 1
    assert "Never without a host" not in told
    welsh = spoken(seen(replace(visit, language="cy"), now), facility().words("cy"))
    assert {said.language for said in welsh} == {"cy"}


@pytest.mark.parametrize("outcome", [NotPrinted(Reason.NO_PRINTER), Held(Reason.JAM), None], ids=str)
def test_of_a_ticket_that_did_not_come_out_nothing_is_read(
    done: tuple[Visit, Scene], outcome: PrintOutcome | None
) -> None:
    visit, now = done
    assert "Your ticket says" not in heard(spoken(seen(replace(visit, outcome=outcome), now), WORDS))


def test_the_ticket_of_a_sensitive_visit_is_read_to_headphones_alone(done: tuple[Visit, Scene]) -> None:
    visit, now = done
    view = seen(visit, now)
    secret = replace(view, frame=replace(view.frame, sensitive=True))
    assert "Town Hall reception" not in heard(reading.whole(secret, WORDS, everything=False))
    assert "Town Hall reception" in heard(reading.whole(secret, WORDS, everything=True))
    assert "Town Hall reception" in heard(reading.whole(view, WORDS, everything=False))


def test_the_digits_of_a_pin_are_never_read() -> None:
    staff = replace(begun(), stage=Stage.STAFF_PIN)
    assert "1" not in heard(spoken(seen(staff, scene()), WORDS)).split(" | ")
