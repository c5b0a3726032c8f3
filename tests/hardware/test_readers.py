"""Acceptance of the readers, watches and scanners of one terminal, with a person in front of it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from devices.catalogue import open_reader
from devices.watches.opening import open_headphones, open_power
from kiosk.core.hardware import (
    CardPresented,
    CardPurpose,
    CardUnreadable,
    Condition,
    Headphones,
    HeadphonesChanged,
    PowerChanged,
    PowerSource,
)
from kiosk.ports import CardReader, DeviceFact
from kiosk.settings import Loaded, ReaderPlace
from tests.devices import conftest
from tests.devices.conftest import Facts, RealClock
from tests.hardware.conftest import Person

PERSON_S = 60.0
BACK_S = 1.0

pytestmark = [pytest.mark.hardware, pytest.mark.timeout(600)]


@pytest.fixture(autouse=True)
def _patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is slower than a simulator."""
    monkeypatch.setattr(conftest, "PATIENCE_S", PERSON_S)


@contextmanager
def at(place: ReaderPlace, facts: Facts) -> Iterator[CardReader]:
    """Open one reader of the configuration."""
    reader = open_reader(
        "reader", place.address, place.kind, clock=RealClock(), site_key=b"acceptance", sink=facts
    )
    try:
        facts.condition(Condition.READY)
        yield reader
    finally:
        reader.close()


def cards(seen: list[DeviceFact]) -> list[CardPresented]:
    return [fact for fact in seen if isinstance(fact, CardPresented)]


def each(loaded: Loaded) -> tuple[ReaderPlace, ...]:
    assert loaded.terminal.readers, "kiosk.yaml names no reader."
    return loaded.terminal.readers


def test_a_card_is_read_twice_as_the_same_and_once_for_each_time(loaded: Loaded, person: Person) -> None:
    for place in each(loaded):
        facts = Facts()
        with at(place, facts) as reader:
            reader.arm(CardPurpose.ANSWER)
            person.told(f"{place.address}: present a card, and take it away.")
            facts.until(lambda seen: len(cards(seen)) == 1)
            person.told("Present the same card again.")
            facts.until(lambda seen: len(cards(seen)) == 2)
            assert len({card.token for card in cards(facts.seen)}) == 1


def test_a_card_that_nobody_asked_for_is_dropped(loaded: Loaded, person: Person) -> None:
    for place in each(loaded):
        facts = Facts()
        with at(place, facts) as reader:
            person.told(f"{place.address}: present a card now, then any card once more after ten seconds.")
            facts._changed.acquire()
            facts._changed.wait(10.0)
            facts._changed.release()
            assert cards(facts.seen) == []
            reader.arm(CardPurpose.ANSWER)
            facts.until(cards)


def node_of(place: ReaderPlace) -> Path | None:
    """The node that comes and goes with the plug; a chip card reader and a network have none."""
    kind, _, rest = place.address.partition(":")
    return Path(rest.partition("?")[0]) if kind in ("serial", "input") else None


def appeared(node: Path) -> float:
    """Wait for a node and return when it was there."""
    never, until = threading.Event(), time.monotonic() + PERSON_S
    while not node.exists():
        assert time.monotonic() < until, f"{node} did not come back"
        never.wait(0.01)
    return time.monotonic()


def test_a_pulled_plug_is_told_and_the_reader_is_back_within_a_second_of_its_node(
    loaded: Loaded, person: Person
) -> None:
    for place in each(loaded):
        facts = Facts()
        with at(place, facts) as reader:
            person.told(f"{place.address}: pull the plug of the reader.")
            facts.condition(Condition.ABSENT)
            person.told("Put it into ANOTHER socket of the machine.")
            node = node_of(place)
            at_s = appeared(node) if node is not None else None
            facts.condition(Condition.READY)
            assert at_s is None or time.monotonic() - at_s < BACK_S
            reader.arm(CardPurpose.ANSWER)
            person.told("Present a card.")
            facts.until(cards)


def test_a_bank_card_is_refused_at_every_magnetic_stripe(loaded: Loaded, person: Person) -> None:
    for place in [place for place in each(loaded) if place.kind == "magstripe"]:
        facts = Facts()
        with at(place, facts) as reader:
            reader.arm(CardPurpose.NUMBER)
            person.told(f"{place.address}: swipe an EXPIRED bank card.")
            told = facts.until(lambda seen: [fact for fact in seen if isinstance(fact, CardUnreadable)])
            assert told[0].reason == "payment-card"
            assert cards(facts.seen) == []


def test_a_typing_scanner_types_into_nothing_else(loaded: Loaded, person: Person) -> None:
    for place in [place for place in each(loaded) if place.address.startswith("input:")]:
        facts = Facts()
        with at(place, facts) as reader:
            reader.arm(CardPurpose.ANSWER)
            person.told(
                f"{place.address}: open a text editor on this machine, put the focus into it, scan a code."
            )
            facts.until(cards)
            assert not person.says_yes("Did anything appear in the editor?")


def test_headphones_are_told_in_and_out(loaded: Loaded, person: Person) -> None:
    facts = Facts()
    watch = open_headphones(loaded.terminal.headphones, facts)
    assert watch is not None, "kiosk.yaml says 'headphones: none'."
    try:
        for state, sentence in ((Headphones.IN, "Plug headphones in."), (Headphones.OUT, "Pull them out.")):
            person.told(sentence)
            facts.until(lambda seen, state=state: [f for f in seen[-1:] if _heard(f) is state])
    finally:
        watch.close()


def _heard(fact: DeviceFact) -> Headphones | None:
    return fact.state if isinstance(fact, HeadphonesChanged) else None


def test_a_pulled_mains_plug_is_told_within_ten_seconds(loaded: Loaded, person: Person) -> None:
    facts = Facts()
    watch = open_power(loaded.terminal.power, facts)
    assert watch is not None, "kiosk.yaml says 'power: none'."
    try:
        facts.until(lambda seen: [f for f in seen if _fed(f) is PowerSource.MAINS])
        person.told("Pull the mains plug of the UPS (or of the machine, if it has a battery).")
        facts.until(lambda seen: [f for f in seen if _fed(f) is PowerSource.BATTERY])
        person.told("Put it in again.")
        before = time.monotonic()
        facts.until(lambda seen: [f for f in seen[-1:] if _fed(f) is PowerSource.MAINS])
        assert time.monotonic() - before < PERSON_S
    finally:
        watch.close()


def _fed(fact: DeviceFact) -> PowerSource | None:
    return fact.source if isinstance(fact, PowerChanged) else None
