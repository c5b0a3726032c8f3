"""A bulletin holds from its beginning until its end, in the visitor's language or in English that says so."""

from dataclasses import replace
from datetime import timedelta

from kiosk.core.access import Access
from kiosk.core.bulletin import Bulletin
from kiosk.core.seen import seen
from kiosk.core.spoken import spoken
from kiosk.core.utterance import Said
from kiosk.core.views import BulletinLine, Menu, Welcome
from kiosk.core.visit import Stage
from kiosk.core.words import Words
from tests.core.facility_for_tests import MONDAY, scene, visit

HOUR = timedelta(hours=1)
LIFT = Bulletin(
    MONDAY - HOUR, MONDAY + HOUR, {"en": "The lift is out of order", "cy": "Mae'r lifft wedi torri"}
)
BUSES = Bulletin(MONDAY, MONDAY + HOUR, {"en": "Buses stop at the market"})
MARK = "Mae'r hysbysiad hwn yn Saesneg"
LANGUAGES = (
    Words("en", "English"),
    Words("cy", "Cymraeg", catalogue={"This notice is in English": MARK}),
)


def shown(*bulletins: Bulletin, after: timedelta = timedelta(0)) -> tuple[str, ...]:
    now = scene(bulletins=bulletins)
    body = seen(visit(), replace(now, local=MONDAY + after)).body
    assert isinstance(body, Welcome)
    return tuple(each.text for each in body.bulletins)


def test_it_is_shown_from_its_beginning_until_its_end() -> None:
    assert shown(LIFT, after=-HOUR - timedelta(minutes=1)) == ()
    assert shown(LIFT, after=-HOUR) == ("The lift is out of order",)
    assert shown(LIFT, after=HOUR - timedelta(minutes=1)) == ("The lift is out of order",)
    assert shown(LIFT, after=HOUR) == ()


def test_the_two_newest_are_shown() -> None:
    old = Bulletin(MONDAY - 5 * HOUR, MONDAY + HOUR, {"en": "Old"})
    assert shown(old, LIFT, BUSES) == ("Buses stop at the market", "The lift is out of order")


def menu_in(language: str, *, companion: bool = False) -> Menu:
    now = scene(bulletins=(LIFT, BUSES), languages=LANGUAGES)
    there = replace(visit(), language=language, stage=Stage.GROUPS, access=Access(companion=companion))
    body = seen(there, now).body
    assert isinstance(body, Menu)
    return body


def test_it_is_in_the_language_of_the_visitor_or_in_english_that_says_so() -> None:
    assert menu_in("cy").bulletins == (
        BulletinLine("Buses stop at the market", "en", MARK),
        BulletinLine("Mae'r lifft wedi torri", "cy"),
    )
    assert [each.mark for each in menu_in("en").bulletins] == ["", ""]


def test_english_beside_another_language_keeps_each_language_named() -> None:
    buses, lift = menu_in("cy", companion=True).bulletins
    assert (buses.text, buses.language) == ("Buses stop at the market", "en")
    assert (lift.text, lift.language) == ("Mae'r lifft wedi torri\u2029The lift is out of order", "cy")


def test_each_text_is_read_aloud_by_a_voice_of_its_language() -> None:
    now = scene(bulletins=(LIFT, BUSES), languages=LANGUAGES)
    view = seen(replace(visit(), language="cy", stage=Stage.GROUPS), now)
    said = spoken(view, LANGUAGES[1])
    assert {
        Said(MARK, "cy"),
        Said("Buses stop at the market", "en"),
        Said("Mae'r lifft wedi torri", "cy"),
    } <= set(said)
    assert Said("The lift is out of order", "en") in spoken(seen(visit(), now), LANGUAGES[0])


def test_nothing_goes_from_under_a_finger_on_the_menu_because_its_time_is_over() -> None:
    came = scene(bulletins=(LIFT,))
    later = replace(came, local=MONDAY + 2 * HOUR, monotonic_s=2 * 3600.0)
    there = replace(visit(), stage=Stage.GROUPS)
    body = seen(there, later).body
    assert isinstance(body, Menu)
    assert [each.text for each in body.bulletins] == ["The lift is out of order"]
    again = seen(there.enter(Stage.GROUPS, later), later).body
    assert isinstance(again, Menu)
    assert again.bulletins == ()
