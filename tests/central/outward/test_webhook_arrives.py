"""From an accepted case to an endpoint: signed, tried again after a fault, one event for each id."""

from __future__ import annotations

import json
import queue
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest
from standardwebhooks import Webhook

from kiosk.central import webhooks
from kiosk.central.service import carriers_of
from kiosk.central.settings import utc_now
from kiosk.central.settings_outward import OutwardSettings
from kiosk.central.tables import webhooks as endpoints
from kiosk.central.worker import Worker
from tests.central.outward.listener import Came, listening
from tests.central.room import Central, MovedClock, case_item

if TYPE_CHECKING:
    from kiosk.central.settings import CentralSettings

STEP_S, STEPS, LOOK_S = 10, 20, 3.0
"""Together less than the five minutes for which a receiver believes a signature's time."""


@dataclass
class Receiver:
    """A stranger's endpoint: it fails `faults` times, then believes what is signed, and each id once."""

    faults: int
    secret: str = ""
    attempts: queue.Queue[str] = field(default_factory=queue.Queue)
    believed: dict[str, Any] = field(default_factory=dict)

    def answer(self, came: Came) -> tuple[int, dict[str, str], Any]:
        headers = {name.lower(): value for name, value in came.headers.items()}
        event = Webhook(self.secret).verify(came.body, headers)
        self.faults -= 1
        if self.faults < 0:
            self.believed[headers["webhook-id"]] = event
        self.attempts.put(headers["webhook-id"])
        return (204 if self.faults < 0 else 503), {}, None


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(utc_now())


@pytest.fixture
def settings(settings: CentralSettings) -> CentralSettings:
    return replace(settings, outward=OutwardSettings(allow_private_addresses=True))


def next_attempt(central: Central, receiver: Receiver) -> str:
    """Let time pass until something arrives; return its id."""
    for _ in range(STEPS):
        try:
            return receiver.attempts.get(timeout=LOOK_S)
        except queue.Empty:
            central.clock.pass_by(seconds=STEP_S)
    raise AssertionError("nothing arrived")


def hand_on_all(central: Central) -> None:
    """Hand on whatever is due in the next hour."""
    central.clock.pass_by(hours=1)
    assert central.browser.portal is not None
    while central.browser.portal.call(Worker(central.ground, carriers_of(central.ground)).step):
        pass


@pytest.mark.timeout(120)
def test_an_accepted_case_reaches_a_stranger_signed_after_a_first_try_that_failed(central: Central) -> None:
    receiver = Receiver(faults=1, secret=webhooks.make_secret(central.ground.chance.random_bytes))
    central.pair()
    item = case_item()
    with listening(receiver) as url:
        new = ("crm", f"{url}/in", receiver.secret, central.clock.now)
        assert central.ground.database.write_now(lambda c: endpoints.add(c, *new))
        assert [each["status"] for each in central.deliver(item)] == ["created"]
        first = next_attempt(central, receiver)
        assert receiver.believed == {}
        assert next_attempt(central, receiver) == first
        assert [each["status"] for each in central.deliver(item)] == ["duplicate"]
        hand_on_all(central)
    ((event_id, event),) = receiver.believed.items()
    assert event_id == first
    assert event["type"] == "case.created"
    assert event["data"]["case_id"] == json.loads(item["body"])["case_id"]
    assert receiver.attempts.empty(), "an event that was taken is not sent again"
