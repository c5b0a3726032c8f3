"""The courier tries at once when the network comes back, and not because something else moved."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from kiosk.core.sync import ErrorClass
from kiosk.sync import pacing
from kiosk.sync.pacing import Pace, Task

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.sync.pacing import Course

PACE = Pace(link_spread_s=3.0)
NAMESPACE = ["unshare", "--net"]


def can_have_a_network_of_its_own() -> bool:
    links = "ip link add name lan0 type veth peer name switch0"
    asked = subprocess.run([*NAMESPACE, "sh", "-c", links], capture_output=True, check=False)
    return asked.returncode == 0


def failed(error: ErrorClass, retry_after_s: float | None = None) -> Course:
    begun = pacing.first_course(0.0, PACE, 0.0)
    return pacing.after_failure(begun, error, retry_after_s, now=10.0, pace=PACE, chance=0.9)


@pytest.mark.timeout(60)
def test_a_case_goes_at_once_when_the_link_is_there_again(tmp_path: Path) -> None:
    if not can_have_a_network_of_its_own():
        pytest.skip("this machine gives no network namespace with a pair of links")
    program = [*NAMESPACE, sys.executable, "-m", "tests.sync.link_room", str(tmp_path)]
    told = subprocess.run(program, capture_output=True, text=True, check=False, timeout=50)
    assert told.stdout.split("\n") == ["down", "waits", "waits", "carried", ""], told.stderr


def test_many_terminals_behind_one_switch_do_not_call_in_the_same_moment() -> None:
    course = failed(ErrorClass.TRANSIENT)
    begun = [pacing.link_back(course, 10.0, PACE, chance).not_before for chance in (0.0, 0.2, 0.4)]
    assert begun == [10.0, 10.6, 11.2]


def test_a_link_does_not_shorten_what_central_asked_for() -> None:
    course = pacing.link_back(failed(ErrorClass.TRANSIENT, 60.0), 11.0, PACE, 0.0)
    assert pacing.next_task(course, 12.0)[0] is not Task.DELIVER
    assert course.not_before >= 70.0


def test_a_link_that_comes_with_the_power_does_not_shorten_the_spread_of_the_start() -> None:
    pace = Pace(start_spread_s=300.0)
    course = pacing.link_back(pacing.first_course(0.0, pace, 0.5), 2.0, pace, 0.0)
    assert course.not_before == 150.0
