"""Conversations that every kind of reader with a line must pass, wherever it can stand.

A new kind is one codec file, one row in the catalogue, one row in the simulator's frames and one card here.
"""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.catalogue import reader_kinds
from devices.readers.outcome import token_of
from devices.simulators.frames import KINDS
from kiosk.core.hardware import CardPurpose, CardUnreadable, Condition
from tests.devices.reader_stands import KEY, Place, standing, ways_of

CARDS = {
    "id12": ("04A1B2C3D4", "04FFFFFFFF"),
    "rdm6300": ("04A1B2C3D4", "04FFFFFFFF"),
    "uid-line": ("04A1B2C3D4E5F6", "04A1B2C3"),
    "magstripe": ("2123456", "2123457"),
    "scanner": ("K7-0042-X", "K7-0043-X"),
    "wiegand-bits": ("7BB26E", "04A1B2C3"),
    "wiegand-hex": ("7BB26E", "04A1B2C3"),
}


@pytest.fixture(params=[(way, kind) for kind in CARDS for way in ways_of(kind)], ids="-".join)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    way, kind = request.param
    with standing(way, kind, tmp_path) as made:
        yield made


def test_every_kind_that_settings_may_name_is_held_to_these_conversations() -> None:
    assert set(CARDS) == set(reader_kinds()) - {"pcsc"} == set(KINDS)


def test_cards_are_told_by_token_once_each_and_only_when_asked_for(place: Place) -> None:
    first, second = CARDS[place.kind]
    place.device.tell(f"card {first}")
    threading.Event().wait(0.15)
    place.reader.arm(CardPurpose.ANSWER)
    place.device.tell(f"card {second}")
    place.wait_for(1)
    assert place.told() == [token_of(second, KEY)]
    place.device.tell(f"hold {first}")
    place.wait_for(2)
    threading.Event().wait(0.15)
    place.device.tell("remove")
    assert place.told() == [token_of(second, KEY), token_of(first, KEY)]
    assert not any(first in repr(fact) for fact in place.facts.seen)


def test_noise_and_a_card_pulled_away_cost_only_themselves(place: Place) -> None:
    first, _ = CARDS[place.kind]
    place.reader.arm(CardPurpose.ANSWER)
    place.device.tell("garbage 300")
    place.device.tell(f"torn {first}")
    threading.Event().wait(0.25)
    place.device.tell(f"card {first}")
    place.facts.until(lambda _: token_of(first, KEY) in place.told())
    assert any(isinstance(fact, CardUnreadable) for fact in place.facts.seen)


def test_a_reader_pulled_out_comes_back_and_reads(place: Place) -> None:
    first, _ = CARDS[place.kind]
    place.reader.arm(CardPurpose.ANSWER)
    place.device.tell("unplug")
    place.facts.condition(Condition.ABSENT)
    place.device.tell("replug")
    place.facts.condition(Condition.READY)
    place.facts.until(lambda _: place.device.tell("status")["connected"])
    place.device.tell(f"card {first}")
    place.wait_for(1)
    assert place.told() == [token_of(first, KEY)]
