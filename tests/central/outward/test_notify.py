"""Messages to visitors go to GOV.UK Notify as its contract says, once each; no number leaves a trace."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central import notify
from kiosk.central.announcing import of_case
from kiosk.central.effects import Carried, End, Later, Never
from kiosk.central.settings_outward import Message, Notify, OutwardSettings
from kiosk.central.tables import effects, events
from tests.central.outward.listener import NOTIFY_KEY, TEMPLATE, StandInNotify, listening
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.central.room import Central

PHONE = "01632 960001"
FIELDS = {"ref": "reference", "what": "service"}


@pytest.fixture
def stand_in(central: Central) -> StandInNotify:
    return StandInNotify(int(central.clock.now.timestamp()))


@pytest.fixture
def to(stand_in: StandInNotify, tmp_path: Path) -> Iterator[Notify]:
    key = tmp_path / "notify.key"
    key.write_text(NOTIFY_KEY, "utf-8")
    with listening(stand_in) as url:
        document: dict[str, Any] = {"template": TEMPLATE, "personalisation": FIELDS, "on": "case.created"}
        messages = [
            {**document, "kind": "sms", "to": "phone", "services": ["council-tax"]},
            {**document, "kind": "email", "to": "email"},
        ]
        yield Notify.model_validate({"address": url, "api-key-file": key, "messages": messages})


def send(central: Central, to: Notify, kind: str = "sms", attempts: int = 1) -> End:
    (event, *_) = central.ground.database.write_now(lambda c: events.after(c, events.Place(), 10))
    payload = json.dumps({"event_id": event.event_id, "template": TEMPLATE, "kind": kind})
    effect = effects.Effect("m1", notify.KIND, "case:x", payload, attempts, central.clock.now)
    carrier = notify.NotifyCarrier(central.ground, to, allow_private=True)
    assert central.browser.portal is not None
    return central.browser.portal.call(carrier.carry, effect)


@pytest.fixture
def case(central: Central) -> None:
    central.pair()
    central.deliver(case_item(service="council-tax", answers={"phone": PHONE, "email": "olivia@example.org"}))


@pytest.mark.usefixtures("case")
def test_a_message_is_sent_as_the_contract_says(
    central: Central, to: Notify, stand_in: StandInNotify
) -> None:
    assert (send(central, to), send(central, to, "email")) == (Carried(), Carried())
    sms, email = stand_in.sent
    assert (sms["kind"], sms["phone_number"], sms["reference"]) == ("sms", PHONE, "K7-3042-X")
    assert sms["personalisation"] == {"ref": "K7-3042-X", "what": "Council tax"}
    assert (email["kind"], email["email_address"]) == ("email", "olivia@example.org")


@pytest.mark.usefixtures("case")
def test_a_rate_limit_is_waited_for_and_the_message_sent_once(
    central: Central, to: Notify, stand_in: StandInNotify
) -> None:
    stand_in.rate_limited = 1
    first = send(central, to)
    assert isinstance(first, Later)
    assert first.after_s == 60.0
    assert send(central, to, attempts=2) == Carried()
    assert len(stand_in.sent) == 1


@pytest.mark.usefixtures("case")
def test_a_message_whose_answer_was_lost_is_looked_up_and_not_sent_again(
    central: Central, to: Notify, stand_in: StandInNotify
) -> None:
    stand_in.lose_answers = 1
    assert isinstance(send(central, to), Later)
    assert send(central, to, attempts=2) == Carried()
    assert len(stand_in.sent) == 1


@pytest.mark.usefixtures("case")
def test_a_wrong_key_and_a_wrong_clock_are_told_to_staff(
    central: Central, to: Notify, stand_in: StandInNotify, tmp_path: Path
) -> None:
    stand_in.now += 3600
    late = send(central, to)
    assert isinstance(late, Never)
    assert "AuthError (403)" in late.reason
    stand_in.now -= 3600
    (tmp_path / "notify.key").write_text(NOTIFY_KEY[:-1] + "0", "utf-8")
    assert isinstance(send(central, to), Never)
    assert stand_in.sent == []


@pytest.mark.usefixtures("case")
def test_no_number_is_in_a_reason_a_row_or_the_log(
    central: Central,
    to: Notify,
    stand_in: StandInNotify,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    stand_in.rate_limited = 1
    refused = to.model_copy(update={"messages": (_with_fields(to, {}),)})
    ends = [send(central, to), send(central, refused)]
    written = " ".join([*(each.reason for each in ends if isinstance(each, Later | Never)), caplog.text])
    assert len(ends) == 2
    assert "ValidationError" in written
    assert not [word for word in (PHONE, "960001", NOTIFY_KEY[-36:]) if word in written]
    assert PHONE not in capsys.readouterr().out


def _with_fields(to: Notify, fields: dict[str, Any]) -> Message:
    return to.messages[0].model_copy(update={"personalisation": fields})


def test_a_case_without_a_number_sends_nothing(central: Central, to: Notify, stand_in: StandInNotify) -> None:
    central.pair()
    central.deliver(case_item(answers={"phone": None}))
    assert send(central, to) == Carried()
    assert stand_in.sent == []


def test_which_event_triggers_which_message_is_settings(central: Central, to: Notify) -> None:
    when = central.clock.now
    created = events.Event(events.Place(), "e", events.CREATED, "c", when, "open")
    changed = events.Event(events.Place(), "e", events.STATUS, "c", when, "fixed")
    outward = OutwardSettings(notify=to)

    def kinds(event: events.Event, service: str) -> list[str]:
        return [payload["kind"] for _, payload in of_case(outward, event, service)]

    assert kinds(created, "council-tax") == ["sms", "email"]
    assert kinds(created, "parking") == ["email"]
    assert kinds(changed, "council-tax") == []
