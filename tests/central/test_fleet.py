"""What the desk sees of terminals: silent, failing ever since, and what each raises alarm about."""

from __future__ import annotations

import html
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from kiosk.central import bundles
from kiosk.central.tables import bundles as versions
from kiosk.central.tables import fleet
from kiosk.central.wording import ALARMS
from kiosk.core.alarms import Alarm
from tests.central.room import case_item

if TYPE_CHECKING:
    from datetime import datetime

    from tests.central.room import Central


def beat(central: Central, **facts: Any) -> None:
    path = "/v1/terminals/lobby-1/heartbeats"
    assert central.browser.post(path, headers=central.as_terminal(), json={"facts": facts}).status_code == 200


def page(central: Central) -> str:
    central.sign_in(central.add_staff())
    return html.unescape(central.browser.get("/desk/terminals").text)


def failing(central: Central) -> dict[str, datetime]:
    day_before = central.clock.now.replace(day=central.clock.now.day - 1)
    return central.ground.database.write_now(lambda c: fleet.failing(c, day_before))


def test_a_terminal_that_is_not_heard_for_three_minutes_is_called_silent(central: Central) -> None:
    central.pair()
    beat(central)
    central.clock.pass_by(minutes=2)
    assert "Silent" not in page(central)
    central.clock.pass_by(minutes=2)
    assert "Silent: last heard 4 minutes ago" in page(central)


def test_a_terminal_whose_cases_are_refused_is_named_until_one_is_taken(central: Central) -> None:
    central.pair()
    assert failing(central) == {}
    central.ask("PUT", "/services/council-tax", accepting=False, reason="The team moves.")
    central.deliver(case_item())
    central.clock.pass_by(minutes=1)
    assert set(failing(central)) == {"lobby-1"}
    assert "refused since" in page(central)
    central.ask("PUT", "/services/council-tax", accepting=True)
    central.deliver(case_item())
    assert failing(central) == {}
    assert "refused since" not in page(central)


@pytest.mark.parametrize("alarm", list(Alarm))
def test_each_alarm_is_told_in_plain_words(central: Central, alarm: Alarm) -> None:
    central.pair()
    beat(central, alarms=[alarm.value])
    assert ALARMS[alarm.value] in page(central)


def test_a_version_that_was_refused_is_told_with_its_reason(central: Central) -> None:
    central.pair()
    why = "services/bins.yaml:3:2: There is no ticket 'short'."
    beat(central, alarms=["services-refused"], services={"version": 11, "refused": 12, "why": why})
    assert f"Version 12: {why}" in page(central)


def test_how_old_the_services_of_a_terminal_are_and_when_it_last_asked_is_told(central: Central) -> None:
    central.pair()
    publish(central)
    now = central.clock.now
    made, checked = (now - timedelta(days=3)).isoformat(), (now - timedelta(hours=2)).isoformat()
    beat(central, services={"version": 1, "made_at": made, "checked_at": checked})
    assert "Version 1; made 3 days ago; last checked 2 hours ago" in page(central)


def test_a_terminal_whose_program_does_not_know_all_of_its_version_is_told_apart(central: Central) -> None:
    central.pair()
    publish(central)
    beat(central, services={"version": 1, "unknown": ["sounds", "maps"]})
    assert "<dd>Version 1; its program is older and leaves aside: sounds, maps</dd>" in page(central)
    nothing: tuple[object, ...] = ([], None, "sounds", 7)
    for told in nothing:
        beat(central, services={"version": 1, "unknown": told})
        assert "<dd>Version 1</dd>" in page(central)


@pytest.mark.parametrize("told", ["", None, 7, "yesterday", "2026-11-24T09:00:00", {"a": 1}])
def test_a_moment_that_is_none_is_left_out(central: Central, told: object) -> None:
    central.pair()
    publish(central)
    beat(central, services={"version": 1, "made_at": told, "checked_at": told})
    assert "<dd>Version 1</dd>" in page(central)


def publish(central: Central) -> None:
    files = {"kiosk.yaml": "a: 1"}
    made = bundles.sign(
        central.ground.signing,
        bundles.named(files),
        version=1,
        made_at=central.clock.now,
        made_by="test",
        note="",
    )
    central.ground.database.write_now(lambda c: versions.add(c, made, bundles.by_hash(files)))
