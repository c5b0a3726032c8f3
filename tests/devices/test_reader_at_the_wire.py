"""The reader's thread against a simulator process on a pseudo-terminal."""

import threading
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_reader
from devices.readers.outcome import token_of
from kiosk.core.hardware import CardPresented, CardPurpose, CardUnreadable, Condition
from kiosk.ports import CardReader
from tests.devices.conftest import Facts, RealClock, SimulatedDevice, start, stop

KEY = b"a key of this site"


def opened(path: Path, facts: Facts, closing: list[Any], kind: str = "rdm6300") -> CardReader:
    adapter = open_reader("reader", f"serial:{path}", kind, clock=RealClock(), site_key=KEY, sink=facts)
    closing.append(adapter)
    facts.condition(Condition.READY)
    return adapter


def cards(facts: Facts) -> list[CardPresented]:
    return [fact for fact in facts.seen if isinstance(fact, CardPresented)]


def test_a_badge_that_was_asked_for_is_told_once_as_a_token(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    opened(badge.link, facts, closing).arm(CardPurpose.STAFF)
    badge.tell("hold 04A1B2C3D4")
    facts.until(lambda _: cards(facts))
    threading.Event().wait(0.3)
    assert cards(facts) == [CardPresented("reader", "badge", token_of("04A1B2C3D4", KEY))]
    badge.tell("remove")


def test_a_badge_that_nobody_asked_for_is_dropped_and_not_kept_for_later(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(badge.link, facts, closing)
    badge.tell("card 04A1B2C3D4")
    threading.Event().wait(0.2)
    adapter.arm(CardPurpose.ANSWER)
    badge.tell("card 04FFFFFFFF")
    facts.until(lambda _: cards(facts))
    assert [card.token for card in cards(facts)] == [token_of("04FFFFFFFF", KEY)]
    adapter.disarm()
    badge.tell("card 0400000000")
    threading.Event().wait(0.2)
    assert len(cards(facts)) == 1


def test_noise_is_one_unreadable_card_and_the_next_badge_is_read(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    opened(badge.link, facts, closing).arm(CardPurpose.ANSWER)
    badge.tell("torn 04A1B2C3D4")
    badge.tell("torn 04A1B2C3D4")
    badge.tell("card 04A1B2C3D4")
    facts.until(lambda _: cards(facts))
    assert [fact for fact in facts.seen if isinstance(fact, CardUnreadable)] == [
        CardUnreadable("reader", "unreadable")
    ]


def test_a_reader_pulled_out_comes_back_by_itself(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(badge.link, facts, closing)
    adapter.arm(CardPurpose.ANSWER)
    badge.tell("unplug")
    facts.condition(Condition.ABSENT)
    badge.tell("replug")
    facts.condition(Condition.READY)
    badge.tell("card 04A1B2C3D4")
    facts.until(lambda _: cards(facts))


@pytest.mark.parametrize("number", ["04A1B2C3D4E5F6", "04A1B2C3"])
def test_chip_cards_come_as_lines(tmp_path: Path, facts: Facts, closing: list[Any], number: str) -> None:
    device = start(tmp_path, "badge", "--kind", "uid-line")
    opened(device.link, facts, closing, "uid-line").arm(CardPurpose.ANSWER)
    device.tell(f"card {number}")
    facts.until(lambda _: cards(facts))
    assert cards(facts) == [CardPresented("reader", "smartcard", token_of(number, KEY))]
    stop(device)


def test_a_number_leaves_the_reader_only_for_the_purpose_that_needs_it(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    adapter = opened(badge.link, facts, closing)
    purposes = [(CardPurpose.STAFF, ""), (CardPurpose.ANSWER, ""), (CardPurpose.NUMBER, "04A1B2C302")]
    for place, (purpose, number) in enumerate(purposes):
        adapter.arm(purpose)
        badge.tell(f"card 04A1B2C30{place}")
        facts.until(lambda _, place=place: len(cards(facts)) > place)
        token = token_of(f"04A1B2C30{place}", KEY)
        assert cards(facts)[-1] == CardPresented("reader", "badge", token, number)
    assert "04A1B2C3" not in repr(facts.seen)


def test_a_reader_that_sends_twice_late_or_nothing_is_one_card_a_late_card_or_none(
    badge: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    opened(badge.link, facts, closing).arm(CardPurpose.ANSWER)
    badge.tell("double")
    badge.tell("card 04A1B2C3D4")
    facts.until(lambda _: cards(facts))
    badge.tell("ok")
    badge.tell("mute")
    badge.tell("card 04FFFFFFFF")
    badge.tell("ok")
    badge.tell("late 0.3")
    badge.tell("card 0400000000")
    facts.until(lambda _: len(cards(facts)) > 1)
    told = [card.token for card in cards(facts)]
    assert told == [token_of("04A1B2C3D4", KEY), token_of("0400000000", KEY)]
