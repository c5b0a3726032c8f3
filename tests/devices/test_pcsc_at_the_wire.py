"""The real smart card service of the system, its virtual reader, and a simulated card in its field."""

import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_reader
from devices.discovery import find_devices
from devices.links.pcsc import PcscLine
from devices.readers.outcome import token_of
from devices.simulators.control import ask
from kiosk.core.hardware import CardPresented, CardPurpose, CardUnreadable, Condition
from tests.devices.conftest import PATIENCE_S, Facts, RealClock, alone, free_port

PCSCD = shutil.which("pcscd") or "/usr/sbin/pcscd"
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
RUN = Path("/run/pcscd")
KEY = b"a key of this site"
ROUNDS = 5
RESTARTS = 20
LATER_S = 0.1
CARD = "04A1B2C3D4E5F6"


@dataclass
class Field:
    """A virtual reader and the card that comes into its field."""

    settings: Path
    control: Path
    service: subprocess.Popen[bytes]

    def tell(self, line: str) -> dict[str, Any]:
        answer: dict[str, Any] = ask(self.control, line)
        assert answer["ok"], answer
        return answer


def service(settings: Path) -> subprocess.Popen[bytes]:
    RUN.mkdir(exist_ok=True)
    return subprocess.Popen([PCSCD, "-f", "-c", str(settings)], stdout=subprocess.DEVNULL)


@pytest.fixture
def field(tmp_path: Path) -> Iterator[Field]:
    with alone("pcscd"):
        yield from field_in(tmp_path)


def field_in(tmp_path: Path) -> Iterator[Field]:
    port, settings, control = free_port(), tmp_path / "readers", tmp_path / "control"
    settings.mkdir()
    (settings / "vpcd").write_text(
        f'FRIENDLYNAME "Virtual PCD"\nDEVICENAME /dev/null:0x{port:04X}\n'
        f"LIBPATH {DRIVER}\nCHANNELID 0x{port:04X}\n"
    )
    words = ["pcsc", "--control", str(control), "--port", str(port)]
    card = subprocess.Popen([sys.executable, "-m", "devices.simulators", *words])
    made = Field(settings, control, service(settings))
    until = time.monotonic() + PATIENCE_S
    while not control.exists():
        assert time.monotonic() < until
        threading.Event().wait(0.02)
    yield made
    for process in (card, made.service):
        process.terminate()
        process.wait(PATIENCE_S)


@pytest.fixture
def reader(field: Field, facts: Facts, closing: list[Any]) -> Any:
    assert field.service.poll() is None, "pcscd ended; does another one run on this machine?"
    adapter = open_reader(
        "chips", "pcsc:Virtual PCD 00 00", "pcsc", clock=RealClock(), site_key=KEY, sink=facts
    )
    closing.append(adapter)
    facts.condition(Condition.READY)
    return adapter


def told(facts: Facts) -> list[Any]:
    return [fact for fact in facts.seen if isinstance(fact, CardPresented | CardUnreadable)]


def wait_for(facts: Facts, count: int) -> None:
    facts.until(lambda _: len(told(facts)) >= count)


def test_each_card_laid_down_is_told_once_by_its_token(field: Field, facts: Facts, reader: Any) -> None:
    reader.arm(CardPurpose.ANSWER)
    for place, number in enumerate([CARD, "04A1B2C3", CARD], 1):
        field.tell(f"hold {number}")
        wait_for(facts, place)
        assert told(facts)[-1] == CardPresented("chips", "smartcard", token_of(number, KEY))
        field.tell("remove")
        threading.Event().wait(0.6)  # the service itself looks about twice a second
    assert len(told(facts)) == 3


def test_a_card_is_told_within_a_tenth_of_a_second_of_the_service_seeing_it(
    field: Field, facts: Facts, reader: Any
) -> None:
    reader.arm(CardPurpose.ANSWER)
    beside = PcscLine("Virtual PCD 00 00", "pcsc:Virtual PCD 00 00")
    beside.open()
    beside.wait(1.0)
    later = []
    for place in range(1, ROUNDS + 1):
        field.tell(f"hold {CARD}")
        while not ((noticed := beside.wait(1.0)) and noticed.has_card):
            pass
        seen_at = time.monotonic()
        wait_for(facts, place)
        later.append(time.monotonic() - seen_at)
        field.tell("remove")
        while not ((noticed := beside.wait(1.0)) and not noticed.has_card):
            pass
    beside.close()
    assert statistics.median(later) < LATER_S


def test_a_random_number_is_refused_and_a_card_pulled_away_is_unreadable(
    field: Field, facts: Facts, reader: Any
) -> None:
    reader.arm(CardPurpose.ANSWER)
    for place, (line, reason) in enumerate(
        [("hold 08A1B2C3", "random-number"), ("torn 04A1B2C3", "unreadable"), ("mute 04A1", "unreadable")], 1
    ):
        field.tell(line)
        wait_for(facts, place)
        assert told(facts)[-1] == CardUnreadable("chips", reason)
        field.tell("remove")
        threading.Event().wait(0.6)


def test_a_card_that_nobody_asked_for_is_dropped(field: Field, facts: Facts, reader: Any) -> None:
    field.tell(f"hold {CARD}")
    threading.Event().wait(1.0)
    reader.arm(CardPurpose.ANSWER)
    field.tell("remove")
    threading.Event().wait(0.6)
    assert told(facts) == []
    field.tell("hold 04A1B2C3")
    wait_for(facts, 1)
    assert told(facts) == [CardPresented("chips", "smartcard", token_of("04A1B2C3", KEY))]


def test_a_killed_service_is_taken_up_again_and_logged_once_each_way(
    field: Field, facts: Facts, reader: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "devices.readers")
    reader.arm(CardPurpose.ANSWER)
    field.service.kill()
    field.service.wait(PATIENCE_S)
    facts.condition(Condition.ABSENT)
    threading.Event().wait(1.0)  # several looks in vain, of which nothing is to be read
    field.service = service(field.settings)
    facts.condition(Condition.READY)
    events = [record.getMessage().split()[0] for record in caplog.records]
    assert events[-2:] == ["reader.lost", "reader.ready"]
    assert events.count("reader.lost") == 1
    field.tell(f"hold {CARD}")
    wait_for(facts, 1)
    assert told(facts) == [CardPresented("chips", "smartcard", token_of(CARD, KEY))]


def test_the_list_of_devices_shows_the_reader_with_the_line_to_paste(field: Field, reader: Any) -> None:
    assert field.service.poll() is None
    assert reader.status().condition is Condition.READY
    found = [port for port in find_devices(RealClock()) if port.path == "pcsc:Virtual PCD 00 00"]
    assert [port.setting for port in found] == ["readers: [{address: 'pcsc:Virtual PCD 00 00', kind: pcsc}]"]


def test_a_reader_without_a_service_is_absent_and_stops_nothing(facts: Facts, closing: list[Any]) -> None:
    adapter = open_reader("chips", "pcsc:No such", "pcsc", clock=RealClock(), site_key=KEY, sink=facts)
    closing.append(adapter)
    facts.condition(Condition.ABSENT)
    adapter.close()


@pytest.mark.prove
@pytest.mark.timeout(600)
def test_a_service_killed_again_and_again_leaves_nothing_behind(
    field: Field, facts: Facts, reader: Any
) -> None:
    reader.arm(CardPurpose.ANSWER)
    for count in range(RESTARTS):
        field.service.kill()
        field.service.wait(PATIENCE_S)
        facts.condition(Condition.ABSENT)
        field.service = service(field.settings)
        facts.condition(Condition.READY)
        held = (threading.active_count(), len(list(Path("/proc/self/fd").iterdir())))
        if count == 1:
            before = held
    assert held <= before
    field.tell(f"hold {CARD}")
    wait_for(facts, 1)
