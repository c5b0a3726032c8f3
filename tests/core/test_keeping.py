"""What staff are told about the cases that a terminal keeps."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.core import events as e
from kiosk.core.keeping import Keeping, Late, check_is_due, lateness
from kiosk.core.seen import seen
from kiosk.core.transitions import advance
from kiosk.core.views import StaffTickets
from kiosk.core.visit import StaffSitting, Stage
from tests.core.facility_for_tests import scene, visit

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "late"), [(0, ""), (23.9, ""), (24, "24h"), (71.9, "24h"), (72, "72h"), (500, "72h")]
)
def test_a_case_that_waits_raises_an_alarm_after_one_day_and_after_three(hours: float, late: str) -> None:
    assert lateness(NOW - timedelta(hours=hours), NOW) == Late(late)


def test_nothing_that_waits_is_never_late() -> None:
    assert lateness(None, NOW) is Late.NO


@pytest.mark.parametrize(
    ("hours", "is_open", "due"),
    [(1, False, False), (20, False, True), (20, True, False), (71, True, False), (72, True, True)],
)
def test_the_file_is_checked_once_a_night_and_by_day_only_in_the_end(
    hours: int, is_open: bool, due: bool
) -> None:
    assert check_is_due(NOW - timedelta(hours=hours), NOW, is_open=is_open) is due


def test_a_file_that_was_never_checked_or_a_clock_that_went_back_waits_for_the_night() -> None:
    for last in (None, NOW + timedelta(days=300)):
        assert check_is_due(last, NOW, is_open=False)
        assert not check_is_due(last, NOW, is_open=True)


@pytest.mark.parametrize(
    ("keeping", "said"),
    [
        (Keeping(), ()),
        (Keeping(unaccepted=3, late=Late.DAY), ("Check the network",)),
        (Keeping(unaccepted=3, late=Late.DAYS), ("Carry them by hand",)),
        (Keeping(unaccepted=1, parked=1), ("refused",)),
        (Keeping(set_aside=True), ("was set aside",)),
        (Keeping(set_aside=True, damaged=True), ("is damaged",)),
    ],
)
def test_staff_who_sign_in_see_what_to_see_to(keeping: Keeping, said: tuple[str, ...]) -> None:
    sitting = replace(visit(), stage=Stage.STAFF_LIST, staff=StaffSitting("badge", name="Sam"))
    listed = advance(sitting, e.StaffJobsListed((), keeping), scene()).visit
    body = seen(listed, scene()).body
    assert isinstance(body, StaffTickets)
    assert len(body.notices) == len(said)
    assert all(word in notice for word, notice in zip(said, body.notices, strict=True))
