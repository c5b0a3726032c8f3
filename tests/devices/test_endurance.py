"""What must hold for months, in small: noise without end, and a plug pulled again and again."""

import random
import threading
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_printer, open_reader
from devices.readers.codec import CardNumber
from devices.simulators.frames import frame
from kiosk.core.hardware import CardPurpose, Condition
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice
from tests.devices.test_reader_codecs import CODECS, GOOD

NOISE_BYTES = 4_000_000
PIECE = 65_536
PULLS = 100


@pytest.mark.parametrize("kind", CODECS)
def test_megabytes_of_noise_hide_no_good_card_make_none_up_and_take_no_memory(kind: str) -> None:
    chance = random.Random(7)  # noqa: S311 - noise on a line, not a secret
    codec, found = CODECS[kind](), 0
    tracemalloc.start()
    for _ in range(NOISE_BYTES // PIECE):
        # Noise with every byte but those that end or begin a frame, then an end, then a card.
        noise = chance.randbytes(PIECE).translate(None, b"\x02\x03\r\n%;+!#")
        codec.feed(noise + (b"\x03" if kind == "id12" else b"\r"))
        read = [r.digits for r in codec.feed(frame(kind, GOOD[kind])) if isinstance(r, CardNumber)]
        assert read == [GOOD[kind]]
        found += 1
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == NOISE_BYTES // PIECE
    assert peak < 4_000_000


@pytest.mark.parametrize("device", ["printer", "badge"])
def test_a_hundred_pulled_plugs_leave_no_thread_and_no_descriptor_behind(
    request: pytest.FixtureRequest, facts: Facts, closing: list[Any], device: str
) -> None:
    simulator: SimulatedDevice = request.getfixturevalue(device)
    adapter: Any
    if device == "printer":
        adapter = open_printer(
            "device",
            simulator.address,
            "generic-80mm",
            clock=RealClock(),
            journal=KeptJournal(),
            sink=facts,
            raster=None,
        )
    else:
        adapter = open_reader(
            "device", simulator.address, "rdm6300", clock=RealClock(), site_key=b"key", sink=facts
        )
        adapter.arm(CardPurpose.ANSWER)
    closing.append(adapter)
    facts.condition(Condition.READY)
    before = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
    chance = random.Random(7)  # noqa: S311 - when a plug is pulled, not a secret
    for _ in range(PULLS):
        threading.Event().wait(chance.random() * 0.02)
        simulator.tell("unplug")
        simulator.tell("replug")
    facts.condition(Condition.READY)
    after = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
    assert after <= before
