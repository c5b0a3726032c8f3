"""Moments across the hour that comes twice when the clocks go back, whatever the day of the test is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.open311.reading import read_moment
from kiosk.central.settings import CentralSettings
from tests.central.room import MovedClock

if TYPE_CHECKING:
    from tests.central.open311.conftest import Peer
    from tests.central.room import Central

FIRST = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
"""Half past one in London, for the first time that night."""
AROUND = st.datetimes(datetime(2026, 10, 24, 22), datetime(2026, 10, 25, 4), timezones=st.just(UTC))  # noqa: DTZ001 - bounds only


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock(FIRST)


def test_the_same_time_on_the_wall_is_told_as_two_moments_in_their_order(
    peer: Peer, central: Central
) -> None:
    first = peer.make()
    central.clock.pass_by(hours=1)
    second = peer.make()
    rows = peer.rows(peer.get("requests"))
    assert [(row["service_request_id"], row["requested_datetime"]) for row in rows] == [
        (second, "2026-10-25T01:30:00+00:00"),
        (first, "2026-10-25T01:30:00+01:00"),
    ]


def test_what_was_told_as_a_moment_finds_the_request_of_that_moment_alone(
    peer: Peer, central: Central
) -> None:
    first = peer.make()
    central.clock.pass_by(hours=1)
    second = peer.make()
    central.clock.pass_by(minutes=5)
    wanted = {"start_date": "2026-10-25T01:30:00+00:00"}
    assert [row["service_request_id"] for row in peer.rows(peer.get("requests", **wanted))] == [second]
    wanted = {"end_date": "2026-10-25T01:30:00+01:00"}
    assert [row["service_request_id"] for row in peer.rows(peer.get("requests", **wanted))] == [first]


@given(AROUND)
def test_every_moment_of_that_night_is_read_as_it_was_told(when: datetime) -> None:
    local = when.astimezone(CentralSettings(database="sqlite://").zone)
    assert read_moment("start_date", local.isoformat()) == when


def test_two_moments_an_hour_apart_are_never_told_alike() -> None:
    zone = CentralSettings(database="sqlite://").zone
    told = {(FIRST + timedelta(hours=hour)).astimezone(zone).isoformat() for hour in range(-2, 3)}
    assert len(told) == 5
