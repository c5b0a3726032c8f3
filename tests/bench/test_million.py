"""A million cases in PostgreSQL: taking in and listing stay as fast as they were at a hundred thousand."""

from __future__ import annotations

import time
import uuid
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

import pytest

from kiosk.central.bodies import Reading
from kiosk.central.database import migrate, open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.settings import Chance
from kiosk.central.tables import cases
from kiosk.central.wire.terminal import Item
from tests.bench.test_central import case_id
from tests.central.cluster import new_cluster
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.central.database import Database
    from tests.central.cluster import Cluster

FEW, MANY, AT_ONCE, TIMED, LISTS, ROUNDS = 100_000, 1_000_000, 100, 2_000, 50, 5
FILLING = """
    CREATE TEMPORARY TABLE new AS
    SELECT gen_random_uuid()::text AS id, clock_timestamp() AS at,
           'K7-' || lpad(floor(random() * 1e8)::text, 8, '0') || '-X' AS reference
    FROM generate_series(1, {count});
    INSERT INTO intake
    SELECT id || ':case.create:1', encode(sha256(id::bytea), 'hex'), id, 'lobby-1', at FROM new;
    INSERT INTO cases
    SELECT id, id, 'lobby-1', reference, 'council-tax', 'en', at, at, 'A', 'A012', '', repeat('x', 400)
    FROM new;
    INSERT INTO case_events (tx, event_id, kind, case_id, at, status)
    SELECT pg_current_xact_id()::text::bigint, id, 'case.created', id, at, 'open' FROM new
"""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    started = new_cluster()
    try:
        yield started
    finally:
        started.stop("immediate")
        started.remove()


@pytest.fixture(scope="module")
def filled(cluster: Cluster) -> Iterator[tuple[Database, Database]]:
    """Open one database with few cases and one with many; they are measured in turns, under the same load."""
    opened = []
    for count in (FEW, MANY):
        name = cluster.new_database()
        migrate(cluster.address(name))
        fill(cluster, name, count)
        opened.append(open_database(cluster.address(name)))
    yield opened[0], opened[1]
    for each in opened:
        each.close_now()  # type: ignore[attr-defined]


def fill(cluster: Cluster, name: str, count: int) -> None:
    """Put so many cases in by SQL alone, and let the server do what it would do in quiet hours."""
    cluster.sql(FILLING.format(count=count), name)
    cluster.sql("VACUUM ANALYZE", name)
    cluster.sql("CHECKPOINT")


def take(database: Database, count: int) -> float:
    """Take so many cases in as terminals bring them; return cases in a second, without the making of them."""
    intake, spent = Intake(Chance(), Reading(lambda _key: None), told=False), 0.0
    for _ in range(count // AT_ONCE):
        items = [Item(**case_item(reference=reference(), case_id=case_id())) for _ in range(AT_ONCE)]
        begun, sender = time.perf_counter(), Sender("lobby-1", Chance().now())
        database.write_now(partial(intake.take_all, sender=sender, items=items, hoping=True))
        spent += time.perf_counter() - begun
    return count / spent


def reference() -> str:
    return f"K7-{uuid.uuid4().int % 100_000_000:08}-X"


def lists(database: Database, digits: int) -> float:
    """Return how many pages in a second: the newest cases, and those whose references begin with digits.

    So many digits are given that a hundred cases are found, as many as a page holds.
    """
    begun = time.perf_counter()
    for number in range(LISTS):
        begins = f"K7-{number:0{digits}}"
        database.write_now(partial(cases.latest, limit=100))
        database.write_now(partial(cases.latest, limit=100, reference=begins))
    return 2 * LISTS / (time.perf_counter() - begun)


@pytest.mark.prove
@pytest.mark.timeout(5400)
def test_a_million_cases_are_taken_in_and_listed_as_fast_as_a_hundred_thousand(
    filled: tuple[Database, Database],
) -> None:
    few, many = filled
    rounds = [
        (take(few, TIMED), take(many, TIMED), lists(few, digits=3), lists(many, digits=4))
        for _ in range(ROUNDS)
    ]
    few_in, many_in, few_out, many_out = (median(each) for each in zip(*rounds, strict=True))
    told = (
        f"{many_in:.0f} against {few_in:.0f} cases a second ({many_in / few_in:.2f}), "
        f"{many_out:.0f} against {few_out:.0f} pages ({many_out / few_out:.2f})"
    )
    print(f"\na million against a hundred thousand: {told}")
    assert many_in >= 0.7 * few_in, told
    assert many_out >= 0.7 * few_out, told
