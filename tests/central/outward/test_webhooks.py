"""Events reach endpoints signed, at least once each, and go to no address that they must not."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import TYPE_CHECKING

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from kiosk.central import webhooks
from kiosk.central.announcing import Announcer
from kiosk.central.effects import Carried, End, Later, Never
from kiosk.central.outside_line import NothingSent, call, is_public, where
from kiosk.central.settings_outward import NOTHING
from kiosk.central.tables import effects, events
from kiosk.central.tables import webhooks as endpoints
from kiosk.errors import UsageError
from tests.central.outward.listener import Hook, listening
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.central.room import Central


@pytest.fixture
def hook() -> Hook:
    return Hook()


@pytest.fixture
def secret(central: Central, hook: Hook) -> Iterator[str]:
    made = webhooks.make_secret(central.ground.chance.random_bytes)
    with listening(hook) as url:
        now = central.clock.now
        assert central.ground.database.write_now(lambda c: endpoints.add(c, "crm", f"{url}/in", made, now))
        central.pair()
        yield made


def event(central: Central) -> events.Event:
    (found,) = central.ground.database.write_now(lambda c: events.after(c, events.Place(), 10))
    return found


def send(central: Central, *, attempts: int = 1, allow_private: bool = True) -> End:
    payload = json.dumps({"label": "crm", "event_id": event(central).event_id})
    effect = effects.Effect("e1", webhooks.KIND, "case:x", payload, attempts, central.clock.now)
    carrier = webhooks.WebhookCarrier(central.ground, allow_private=allow_private)
    assert central.browser.portal is not None
    return central.browser.portal.call(carrier.carry, effect)


def test_an_event_is_signed_so_that_a_stranger_can_verify_it(
    central: Central, hook: Hook, secret: str
) -> None:
    central.deliver(case_item(service="council-tax", answers={"full-name": "Olivia Hartley"}))
    assert send(central) == Carried()
    (came,) = hook.came
    signed = f"{came.headers['webhook-id']}.{came.headers['webhook-timestamp']}.".encode() + came.body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-signature"] == f"v1,{expected}"
    document = json.loads(came.body)
    assert document["type"] == "case.created"
    assert document["data"]["reference"] == "K7-3042-X"
    assert b"Olivia" not in came.body


def test_a_changed_body_is_found_out(central: Central, hook: Hook, secret: str) -> None:
    central.deliver(case_item())
    send(central)
    headers = {**hook.came[0].headers, "webhook-timestamp": "1"}
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(hook.came[0].body, headers)


def test_a_repeat_has_the_same_identifier(central: Central, hook: Hook, secret: str) -> None:
    assert secret
    hook.statuses = [500, 429]
    central.deliver(case_item())
    assert isinstance(send(central), Later)
    assert isinstance(send(central, attempts=2), Later)
    assert send(central, attempts=3) == Carried()
    assert len({each.headers["webhook-id"] for each in hook.came}) == 1


def test_a_redirect_is_followed_nowhere(central: Central, hook: Hook, secret: str) -> None:
    assert secret
    hook.statuses = [302]
    central.deliver(case_item())
    assert isinstance(send(central), Later)
    assert len(hook.came) == 1


def test_an_endpoint_that_is_gone_is_told_to_staff(central: Central, hook: Hook, secret: str) -> None:
    assert secret
    hook.statuses = [410]
    central.deliver(case_item())
    assert isinstance(send(central), Never)


def test_an_ended_endpoint_is_sent_nothing_and_its_secret_is_gone(
    central: Central, hook: Hook, secret: str
) -> None:
    assert secret
    central.deliver(case_item())
    now = central.clock.now
    assert central.ground.database.write_now(lambda c: endpoints.end(c, "crm", now))
    assert send(central) == Carried()
    assert hook.came == []


def test_an_event_is_announced_once_to_each_endpoint(central: Central, secret: str) -> None:
    assert secret
    central.deliver(case_item())
    announcer = Announcer(central.ground, NOTHING)
    payload = json.dumps({"event_ids": [event(central).event_id]})
    effect = effects.Effect("e0", events.ANNOUNCE, "case:x", payload, 1, central.clock.now)
    assert central.browser.portal is not None
    for _ in range(3):
        assert central.browser.portal.call(announcer.carry, effect) == Carried()
    total = sum(central.ground.database.write_now(effects.counts).values())
    assert total == 2, "the event itself, and one for the endpoint"


def test_an_address_of_our_own_networks_is_not_called(central: Central, hook: Hook, secret: str) -> None:
    assert secret
    central.deliver(case_item())
    assert isinstance(send(central, allow_private=False), Never), "http is refused"
    with pytest.raises(NothingSent, match="not a public one"):
        call("POST", "https://localhost:1/")
    assert hook.came == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://u:p@example.org/",
        "https:///x",
        "https://a:0x/",
        "x",
    ],
)
def test_an_address_that_is_none_of_ours_is_refused_with_its_code(url: str) -> None:
    with pytest.raises(UsageError, match="cannot be called"):
        where(url, allow_private=False)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),
        *(
            "::1",
            "fe80::1%eth0",
            "fc00::1",
            "::ffff:10.0.0.1",
            "2002:0a00:0001::",
            "224.0.0.1",
            "ff02::1",
            "::",
        ),
    ],
)
def test_no_private_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:4700::1111"])
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(address)
