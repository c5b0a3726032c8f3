"""Draining over one connection: batches against singles, against the database alone, and what a case costs.

Rates depend on the machine: what is asserted are ratios within one run, and processor time for a case.
"""

from __future__ import annotations

import asyncio
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from sqlalchemy import make_url

from kiosk.central.bodies import Reading
from kiosk.central.database import migrate, open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.settings import Chance
from kiosk.central.tables import cases as case_rows
from kiosk.central.wire.terminal import Item
from kiosk.core.case import case_id_of
from tests.central.cluster import new_cluster
from tests.central.processes import Served, served
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.central.cluster import Cluster

TICK_US = 1_000_000 / os.sysconf("SC_CLK_TCK")
PATH = "/v1/terminals/lobby-1/batches"
JSON = {"Content-Type": "application/json"}
SINGLES, BATCHES, ROUNDS = 150, 40, 3


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    started = new_cluster()
    try:
        yield started
    finally:
        started.stop("immediate")
        started.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'central.sqlite3'}"
    cluster: Cluster = request.getfixturevalue("cluster")
    address = cluster.address(cluster.new_database())
    migrate(address)
    return address


def batch(size: int) -> dict[str, Any]:
    """Make a batch of cases of about two kilobytes each, with identifiers as terminals make them."""
    items = [case_item(answers={"about": "x" * 1600}, case_id=case_id()) for _ in range(size)]
    return {"batch_id": "b", "items": items}


def case_id() -> str:
    return case_id_of(Chance().now(), Chance().random_bytes(10))


@dataclass
class Drain:
    """Send over one connection and take the time of it, as the batches come from a terminal's own processor.

    So making the cases and writing them as JSON is not counted; signing, sending and reading the answer is.
    """

    url: str
    session: requests.Session
    count: int = 0

    def rate(self, size: int, times: int) -> float:
        bodies = [json.dumps(batch(size)).encode() for _ in range(times)]
        begun = time.perf_counter()
        for body in bodies:
            answer = self.session.post(self.url + PATH, body, headers=JSON, timeout=30)
            assert [result["status"] for result in answer.json()["results"]] == ["created"] * size
        self.count += size * times
        return size * times / (time.perf_counter() - begun)


def spent_us(pids: set[int]) -> float:
    total = 0
    for pid in pids:
        with suppress(FileNotFoundError, ProcessLookupError):  # PostgreSQL's own helpers come and go
            fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total * TICK_US


def family(postmaster: Path) -> set[int]:
    first = int(postmaster.read_text("utf-8").split()[0])
    found = {first}
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                parent = int((each / "stat").read_text("utf-8").rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            if parent == first:
                found.add(int(each.name))
    return found


def ceiling(address: str, times: int) -> float:
    """Return the rate of the same batches without HTTP."""
    database = open_database(address)
    intake = Intake(Chance(), Reading(lambda _key: None), told=False)
    batches = [[Item(**each) for each in batch(100)["items"]] for _ in range(times)]
    begun = time.perf_counter()
    for items in batches:
        sender = Sender("lobby-1", Chance().now())
        results = database.write_now(lambda c, i=items, s=sender: intake.take_all(c, s, i, hoping=True))  # type: ignore[misc]
        assert len(results) == 100
    rate = 100 * times / (time.perf_counter() - begun)
    database.write_now(lambda c: case_rows.count_since(c, Chance().now()))
    asyncio.run(database.close())
    return rate


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_batches_drain_ten_times_as_fast_as_singles_and_cost_little(
    address: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with served(address, tmp_path) as central:
        session = central.paired("lobby-1")
        drain = Drain(central.url, session)
        drain.rate(100, 3)
        singles, batches, alone, costs = [], [], [], []
        for _ in range(ROUNDS):
            singles.append(drain.rate(1, SINGLES))
            before, count = cost_of(central, address, request), drain.count
            batches.append(drain.rate(100, BATCHES))
            costs.append((cost_of(central, address, request) - before) / (drain.count - count))
            alone.append(ceiling(address, BATCHES))
    middle: Callable[[list[float]], float] = lambda each: sorted(each)[len(each) // 2]  # noqa: E731
    print(
        f"\n{make_url(address).get_backend_name()}: singles {middle(singles):.0f}/s, batches of 100 "
        f"{middle(batches):.0f}/s ({middle(batches) / middle(singles):.1f} x), database alone "
        f"{middle(alone):.0f}/s ({middle(batches) / middle(alone):.2f}), {middle(costs):.0f} us a case"
    )
    assert middle(batches) >= 10 * middle(singles)
    assert middle(batches) >= 0.6 * middle(alone)
    assert middle(costs) <= 100


def cost_of(central: Served, address: str, request: pytest.FixtureRequest) -> float:
    pids = {central.process.pid}
    if address.startswith("postgresql"):
        cluster: Cluster = request.getfixturevalue("cluster")
        pids |= family(cluster.folder / "cluster" / "postmaster.pid")
    return spent_us(pids)
