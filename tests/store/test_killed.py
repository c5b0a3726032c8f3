"""Killed in the middle of saving, many times: whoever was told a reference has a case."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.making import NOON, open_in

ROOT = Path(__file__).parents[2]
KILLS = 6
FOR_EVER = "1000000"
WRITES = "pwrite64,write,fdatasync,fsync,ftruncate,rename,unlink"


def killed_while_saving(folder: Path, turn: int, told_before_kill: int, *more: str) -> list[tuple[str, str]]:
    """Start the program, kill it after so many cases, and return what it had told."""
    command = [sys.executable, "-m", "tests.store.victim", str(folder), str(turn), FOR_EVER, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as victim:
        assert victim.stdout is not None
        told = [victim.stdout.readline() for _ in range(told_before_kill)]
        victim.kill()
        told += victim.stdout.readlines()
    whole = [line.split() for line in told if line.endswith("\n")]
    return [(case_id, reference) for case_id, reference in whole]


@pytest.mark.timeout(60)
def test_no_case_that_was_told_is_lost_by_kill_9(tmp_path: Path) -> None:
    chance = random.Random(20260501)  # noqa: S311 - when to kill is no secret
    told: list[tuple[str, str]] = []
    for turn in range(KILLS):
        told += killed_while_saving(tmp_path, turn, chance.randrange(1, 60))
    store = open_in(tmp_path)
    kept = {str(line.case_id): line.reference for line in store.cases()}
    waiting = {parcel.key for parcel in store.outbox.next_parcels(10**6)}
    store.close()
    assert len(told) >= KILLS
    assert all(kept[case_id] == reference for case_id, reference in told)
    assert waiting == set(kept)
    assert len(set(kept.values())) == len(kept)
    assert len(kept) <= len(told) + KILLS  # at most the one under way each time was kept untold


@pytest.mark.timeout(60)
def test_a_program_that_tells_too_early_is_caught(tmp_path: Path) -> None:
    """A mutant tells the reference inside the transaction; some kill must find a case that is not there."""
    for turn in range(30):
        told = killed_while_saving(tmp_path, turn, 1 + turn % 5, "hasty")
        store = open_in(tmp_path)
        kept = {str(line.case_id) for line in store.cases()}
        store.close()
        if not {case_id for case_id, _ in told} <= kept:
            return
    raise AssertionError("thirty kills found nothing: the test above proves nothing")


@pytest.mark.prove
@pytest.mark.timeout(900)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_case_that_was_told_is_lost_whichever_write_is_the_last(tmp_path: Path) -> None:
    """Killed at the first write to disk, at the second, and so on, until the program comes to its end."""
    at, ended = 0, False
    while not ended:
        at += 1
        folder = tmp_path / str(at)
        folder.mkdir()
        told, ended = killed_at_write(folder, at)
        store = open_in(folder)
        kept = {str(line.case_id) for line in store.cases()}
        assert {case_id for case_id, _ in told} <= kept
        assert {parcel.key for parcel in store.outbox.next_parcels(100)} == kept
        assert {job.case_id for job in store.settle_interrupted(NOON)} == kept
        assert store.is_sound()
        store.close()
    assert at > 50


def killed_at_write(folder: Path, at: int) -> tuple[list[tuple[str, str]], bool]:
    """Run the program until its write number `at`; say what it had told, and whether it came to its end."""
    inject = f"inject={WRITES}:signal=KILL:when={at}"
    tracing = ["strace", "-f", "-qq", "-o", str(folder / "trace"), "-e", f"trace={WRITES}", "-e", inject]
    program = [sys.executable, "-m", "tests.store.victim", str(folder), "0", "3"]
    done = subprocess.run([*tracing, *program], capture_output=True, text=True, cwd=ROOT, check=False)
    whole = [line.split() for line in done.stdout.splitlines(keepends=True) if line.endswith("\n")]
    return [(case_id, reference) for case_id, reference in whole], done.returncode == 0
