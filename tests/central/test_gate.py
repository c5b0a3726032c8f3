"""When power returns to a whole council, central is neither drowned nor idle, and all are served soon."""

from __future__ import annotations

import heapq
import random
from dataclasses import dataclass

import pytest

from kiosk.central.gate import Gate
from kiosk.core.sync import ErrorClass
from kiosk.sync import pacing
from kiosk.sync.pacing import Pace
from tests.central.room import Central, case_item

TERMINALS, BATCHES, AT_ONCE, PER_SECOND = 5000, 6, 16, 150.0
IDEAL_S = TERMINALS * BATCHES / PER_SECOND
RETURN_WITHIN_S = 2.0
SEEDS = (8311, 1, 2, 3, 4)


@dataclass
class Storm:
    """Virtual time: the courier's own pacing on one side, central's own gate on the other."""

    seed: int = SEEDS[0]
    told: bool = True
    by_gate: bool = True

    def run(self) -> tuple[float, int]:
        """Return when the last batch was taken in, in seconds, and how many were turned away."""
        chance, gate, pace = random.Random(self.seed), Gate(AT_ONCE), Pace()  # noqa: S311 - virtual
        courses = [pacing.first_course(0.0, pace, 0.0) for _ in range(TERMINALS)]
        left, now, turned_away = [BATCHES] * TERMINALS, 0.0, 0
        events = [(chance.uniform(0, RETURN_WITHIN_S), number, False) for number in range(TERMINALS)]
        heapq.heapify(events)
        while events:
            now, terminal, finished = heapq.heappop(events)
            course = courses[terminal]
            if finished:
                gate.leave(AT_ONCE / PER_SECOND)
                left[terminal] -= 1
                courses[terminal] = pacing.after_answer(course, now)
                if left[terminal]:
                    heapq.heappush(events, (now + 0.001, terminal, False))
            elif gate.enter(str(terminal), left[terminal] * 100 if self.told else 0, now):
                heapq.heappush(events, (now + AT_ONCE / PER_SECOND, terminal, True))
            else:
                turned_away += 1
                wait = float(round(gate.wait_s(str(terminal), now))) if self.by_gate else 30.0
                course = pacing.after_failure(
                    course, ErrorClass.TRANSIENT, wait, now=now, pace=pace, chance=chance.random()
                )
                courses[terminal] = course
                heapq.heappush(events, (course.not_before, terminal, False))
        return now, turned_away


@pytest.mark.timeout(60)
@pytest.mark.parametrize("seed", SEEDS)
def test_five_thousand_terminals_that_return_within_two_seconds_are_served_in_time(seed: int) -> None:
    finished, turned_away = Storm(seed).run()
    told = f"done in {finished / IDEAL_S:.2f} x ideal, turned away {turned_away / TERMINALS / BATCHES:.1%}"
    assert finished <= 2.2 * IDEAL_S, told
    assert turned_away <= 0.2 * TERMINALS * BATCHES, told


@pytest.mark.timeout(60)
def test_the_proof_finds_a_central_that_sends_all_of_them_back_at_once() -> None:
    finished, turned_away = Storm(by_gate=False).run()
    assert finished > 2.2 * IDEAL_S or turned_away > 0.2 * TERMINALS * BATCHES


def test_terminals_that_do_not_say_what_waits_are_served_too() -> None:
    gate = Gate(1)
    assert gate.enter("a", 0, 0.0)
    assert not gate.enter("b", 0, 0.0)
    assert gate.backlog == 1
    gate.leave(0.5)
    assert gate.enter("b", 0, 1.0)
    assert gate.backlog == 0


def test_who_comes_before_its_turn_keeps_its_place_and_who_comes_at_it_gets_another() -> None:
    gate = Gate(0)
    for terminal in ("a", "b", "c"):
        gate.enter(terminal, 70_000, 0.0)
    first, before = gate.wait_s("a", 0.0), gate.wait_s("c", 0.0)
    assert (first, before) == (5.0, 25.0)
    gate.enter("c", 70_000, 10.0)
    assert gate.wait_s("c", 10.0) == before - 10.0
    gate.enter("a", 70_000, 5.0)
    assert gate.wait_s("a", 5.0) > before


def test_a_line_that_nobody_stands_in_any_more_makes_nobody_wait() -> None:
    gate = Gate(0)
    for number in range(1000):
        gate.enter(str(number), 10_000, 0.0)
    gate.at_once = 2000
    for number in range(1000):
        gate.enter(str(number), 100, 1.0)
    gate.at_once = 0
    gate.enter("new", 100, 2.0)
    assert gate.wait_s("new", 2.0) == 5.0


def test_what_is_remembered_ends() -> None:
    gate = Gate(0)
    gate.enter("a", 1000, 0.0)
    gate.enter("b", 1000, 10_000.0)
    assert gate.backlog == 10


def test_a_full_central_says_when_to_come_again_and_keeps_nothing(central: Central) -> None:
    headers = {**central.pair(), "Outbox-Waiting": "600"}
    gate = central.ground.gate
    gate.under_way = gate.at_once
    batch = {"batch_id": "b1", "items": [case_item()]}
    answer = central.browser.post("/v1/terminals/lobby-1/batches", headers=headers, json=batch)
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/busy")
    assert 5 <= int(answer.headers["retry-after"]) <= 6
    assert gate.backlog == 6
    gate.under_way = 0
    assert central.deliver(case_item())[0]["status"] == "created"


@pytest.mark.parametrize("told", ["", "-1", "many", "9" * 40, "99999"])
def test_no_terminal_can_make_the_others_wait_for_hours(central: Central, told: str) -> None:
    gate = central.ground.gate
    gate.under_way = gate.at_once
    central.browser.post("/v1/terminals/eve/batches", headers={"Outbox-Waiting": told}, json={})
    assert gate.backlog <= 100
    gate.under_way = 0
