"""The slip a visitor takes along says what it must, in both languages, and nothing personal."""

from dataclasses import replace

from babel import Locale

from kiosk.core.facility import LayoutPart
from kiosk.core.slip import SlipFacts, slip, slip_of_appointment
from kiosk.core.ticket import Code, Line, Pair, Size
from kiosk.core.words import Words
from kiosk.settings.cldr import CldrFormats
from tests.core.facility_for_tests import BOOKED, MONDAY, facility

LAYOUT = (
    LayoutPart("line", "Your number", both=True),
    LayoutPart("line", "{queue_number}", size=Size.HUGE, only_if="queue_number"),
    LayoutPart("pair", "{reference}", label="Reference"),
    LayoutPart("line", "{date}, {time}"),
    LayoutPart("code", "https://{host}/r/{reference}"),
)
WELSH = Words(
    "cy", "Cymraeg", catalogue={"Your number": "Eich rhif"}, formats=CldrFormats(Locale.parse("cy"))
)
FACTS = SlipFacts("K7-0001-X", "B001", MONDAY)


def ticket_in(language: str, facts: SlipFacts = FACTS) -> tuple[object, ...]:
    place = facility(layouts={"standard": LAYOUT}, languages=(Words("en", "English"), WELSH))
    made = slip(place, place.services["missed-bin"], language, facts)
    assert made is not None
    return made.parts


def test_the_slip_speaks_the_visitors_language_and_english() -> None:
    lines = [part.text for part in ticket_in("cy") if isinstance(part, Line)]
    assert lines == ["Eich rhif", "Your number", "B001", "23 Tachwedd 2026, 10:30"]


def test_an_english_slip_says_nothing_twice() -> None:
    assert [part.text for part in ticket_in("en") if isinstance(part, Line)][:2] == ["Your number", "B001"]


def test_a_part_without_its_fact_is_left_out() -> None:
    lines = [part.text for part in ticket_in("en", replace(FACTS, queue_number="")) if isinstance(part, Line)]
    assert lines == ["Your number", "23 November 2026, 10:30am"]


def test_the_code_leads_to_the_councils_own_host() -> None:
    assert Code("https://demo.example/r/K7-0001-X") in ticket_in("en")
    assert Pair("Reference", "K7-0001-X") in ticket_in("en")


def test_a_service_without_a_layout_has_no_slip() -> None:
    place = facility()
    assert slip(place, place.services["read"], "en", FACTS) is None


def test_an_appointments_slip_never_carries_the_name() -> None:
    made = slip_of_appointment(facility(), BOOKED)
    text = " ".join(part.text for part in made.parts if isinstance(part, Line))
    assert "HX2K9" in text
    assert "10:30am, 23 November 2026" in text
    assert "Ann" not in text


def test_an_appointments_slip_does_not_tell_what_a_sensitive_visit_is_about() -> None:
    place = facility()
    sensitive = replace(place.services["missed-bin"], sensitive=True)
    hidden = replace(place, services={"missed-bin": sensitive})
    for where, told in ((place, True), (hidden, False)):
        made = slip_of_appointment(where, replace(BOOKED, service="missed-bin"))
        assert any(isinstance(part, Line) and "missed bin" in part.text for part in made.parts) is told
