"""What is read again when it is asked for, and to whom; and the next visitor hears nothing of it."""

from dataclasses import replace

from kiosk.core import events as e
from kiosk.core import reading
from kiosk.core.access import Access, Speech
from kiosk.core.hardware import Headphones
from kiosk.core.seen import seen
from kiosk.core.transitions import advance, begin
from kiosk.core.utterance import Said
from kiosk.core.visit import Visit
from kiosk.reading_aloud import ReadingAloud
from kiosk.rehearse.listener import Listener
from tests.core.facility_for_tests import scene, visit

REPEAT = e.Wished(e.Wish.REPEAT)
NAME = "Zebedee Quibble"


def listening(headphones: Headphones = Headphones.IN) -> Visit:
    """Somebody who listens has typed a name."""
    here = replace(begin(visit(), scene()).visit, access=Access(speech=Speech.ON), headphones=headphones)
    for event in (e.LanguageChosen("en"), e.GroupChosen("bins"), e.ServiceChosen("every-kind")):
        here = advance(here, event, scene()).visit
    return replace(here, at="day", drafts={"day": {"day": "27", "year": NAME}})


def told(aloud: ReadingAloud, listener: Listener, event: e.Event, now: Visit) -> tuple[Said, ...]:
    """Let an event happen that leaves the visit as it is; give what is read of it."""
    before = len(listener.heard())
    aloud.follow(event, now, now, scene())
    return listener.heard()[before:]


def whole(now: Visit, *, everything: bool) -> tuple[Said, ...]:
    return reading.whole(seen(now, scene()), now.words(scene().facility), everything=everything)


def test_the_key_to_repeat_reads_the_whole_view_again_as_often_as_one_likes() -> None:
    listener, here = Listener(), listening()
    aloud = ReadingAloud(listener)
    first = told(aloud, listener, e.Ticked(), here)
    assert first == whole(here, everything=True)
    assert told(aloud, listener, e.Ticked(), here) == ()
    for _ in range(3):
        assert told(aloud, listener, REPEAT, here) == first


def test_what_is_repeated_is_kept_from_loudspeakers_and_from_headphones_nobody_can_tell_of() -> None:
    for headphones in (Headphones.OUT, Headphones.UNKNOWN):
        listener, here = Listener(), listening(headphones)
        again = told(ReadingAloud(listener), listener, REPEAT, here)
        assert again == whole(here, everything=False)
        assert NAME not in str(again)
    listener = Listener()
    assert NAME in str(told(ReadingAloud(listener), listener, REPEAT, listening()))


def test_a_louder_voice_or_a_slower_one_reads_the_view_again_so_that_it_can_be_judged() -> None:
    listener, here = Listener(), listening()
    aloud = ReadingAloud(listener)
    told(aloud, listener, e.Ticked(), here)
    louder = replace(here, access=replace(here.access, volume=8, rate=75))
    assert told(aloud, listener, e.Wished(e.Wish.LOUDER), louder) == whole(here, everything=True)
    assert (listener.manner.rate, listener.manner.volume) == (75, 8)


def test_who_does_not_listen_hears_nothing_and_after_a_visit_nothing_is_left() -> None:
    listener, here = Listener(), listening()
    aloud = ReadingAloud(listener)
    told(aloud, listener, REPEAT, here)
    silent = replace(here, access=replace(here.access, speech=Speech.OFF))
    aloud.follow(REPEAT, here, silent, scene())
    assert listener.heard() == ()
    assert told(aloud, listener, e.Ticked(), here) == whole(here, everything=True)
    aloud.rest()
    assert listener.heard() == ()
