"""A contest for the disk: this store, the bare disk, and queues that are as safe as it.

Each takes its turn in short rounds, so that a slow moment of the disk meets all of them. What every one of
them writes are the same bytes: the sealed body of a case and its ticket. After each round central has taken
this store's cases and the courier has tidied, as it is on a terminal; the queues keep what they have and are
never read. The queues sync each row, as this store does.

This store is shown twice: as a visitor meets it, whose case was sealed while they read it, and where sealing
still has to be done after the last touch, as without a review or after the council's key has changed.

As a program, `python -m tests.bench.contest FOLDER` holds one and prints each contestant's times as JSON.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import apsw
from huey import SqliteHuey  # type: ignore[import-untyped]
from persistqueue import SQLiteAckQueue

from kiosk.core.case import CaseDraft, case_id_of
from kiosk.core.sealing import SealedDraft
from kiosk.core.ticket import Code, Line, Pair, Rule, Size, Ticket
from kiosk.core.ticket_json import ticket_to_json
from kiosk.ports import Accepted
from kiosk.store import Store
from kiosk.store.rows import Value
from tests.store.making import NOON, draft, open_in

ROUNDS = 40
IN_A_ROUND = 25
ANSWER = "The bin was not emptied on Tuesday. It stands at the kerb since six. " * 22


def slip(reference: str, number: str) -> Ticket:
    """Make a ticket of the size that services have."""
    return Ticket(
        (
            Line("Demo Borough Council", Size.LARGE, bold=True),
            Line("Report a missed bin"),
            Rule(),
            Pair("Reference", reference),
            Pair("Number", number),
            Code(f"https://example.gov.uk/case/{reference}", "Follow it on your phone"),
            Line("We will empty it within two working days. Leave it where it is.", Size.SMALL),
        )
    )


class Sent(NamedTuple):
    """What a visitor sends, and its seal where that was made before."""

    draft: CaseDraft
    at: datetime
    seal: SealedDraft | None = None


def unsealed(number: int) -> Sent:
    """Make a visit half a minute after the one before, its id as a terminal makes one."""
    at = NOON + timedelta(seconds=30 * number)
    return Sent(draft(case_id_of(at, os.urandom(10)), text=ANSWER), at)


@dataclass
class Times:
    """How long each time took, in microseconds."""

    name: str
    took_us: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.took_us)

    @property
    def late(self) -> float:
        return sorted(self.took_us)[int(len(self.took_us) * 0.99)]

    def __str__(self) -> str:
        return f"  {self.name:34} {self.median:9.0f} {self.late:9.0f} {1e6 / self.median:9.0f}"


@dataclass
class Contestant:
    """One way to keep the bytes."""

    name: str
    keep: Callable[[Sent], object]
    before: Callable[[int], Sent] = unsealed
    rest: Callable[[], object] = lambda: None

    def run(self, start: int, times: Times) -> None:
        for number in range(start, start + IN_A_ROUND):
            sent = self.before(number)
            began = time.perf_counter()
            self.keep(sent)
            times.took_us.append((time.perf_counter() - began) * 1e6)
        self.rest()


class Held(NamedTuple):
    """A contest that was held: the times of the bare disk, of each queue, and of this store."""

    raw: Times
    ack_queue: Times
    huey: Times
    alone: Times
    on_review: Times
    when_sent: Times

    def told(self, ours: Times) -> str:
        """Tell how one of ours did: median and 99th of the bare disk's, speed of the fastest queue's."""
        median, late = ours.median / self.raw.median, ours.late / self.raw.late
        return f"  {ours.name:34} {median:9.2f} {late:9.2f} {self.of_fastest(ours):9.2f}"

    def of_fastest(self, ours: Times) -> float:
        return min(self.ack_queue.median, self.huey.median) / ours.median

    @property
    def ours(self) -> tuple[Times, Times, Times]:
        return self.alone, self.on_review, self.when_sent


def hold(folder: Path) -> Held:
    """Let all keep as many cases as there are rounds, one after the other in each."""
    stores = [opened(folder / name) for name in ("read", "sent")]
    frozen = same_bytes(stores[0])
    contestants = (
        bare_disk(folder, frozen),
        ack_queue(folder, frozen),
        huey_queue(folder, frozen),
        statements_alone(folder),
        Contestant("sealed on the review, 4 rows", keeps(stores[0]), seals(stores[0]), carries(stores[0])),
        Contestant("sealed when sent, 4 rows", keeps(stores[1]), rest=carries(stores[1])),
    )
    held = Held(*(Times(each.name) for each in contestants))
    for turn in range(ROUNDS):
        for each, times in zip(contestants, held, strict=True):
            each.run(turn * IN_A_ROUND, times)
    for store in stores:
        store.close()
    return held


def opened(folder: Path) -> Store:
    folder.mkdir()
    return open_in(folder)


def keeps(store: Store) -> Callable[[Sent], object]:
    return lambda sent: store.save(sent.draft, slip, sent.at, ready=sent.seal)


def seals(store: Store) -> Callable[[int], Sent]:
    """Seal as on a review; a terminal has minutes for it, so it is not in the time that is taken."""

    def seal(number: int) -> Sent:
        sent = unsealed(number)
        return sent._replace(seal=store.seal(sent.draft, sent.at))

    return seal


def carries(store: Store) -> Callable[[], object]:
    def carry() -> None:
        taken = [Accepted(parcel.key, "central") for parcel in store.outbox.next_parcels(10 * IN_A_ROUND)]
        store.outbox.settle(taken, NOON)
        store.outbox.tidy()

    return carry


def same_bytes(store: Store) -> bytes:
    """Return what a case is on disk: its sealed body and its ticket."""
    saved = store.save(draft("the-first", text=ANSWER), slip, NOON)
    (parcel,) = store.outbox.next_parcels(1)
    return parcel.body + ticket_to_json(store.stored_job(saved.job_id).ticket).encode()


def statements_alone(folder: Path) -> Contestant:
    """Carry out what SQLite is asked for in a save, all values made before: no save here can be quicker.

    Another store saves the same visit first, outside the time that is taken, and its statements are noted.
    """
    source, bare = opened(folder / "noted"), opened(folder / "alone")
    noted: list[tuple[str, tuple[Value, ...]]] = []
    seal, keep, writer = seals(source), keeps(source), bare._ground.database._writer

    def note(_: apsw.Cursor, sql: str, values: object) -> bool:
        noted.append((sql, tuple(values) if isinstance(values, tuple) else ()))
        return True

    def before(number: int) -> Sent:
        noted.clear()
        sent, traced = seal(number), source._ground.database._writer
        traced.exec_trace = note
        keep(sent)
        traced.exec_trace = None
        return sent

    def carry_out(_: Sent) -> None:
        for sql, values in noted:
            writer.execute(sql, values).fetchall()

    def rest() -> None:
        for carry in (carries(source), carries(bare)):
            carry()

    return Contestant("its statements alone", carry_out, before, rest)


def bare_disk(folder: Path, frozen: bytes) -> Contestant:
    file = os.open(folder / "raw", os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def keep(_: Sent) -> None:
        os.write(file, frozen)
        os.fdatasync(file)

    return Contestant("raw append and fdatasync", keep)


def ack_queue(folder: Path, frozen: bytes) -> Contestant:
    queue = SQLiteAckQueue(str(folder / "persistqueue"), auto_commit=True)
    return Contestant("persist-queue SQLiteAckQueue", lambda _: queue.put(frozen))


def huey_queue(folder: Path, frozen: bytes) -> Contestant:
    huey = SqliteHuey(filename=str(folder / "huey.db"), fsync=True)
    return Contestant("huey SqliteHuey, fsync", lambda _: huey.storage.enqueue(frozen))


if __name__ == "__main__":
    print(json.dumps([times.took_us for times in hold(Path(sys.argv[1]))]))
