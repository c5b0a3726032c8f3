"""Where the processor time of a case in a batch goes: each part alone, then the tables one by one.

Times are the least of some rounds, in microseconds of one processor for a case, so that what else runs on the
machine is left out. They are printed, not judged: `test_central` judges the whole.
"""

from __future__ import annotations

import hashlib
import json
import time
import uuid
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import make_url

from kiosk.central.bodies import Reading
from kiosk.central.database import migrate, open_database
from kiosk.central.intake import Intake, Sender
from kiosk.central.keyring import is_signed
from kiosk.central.sealing import SUITE, open_sealed
from kiosk.central.settings import Chance
from kiosk.central.tables import accepted, beginning, many, nonces, standing, terminals
from kiosk.central.wire.terminal import Batch
from kiosk.keys import TerminalKey
from tests.bench.test_central import batch, family
from tests.central.cluster import new_cluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection

    from kiosk.central.database import Database
    from tests.central.cluster import Cluster

SIZE, BATCHES, ROUNDS = 100, 20, 5
COUNCIL = X25519PrivateKey.generate()
THREE = (accepted.RECORDS, accepted.CASES, accepted.NEWS)
NO_INDEX = """
    DO $$ DECLARE each record; BEGIN
    FOR each IN SELECT conrelid::regclass AS place, conname FROM pg_constraint
        WHERE conrelid::regclass::text IN ('intake', 'cases', 'case_events') AND contype IN ('p', 'u')
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', each.place, each.conname); END LOOP;
    FOR each IN SELECT indexname FROM pg_indexes WHERE tablename IN ('intake', 'cases', 'case_events')
    LOOP EXECUTE format('DROP INDEX %I', each.indexname); END LOOP;
    END $$
"""
Values = dict[str, Any]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    started = new_cluster()
    try:
        yield started
    finally:
        started.stop("immediate")
        started.remove()


@dataclass
class Costs:
    """Take the time of parts, ours and PostgreSQL's."""

    cluster: Cluster
    address: str
    database: Database

    def theirs_us(self) -> float:
        pids = family(self.cluster.folder / "cluster" / "postmaster.pid")
        return sum(
            int(each.read_text("utf-8").split()[0]) / 1000 for each in map(scheduled, pids) if each.exists()
        )

    def alone(self, name: str, part: Callable[[Any], object], each: Sequence[Any]) -> None:
        self.told(name, min(self._ours(part, one) for _ in range(ROUNDS) for one in each) / SIZE, None)

    def _ours(self, part: Callable[[Any], object], one: Any) -> float:
        begun = time.thread_time()
        part(one)
        return (time.thread_time() - begun) * 1e6

    def at_the_database(
        self, name: str, part: Callable[[Connection, Any], object], make: Callable[[], Any]
    ) -> None:
        rounds = [self._round(part, [make() for _ in range(BATCHES)]) for _ in range(ROUNDS)]
        self.told(name, *(min(each) / BATCHES / SIZE for each in zip(*rounds, strict=True)))

    def _round(self, part: Callable[[Connection, Any], object], given: list[Any]) -> tuple[float, float]:
        theirs, ours = self.theirs_us(), time.process_time()
        for one in given:
            self.database.write_now(partial(_with, part, one))
        return (time.process_time() - ours) * 1e6, self.theirs_us() - theirs

    def told(self, name: str, ours: float, theirs: float | None) -> None:
        print(f"{name:58}{ours:8.1f}" + ("" if theirs is None else f"{theirs:12.1f}"))


def _with(part: Callable[[Connection, Any], object], given: Any, connection: Connection) -> None:
    part(connection, given)


def scheduled(pid: int) -> Path:
    return Path(f"/proc/{pid}/schedstat")


def in_clear() -> list[Any]:
    return list(Batch(**batch(SIZE)).items)


def rows() -> Values:
    """Return the values of a batch by column, as they are put in."""
    now, terminal = Chance().now(), "lobby-1"
    reading = Reading(lambda _key: None)
    read = [(item, *reading.read(item)) for item in in_clear()]
    of_cases = {name: [getattr(body, name) for _, body, _ in read] for name in accepted.TOLD}
    return {
        **of_cases,
        "key": [item.key for item, _, _ in read],
        "sha256": [item.sha256 for item, _, _ in read],
        "central_id": Chance().new_ids(SIZE),
        "terminal": [terminal] * SIZE,
        "received_at": [now] * SIZE,
        "body": [body for _, _, body in read],
    }


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_where_the_time_of_a_case_goes(cluster: Cluster) -> None:
    address = cluster.address(cluster.new_database())
    migrate(address)
    costs = Costs(cluster, address, open_database(address))
    print(f"\n{'us a case, in batches of 100':58}{'ours':>8}{'PostgreSQL':>12}")
    before_the_database(costs)
    questions(costs)
    tables(costs)
    without_indexes(costs)


def before_the_database(costs: Costs) -> None:
    sent = [json.dumps(batch(SIZE)).encode() for _ in range(BATCHES)]
    heard = [json.loads(each) for each in sent]
    items = [Batch.model_validate(each).items for each in heard]
    key, reading, chance = TerminalKey(b"k" * 32), Reading(lambda _key: None), Chance()
    signature = key.sign(b"x" * 300)
    costs.alone("the request: JSON", json.loads, sent)
    costs.alone("the request: its shape", Batch.model_validate, heard)
    costs.alone("the request: its digest", lambda each: hashlib.sha256(each).digest(), sent)
    costs.alone(
        "the request: its signature", lambda _: is_signed(key.public_bytes, b"x" * 300, signature), sent
    )
    costs.alone(
        "cases: digests", lambda each: [hashlib.sha256(i.body.encode()).hexdigest() for i in each], items
    )
    costs.alone("cases: JSON and shape", lambda each: [reading.read(item) for item in each], items)
    costs.alone("cases: opening those that are sealed", open_all, [sealed_texts()])
    costs.alone("cases: identifiers", lambda each: chance.new_ids(len(each)), items)


def sealed_texts() -> list[bytes]:
    return [SUITE.encrypt(b"x" * 2048, COUNCIL.public_key(), info=b"case") for _ in range(SIZE)]


def open_all(texts: list[bytes]) -> None:
    for each in texts:
        open_sealed(COUNCIL, each, b"case")


def questions(costs: Costs) -> None:
    now, chance = Chance().now(), Chance()
    costs.at_the_database("a transaction with nothing in it", lambda _c, _g: None, lambda: None)
    costs.database.write_now(
        lambda c: terminals.pair(c, "lobby-1", enrolment="e", public_key="", peer="", at=now)
    )
    costs.at_the_database(
        "... with: let in, request new, how do things stand?",
        lambda c, shown: beginning.begin(c, shown, {"*", "council-tax"}),
        lambda: beginning.Presented("lobby-1", "e", str(uuid.uuid4()), now),
    )
    costs.at_the_database(
        "... the same by two statements",
        lambda c, shown: (nonces.take(c, *shown), standing.now(c, {"*", "council-tax"})),
        lambda: beginning.Presented("lobby-1", "e", str(uuid.uuid4()), now),
    )
    told = Intake(chance, Reading(lambda _key: None), told=False)
    costs.at_the_database(
        "all that is done with a batch of new cases",
        lambda c, items: told.take_all(c, Sender("lobby-1", now), items, hoping=True),
        in_clear,
    )
    costs.at_the_database(
        "the same, looking for each key and case first",
        lambda c, items: told.take_all(c, Sender("lobby-1", now), items),
        in_clear,
    )


def tables(costs: Costs) -> None:
    costs.at_the_database("one statement: all three tables", lambda c, g: many.insert_new(c, g, *THREE), rows)
    for into in THREE:
        costs.at_the_database(f"one statement: {into.table.name}", partial(put_in, into), rows)


def put_in(into: many.Into, connection: Connection, values: Values) -> None:
    many.insert_new(connection, values, into)


def without_indexes(costs: Costs) -> None:
    costs.cluster.sql(NO_INDEX, str(make_url(costs.address).database))
    costs.at_the_database("the same without any index", lambda c, g: many.insert_new(c, g, *THREE), rows)
