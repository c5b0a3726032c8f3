"""What the devices room tells of power and headphones reaches the log, the heartbeat and the visit."""

import threading
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from devices.catalogue import open_reader
from kiosk.clocks import SystemClock
from kiosk.conductor import Conductor, House
from kiosk.core.case import CaseId
from kiosk.core.events import PaperForeseen
from kiosk.core.hardware import Condition, Headphones, HeadphonesChanged, PowerChanged, PowerSource
from kiosk.ports import DeviceFact, PaperForecast
from kiosk.rehearse.stand import RehearsalStand
from kiosk.settings import Loaded
from tests.core.facility_for_tests import facility
from tests.devices.conftest import Facts, start, stop
from tests.devices.test_watches import Ups


class Logged:
    """A log that keeps what it is given."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, event: str, **ids: str | int | float | bool) -> None:
        self.lines.append((event, ids))


@pytest.fixture
def logged() -> Logged:
    return Logged()


@pytest.fixture
def conductor(logged: Logged) -> Conductor:
    return Conductor(House(facility(), SystemClock(), UTC, lambda: CaseId("case"), logged))


def test_until_somebody_tells_power_and_headphones_are_unknown(conductor: Conductor) -> None:
    assert conductor.devices.power().source is PowerSource.UNKNOWN
    assert conductor.devices.headphones().state is Headphones.UNKNOWN


def test_a_failing_mains_is_logged_and_kept_for_the_heartbeat(conductor: Conductor, logged: Logged) -> None:
    fact = PowerChanged("ups", PowerSource.BATTERY, charge=80, minutes_left=12)
    conductor.device_fact(fact)
    assert conductor.devices.power() == fact
    [(event, ids)] = logged.lines
    assert event == "power.changed"
    assert (ids["source"], ids["charge"], ids["minutes_left"], ids["is_low"]) == ("battery", 80, 12, False)


def test_a_reader_lost_and_found_is_one_line_of_the_log_each_way(
    conductor: Conductor, logged: Logged, tmp_path: Path
) -> None:
    seen = Facts()

    def sink(fact: DeviceFact) -> None:
        conductor.device_fact(fact)
        seen(fact)

    device = start(tmp_path, "badge", "--kind", "rdm6300", "--baud", "0")
    reader = open_reader(
        "reader-1", device.address, "rdm6300", clock=SystemClock(), site_key=b"key", sink=sink
    )
    seen.condition(Condition.READY)
    device.tell("unplug")
    seen.condition(Condition.ABSENT)
    threading.Event().wait(0.7)  # several looks in vain, of which nothing is to be read
    device.tell("replug")
    seen.condition(Condition.READY)
    reader.close()
    stop(device)
    told = [(event, ids["condition"]) for event, ids in logged.lines]
    assert told == [("device.status", condition) for condition in ("ready", "absent", "ready")]
    assert conductor.devices.statuses()["reader-1"].condition is Condition.READY


def test_headphones_are_logged_kept_and_happen_to_the_visit(conductor: Conductor, logged: Logged) -> None:
    fact = HeadphonesChanged("headphones", Headphones.IN)
    conductor.device_fact(fact)
    assert conductor.devices.headphones() == fact
    assert logged.lines == [("headphones.changed", {"device": "headphones", "state": "in"})]
    assert conductor._next() == fact


def test_the_forecast_of_paper_is_logged_kept_and_happens_to_the_visit(
    conductor: Conductor, logged: Logged
) -> None:
    conductor.device_fact(PaperForecast("printer", 34))
    assert conductor.devices.paper_left() == 34
    assert logged.lines == [("paper.foreseen", {"device": "printer", "tickets_left": 34})]
    assert conductor._next() == PaperForeseen(34)
    assert conductor._next_visit().paper_left == 34
    conductor.device_fact(PaperForecast("printer", None))
    assert conductor.devices.paper_left() is None


@pytest.mark.timeout(60)
def test_a_terminal_tells_central_what_feeds_it(demo: Loaded, tmp_path: Path) -> None:
    ups = Ups(tmp_path / "nut")
    ups.serve()
    fed = replace(demo.terminal, power=ups.address)
    try:
        with RehearsalStand(replace(demo, found=(demo.facility, fed)), tmp_path / "stand") as stand:
            for _ in range(200):
                if stand.terminal.conductor.devices.power().source is PowerSource.MAINS:
                    break
                threading.Event().wait(0.05)
            told = stand.terminal._facts()
    finally:
        ups.close()
    assert told["power"] == {"source": "mains", "is_low": False, "charge": 100, "minutes_left": 30}
    assert told["headphones"] == "unknown"
