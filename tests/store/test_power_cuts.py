"""The power goes at any moment: whoever was told a reference has a case with all that belongs to it.

`test_killed` kills the program, which loses nothing that the system was given; here the disk itself loses
what was not synced.
"""

import multiprocessing
import os
import random
import shutil
import signal
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from kiosk.ports import Parcel
from kiosk.store import Store
from kiosk.sync.wire import attachments
from tests.store.loop_disk import LoopDisk, disks
from tests.store.making import NOON, open_in
from tests.store.power_victim import live

CUTS = 200
CUTS_TO_PROVE = 1000
DISKS = 2
CUTS_OF_ONE_FILE = 20
MUTANT_CUTS = 30
LONGEST_WAIT_S = 60.0
INTO_THE_NEXT_S = 0.01
"""So far the program may come with what it does next before the power goes."""

Told = tuple[str, str, str]


@dataclass
class Tally:
    """What was told before the cuts, and what was not there after them."""

    cuts: int = 0
    kept: int = 0
    lost: list[str] = field(default_factory=list)


@pytest.mark.timeout(1200)
def test_no_case_that_was_told_is_lost_when_the_power_goes(tmp_path: Path) -> None:
    tally = cut_power(tmp_path, CUTS)
    print(f"{tally.cuts} cuts, {tally.kept} cases told, {len(tally.lost)} lost")  # noqa: T201 - the figure
    assert tally.cuts == CUTS
    assert tally.kept > CUTS
    assert tally.lost == []


@pytest.mark.timeout(300)
def test_a_store_that_does_not_wait_for_the_disk_is_caught(tmp_path: Path) -> None:
    """The mutant commits without a sync; the same cuts must find cases that are gone."""
    assert_caught(tmp_path, "not synced")


@pytest.mark.timeout(300)
def test_a_store_that_writes_attachments_after_their_case_is_caught(tmp_path: Path) -> None:
    """The mutant writes them with the next case: until then one names bytes that are nowhere."""
    assert_caught(tmp_path, "attached later")


def assert_caught(folder: Path, mutant: str) -> None:
    tally = Tally()
    with disks(folder, 1) as (disk,):
        while not tally.lost and tally.cuts < MUTANT_CUTS:
            cut_once(disk, tally, random.Random(tally.cuts), mutant)  # noqa: S311 - when to cut
    assert tally.lost, f"{tally.cuts} cuts found nothing: the test above proves nothing"


@pytest.mark.prove
@pytest.mark.timeout(7200)
def test_no_case_is_lost_in_a_thousand_cuts(tmp_path: Path) -> None:
    tally = cut_power(tmp_path, CUTS_TO_PROVE)
    print(f"{tally.cuts} cuts, {tally.kept} cases told, {len(tally.lost)} lost")  # noqa: T201 - the figure
    assert (tally.cuts, tally.lost) == (CUTS_TO_PROVE, [])


def cut_power(folder: Path, cuts: int) -> Tally:
    """Cut the power of several disks at once, each again and again."""
    with disks(folder, DISKS) as made, ThreadPoolExecutor(DISKS) as workers:
        tallies = list(workers.map(lambda n: cut_disk(made[n], cuts // DISKS, seed=n), range(DISKS)))
    lost = [name for tally in tallies for name in tally.lost]
    return Tally(sum(tally.cuts for tally in tallies), sum(tally.kept for tally in tallies), lost)


def cut_disk(disk: LoopDisk, cuts: int, seed: int) -> Tally:
    tally, chance = Tally(), random.Random(seed)  # noqa: S311 - when to cut is no secret
    for _ in range(cuts):
        cut_once(disk, tally, chance, "as it is")
    return tally


def cut_once(disk: LoopDisk, tally: Tally, chance: random.Random, durability: str) -> None:
    """Let the program live for a while, cut, give the power back, and compare."""
    folder = disk.mount / f"file-{tally.cuts // CUTS_OF_ONE_FILE}"
    if not folder.exists():
        folder.mkdir()
        os.sync()
        for earlier in disk.mount.glob("file-*"):
            if earlier != folder:
                shutil.rmtree(earlier)
    told = lived(disk, folder, tally.cuts, chance, durability)
    disk.restore()
    tally.cuts += 1
    tally.kept += sum(what == "kept" for what, _, _ in told)
    tally.lost += missing(folder, told)


def lived(disk: LoopDisk, folder: Path, turn: int, chance: random.Random, durability: str) -> list[Told]:
    """Return what the program told until the power went; it stands still while the plug is pulled."""
    here, there = processes.Pipe(duplex=False)
    victim = processes.Process(target=live, args=(str(folder), turn, there, durability), daemon=True)
    victim.start()
    there.close()
    assert victim.pid is not None
    try:
        told = [received(here) for _ in range(chance.randrange(1, 24))]
        here.poll(chance.uniform(0, INTO_THE_NEXT_S))
        os.kill(victim.pid, signal.SIGSTOP)
        disk.cut()
    finally:
        victim.kill()
        victim.join()
    with here:
        while True:
            try:
                told.append(here.recv())
            except EOFError:
                return told


processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["tests.store.power_victim"])


def received(pipe: Connection) -> Told:
    assert pipe.poll(LONGEST_WAIT_S), "the program tells nothing"
    told: Told = pipe.recv()
    return told


def is_complete(store: Store, parcel: Parcel) -> bool:
    """Say whether every attachment that a frozen body names has its bytes there."""
    named = attachments(parcel.body)
    return all(store.outbox.attachment(parcel.case_id, sha256) is not None for sha256 in named)


def missing(folder: Path, told: Sequence[Told]) -> list[str]:
    """Return what was told and is not there, or not as it was told."""
    if not (folder / "kiosk.sqlite3").exists():
        return [case_id for _, case_id, _ in told]
    store = open_in(folder)
    lines = {str(line.case_id): line for line in store.cases()}
    parcels = store.outbox.next_parcels(10**6)
    waiting = {parcel.key for parcel in parcels if is_complete(store, parcel)}
    partial = [parcel.key for parcel in parcels if parcel.key not in waiting]
    jobs = {str(job.case_id) for job in store.jobs_today(NOON.date())}
    sound, references = store.is_sound(), [line.reference for line in lines.values()]
    store.close()
    lost = partial if sound and len(set(references)) == len(references) else ["the file"]
    for what, case_id, reference in told:
        line = lines.get(case_id)
        whole = line is not None and line.reference == reference and case_id in jobs
        in_outbox = line is not None and (line.delivery == "accepted" or case_id in waiting)
        if not (whole and in_outbox) or (what == "accepted" and line and line.delivery != "accepted"):
            lost.append(case_id)
    return lost
