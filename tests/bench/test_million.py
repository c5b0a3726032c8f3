"""A million cases in PostgreSQL: taking in and listing stay as fast as they were at a hundred thousand."""

from __future__ import annotations

import time
import uuid
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kiosk.central.bodies import Reading
from kiosk.central.database import migrate, open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.settings import Chance
from kiosk.central.tables import cases
from kiosk.central.wire.terminal import Item
from tests.central.cluster import new_cluster
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.central.database import Database

FEW, MANY, AT_ONCE, TIMED, LISTS = 100_000, 1_000_000, 100, 10_000, 100


@pytest.fixture(scope="module")
def database() -> Iterator[Database]:
    cluster = new_cluster()
    try:
        address = cluster.address(cluster.new_database())
        migrate(address)
        opened = open_database(address)
        yield opened
        opened.close_now()  # type: ignore[attr-defined]
    finally:
        cluster.stop("immediate")
        cluster.remove()


def fill(database: Database, count: int) -> float:
    """Take so many cases in as intake does; return cases in a second, without the making of them."""
    intake, spent = Intake(Chance(), Reading(lambda _key: None)), 0.0
    for _ in range(count // AT_ONCE):
        items = [Item(**case_item(reference=reference())) for _ in range(AT_ONCE)]
        begun, sender = time.perf_counter(), Sender("lobby-1", Chance().now())
        database.write_now(partial(intake.take_all, sender=sender, items=items))
        spent += time.perf_counter() - begun
    return count / spent


def reference() -> str:
    return f"K7-{uuid.uuid4().int % 100_000_000:08}-X"


def lists(database: Database) -> float:
    """Return how many pages in a second: the newest cases, and those of a reference."""
    begun = time.perf_counter()
    for number in range(LISTS):
        database.write_now(partial(cases.latest, limit=100))
        database.write_now(partial(cases.latest, limit=100, reference=f"K7-{number:04}"))
    return 2 * LISTS / (time.perf_counter() - begun)


@pytest.mark.prove
@pytest.mark.timeout(5400)
def test_a_million_cases_are_taken_in_and_listed_as_fast_as_a_hundred_thousand(database: Database) -> None:
    fill(database, FEW - TIMED)
    taking, listing = fill(database, TIMED), lists(database)
    fill(database, MANY - FEW - TIMED)
    told = f"{fill(database, TIMED) / taking:.2f} taking in, {lists(database) / listing:.2f} listing"
    print(f"a million against a hundred thousand: {told}")
    assert min(float(part.split()[0]) for part in told.split(", ")) >= 0.7, told
