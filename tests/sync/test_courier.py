"""The courier with a real store and a real central on loopback, through every fault: once each, none lost."""

import random
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import apsw
import pytest
import requests

from kiosk.core.hardware import OutcomeWord, Printed
from kiosk.core.sync import (
    AppointmentsPulled,
    CaseAccepted,
    CaseParked,
    CentralDown,
    CentralUp,
    CourierStumbled,
    ErrorClass,
    OrderArrived,
    PrintOrder,
    SyncFact,
)
from kiosk.core.ticket import Line, Ticket
from kiosk.council_keys import KeyShelf
from kiosk.ports import Accepted, Delivery, Parcel, RetryLater
from kiosk.store import Store
from kiosk.sync import CentralClient, Courier, Pace, Shelves
from tests.store.making import NOON, draft, open_in, ticket
from tests.sync.stand_in import Rows, address, central

QUIET = Pace(
    orders_s=1e9, appointments_s=1e9, ahead_s=1e9, keys_s=1e9, forget_s=1e9, heartbeat_s=1e9, days_ahead=0
)
"""Nothing but deliveries, so that a test counts only those."""
NETWORK_FAULTS = [
    "answer-lost", "twice", "cut", "portal", "redirect", "wrong-key", "wrong-batch", "busy", "fault-500",
    "truncated", "html-403", "accepted-202", "empty",
]  # fmt: skip


@dataclass
class Hand:
    """A clock that is moved by hand."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return NOON + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds


@dataclass
class Round:
    """A courier on its round, with all that it touches."""

    store: Store
    rows: Rows
    client: CentralClient
    keys: KeyShelf
    clock: Hand = field(default_factory=Hand)
    facts: list[SyncFact] = field(default_factory=list)
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311 - a chosen seed

    def courier(self, pace: Pace = QUIET) -> Courier:
        shelves = Shelves(self.store.outbox, self.store.orders, self.store, self.keys)
        return Courier(
            self.client,
            shelves,
            self.facts.append,
            clock=self.clock,
            chance=self.chance.random,
            today=NOON.date,
            facts=lambda: {"version": "1"},
            pace=pace,
        )

    def save(self, *names: str, **answers: str) -> None:
        for name in names:
            self.store.save(draft(name, **answers), ticket, NOON)

    def walk(self, courier: Courier, until: Callable[[], bool], steps: int = 3000) -> None:
        """Let the courier work, moving the clock on by what it asks for, and a hair more."""
        for _ in range(steps):
            if until():
                return
            self.clock.seconds += courier.step() + 1e-6
        raise AssertionError("the courier did not get there")

    def is_empty(self) -> bool:
        return self.store.outbox.depth().waiting == 0

    def told(self, kind: type[SyncFact]) -> list[SyncFact]:
        return [fact for fact in self.facts if isinstance(fact, kind)]


@contextmanager
def on_round(folder: Path, next_fault: Callable[[], str] = str, deadline_s: float = 0.3) -> Iterator[Round]:
    store = open_in(folder)
    with central(next_fault) as (url, rows):
        client = CentralClient(address(url, deadline_s=deadline_s), Hand())
        walk = Round(store, rows, client, KeyShelf(folder))
        try:
            yield walk
        finally:
            walk.client.close()
            store.close()


def script(*faults: str) -> Callable[[], str]:
    left = list(faults)
    return lambda: left.pop(0) if left else ""


def by_chance(seed: int, share: float) -> Callable[[], str]:
    chance = random.Random(seed)  # noqa: S311 - a chosen seed
    return lambda: chance.choice(NETWORK_FAULTS) if chance.random() < share else ""


def test_cases_are_carried_and_the_service_is_told(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save("c1", "c2")
        walk.walk(walk.courier(), walk.is_empty)
        assert walk.rows.created == ["c1", "c2"]
        assert walk.facts == [
            CentralUp(),
            CaseAccepted("c1", "central-c1"),
            CaseAccepted("c2", "central-c2"),
        ]
        assert [line.delivery for line in walk.store.cases()] == ["accepted", "accepted"]


@pytest.mark.parametrize("seed", range(4))
def test_through_all_faults_of_the_network_nothing_is_lost_and_nothing_is_twice(
    tmp_path: Path, seed: int
) -> None:
    with on_round(tmp_path, by_chance(seed, 0.6)) as walk:
        names = [f"c{n}" for n in range(120)]
        walk.rows.refused = {"c7", "c77"}
        for n, name in enumerate(names):
            walk.save(name)
            if n % 10 == 0:
                walk.clock.seconds += walk.courier().step()
        walk.walk(walk.courier(), walk.is_empty)
        assert sorted(walk.rows.created) == sorted(set(names) - walk.rows.refused)
        kept = {line.case_id: line.delivery for line in walk.store.cases()}
        assert {name for name, state in kept.items() if state == "parked"} == walk.rows.refused
        assert len(kept) == len(names)


class AnyGoodStatus(CentralClient):
    """A broken client: whatever has a good status is an acknowledgement."""

    def deliver(self, parcels: Sequence[Parcel], waiting: int = 0) -> Sequence[Delivery]:
        deliveries = super().deliver(parcels, waiting)
        answered = requests.get(self._root, timeout=1).ok
        return [Accepted(d.key, "") if answered and _failed(d) else d for d in deliveries]


class NewKeys(CentralClient):
    """A broken client: each attempt has a key of its own."""

    attempt = 0

    def deliver(self, parcels: Sequence[Parcel], waiting: int = 0) -> Sequence[Delivery]:
        self.attempt += 1
        renamed = [replace(p, key=f"{p.key}#{self.attempt}") for p in parcels]
        return [replace(d, key=d.key.partition("#")[0]) for d in super().deliver(renamed, waiting)]


def _failed(delivery: Delivery) -> bool:
    return isinstance(delivery, RetryLater)


def mutant(walk: Round, kind: type[CentralClient]) -> Courier:
    url = walk.client._root
    walk.client.close()
    walk.client = kind(address(url, deadline_s=0.3), Hand())
    return walk.courier()


def test_a_client_that_takes_any_good_status_for_an_acknowledgement_loses_cases(tmp_path: Path) -> None:
    with on_round(tmp_path, script("portal", "portal")) as walk:
        walk.save("c1")
        walk.walk(mutant(walk, AnyGoodStatus), walk.is_empty)
        assert walk.rows.created == [], "the mutant must lose, else the fault test proves nothing"
    with on_round(tmp_path / "..", script("portal", "portal")) as walk:
        walk.save("c1")
        walk.walk(walk.courier(), walk.is_empty)
        assert walk.rows.created == ["c1"]


def test_a_client_with_a_new_key_for_each_attempt_makes_cases_twice(tmp_path: Path) -> None:
    with on_round(tmp_path, script("answer-lost")) as walk:
        walk.save("c1")
        walk.walk(mutant(walk, NewKeys), walk.is_empty)
        assert walk.rows.created == ["c1", "c1"], "the mutant must double, else the test proves nothing"


@pytest.mark.parametrize("fault", ["slow-header", "slow-body", "endless", "mute"])
def test_an_answer_without_end_is_given_up_and_the_case_goes_later(tmp_path: Path, fault: str) -> None:
    with on_round(tmp_path, script(fault)) as walk:
        walk.save("c1")
        walk.walk(walk.courier(), walk.is_empty)
        assert walk.rows.created == ["c1"]
        assert len(walk.told(CentralDown)) == 1
        assert isinstance(walk.facts[-1], CaseAccepted)


def test_a_refused_case_is_parked_with_the_reason_and_can_be_sent_again(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save("c1", "c2")
        walk.rows.refused = {"c1"}
        courier = walk.courier()
        walk.walk(courier, walk.is_empty)
        parked = CaseParked("c1", ErrorClass.INVALID, "Not a street here. Ask again.")
        assert parked in walk.facts
        assert walk.rows.created == ["c2"]
        walk.rows.refused = set()
        walk.store.unpark("c1", NOON)
        courier.poke()
        walk.walk(courier, walk.is_empty)
        assert walk.rows.created == ["c2", "c1"]


@pytest.mark.parametrize("fault", ["poison", "slow-poison"])
def test_one_poisonous_case_does_not_stop_the_others(tmp_path: Path, fault: str) -> None:
    with on_round(tmp_path, lambda: fault, deadline_s=0.1) as walk:
        good = [f"c{n}" for n in range(20)]
        walk.save(*good[:13])
        walk.save("poison")
        walk.save(*good[13:])
        courier = walk.courier()
        walk.walk(courier, lambda: sorted(walk.rows.created) == sorted(good))
        assert walk.store.outbox.depth().parked == (1 if fault == "poison" else 0)


def test_a_batch_that_is_too_large_is_halved_until_it_fits(tmp_path: Path) -> None:
    with on_round(tmp_path, lambda: "at-most-3") as walk:
        walk.save(*(f"c{n}" for n in range(10)))
        walk.walk(walk.courier(), walk.is_empty)
        assert len(walk.rows.created) == 10
        assert not walk.told(CentralDown)


def test_central_is_left_alone_for_as_long_as_it_asks(tmp_path: Path) -> None:
    with on_round(tmp_path, script("busy")) as walk:
        walk.save("c1")
        courier = walk.courier()
        courier.step()
        courier.poke()
        assert courier.step() >= 7.0
        walk.walk(courier, walk.is_empty)
        assert walk.clock.seconds >= 7.0


def test_a_terminal_that_is_not_let_in_keeps_everything_and_says_so_once(tmp_path: Path) -> None:
    with on_round(tmp_path, script(*["refused-401"] * 3)) as walk:
        walk.save("c1")
        walk.walk(walk.courier(), walk.is_empty)
        assert walk.rows.created == ["c1"]
        assert walk.told(CentralDown) == [CentralDown(ErrorClass.AUTH, "Refused with 401.")]
        assert walk.clock.seconds > 3 * 150


def test_a_damaged_body_is_parked_and_never_sent(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.save("c1", "c2")
        other = apsw.Connection(str(tmp_path / "kiosk.sqlite3"))
        other.execute("UPDATE outbox SET body = CAST('{}' AS BLOB) WHERE key = 'c1'")
        other.close()
        walk.walk(walk.courier(), walk.is_empty)
        assert walk.rows.created == ["c2"]
        assert [fact.error_class for fact in walk.facts if isinstance(fact, CaseParked)] == [ErrorClass.LOCAL]


def test_an_order_from_the_desk_is_told_once_and_its_true_outcome_comes_back(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        order = {"order_id": "o1", "kind": "appointment", "appointment_id": "a1", "reference": "R"}
        walk.rows.orders = [{**order, "lines": ["10:00 Housing"], "copy": 0}]
        courier = walk.courier(Pace(days_ahead=0))
        walk.walk(courier, lambda: walk.clock.seconds > 20)
        assert len(walk.told(OrderArrived)) == 1
        job = walk.store.orders.loose_job("R", Ticket((Line("x"),)), NOON)
        walk.store.orders.order_job("o1", job.job_id)
        walk.store.job_done(job.job_id, Printed(), NOON)
        courier.poke()
        walk.walk(courier, lambda: "o1" in walk.rows.outcomes)
        walk.walk(courier, lambda: walk.clock.seconds > 60)
        assert walk.rows.outcomes == {"o1": {"outcome": "printed", "reason": "none"}}
        assert sum(request.endswith("/outcome") for request in walk.rows.requests) == 1


def test_an_order_that_central_has_forgotten_does_not_hold_back_the_others(tmp_path: Path) -> None:
    with on_round(tmp_path, script("html-404")) as walk:
        for name in ("forgotten", "known"):
            walk.store.orders.take_order(PrintOrder(name, "reprint", "c1", "", "R"), NOON)
            walk.store.orders.order_done(name, OutcomeWord.NOT_PRINTED, "no such case", NOON)
        courier = walk.courier()
        courier.step()
        courier.step()
        assert list(walk.rows.outcomes) == ["known"]
        assert [report.order_id for report in walk.store.orders.unreported_orders()] == ["forgotten"]


def test_appointments_of_today_and_the_next_days_are_pulled_and_asked_for_by_tag(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        walk.walk(walk.courier(Pace(orders_s=1e9)), lambda: walk.clock.seconds > 200)
        days = [fact.day for fact in walk.facts if isinstance(fact, AppointmentsPulled)]
        assert days == [date(2026, 5, 1 + n) for n in range(4)]
        assert walk.store.appointments(NOON.date())[0].full_name == "Ann Test"
        asked = [request for request in walk.rows.requests if "2026-05-01" in request]
        assert 3 <= len(asked) <= 5


def test_the_heartbeat_says_how_the_terminal_is_without_personal_data(tmp_path: Path) -> None:
    with on_round(tmp_path, script("busy")) as walk:
        walk.save("c1", name="Mererid")
        walk.walk(walk.courier(replace(QUIET, heartbeat_s=60.0)), lambda: len(walk.rows.heartbeats) > 1)
        beat = walk.rows.heartbeats[-1]
        assert (beat["version"], beat["outbox_waiting"], beat["outbox_parked"]) == ("1", 0, 0)
        assert beat["last_error_class"] == "transient"
        assert beat["last_accepted_at"]
        assert {"clock_ahead_s", "last_error_at", "alarms"} <= set(beat)
        assert "Mererid" not in str(walk.rows.heartbeats)


def test_the_thread_carries_a_case_at_once_when_poked_and_stops_when_closed(tmp_path: Path) -> None:
    with on_round(tmp_path, deadline_s=5.0) as walk:
        accepted = threading.Event()
        courier = Courier(
            walk.client,
            Shelves(walk.store.outbox, walk.store.orders, walk.store, walk.keys),
            lambda fact: accepted.set() if isinstance(fact, CaseAccepted) else None,
            clock=RealClock(),
            chance=lambda: 0.5,
            today=NOON.date,
            facts=dict,
            pace=replace(QUIET, start_spread_s=1e6),
            hang_up=walk.client.close,
        )
        courier.start()
        walk.save("c1")
        courier.poke()
        assert accepted.wait(3)
        courier.close()
        courier.close()


def test_a_fault_of_the_store_is_told_and_the_thread_goes_on(tmp_path: Path) -> None:
    with on_round(tmp_path) as walk:
        stumbled = threading.Event()
        courier = Courier(
            walk.client,
            Shelves(walk.store.outbox, walk.store.orders, walk.store, walk.keys),
            lambda fact: stumbled.set() if isinstance(fact, CourierStumbled) else None,
            clock=RealClock(),
            chance=lambda: 0.5,
            today=NOON.date,
            facts=dict,
        )
        walk.store.close()
        courier.start()
        assert stumbled.wait(3)
        courier.close()


class RealClock:
    """The machine's own time, for the tests of the thread."""

    def now(self) -> datetime:
        return NOON

    def monotonic(self) -> float:
        return time.monotonic()
