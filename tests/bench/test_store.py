"""How long a visitor waits for a case to be on disk, beside the bare disk and queues as safe as it.

What is measured, and how, is in `tests.bench.contest`. On a disk that flushes in a tenth of a millisecond
computing is the limit; the eMMC or SATA disk of a terminal takes 1 to 20 ms. So the contest is held on the
disk that is here, and again with every flush of every contestant held back for as long as such a disk takes.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.contest import Contestant, Held, Times, hold, opened

ROOT = Path(__file__).resolve().parents[2]
LATE_LIMIT, MEDIAN_AIM, PEER_AIM = 3.0, 2.0, 0.9
ENOUGH_MS = 5
"""From here on a case is as quick as a row of a queue, also on a slow processor."""


@pytest.mark.bench
@pytest.mark.timeout(600)
def test_the_slowest_sealed_cases_wait_for_the_disk_and_for_little_else(tmp_path: Path) -> None:
    held, sealing = hold(tmp_path), Times("sealing alone, no disk")
    store = opened(tmp_path / "sealing")
    Contestant(sealing.name, lambda sent: store.seal(sent.draft, sent.at)).run(0, sealing)
    store.close()
    print(f"\n  us{'median':>41} {'99 of 100':>9} {'a second':>9}")
    print("\n".join(map(str, (*held, sealing))))
    told(held)
    assert max(held.on_review.late, held.when_sent.late) <= LATE_LIMIT * held.raw.late


@pytest.mark.bench
@pytest.mark.timeout(600)
@pytest.mark.parametrize("flush_ms", [1, 2, 5])
def test_on_a_disk_as_slow_as_a_terminals_a_case_is_as_quick_as_a_row_of_a_queue(
    tmp_path: Path, flush_ms: int
) -> None:
    held = held_back(tmp_path, flush_ms)
    print(f"\n  {flush_ms} ms more for each flush, raw {held.raw.median:.0f} us")
    told(held)
    assert held.on_review.late <= LATE_LIMIT * held.raw.late
    assert held.on_review.median <= MEDIAN_AIM * held.raw.median
    assert flush_ms < ENOUGH_MS or held.of_fastest(held.on_review) >= PEER_AIM


def told(held: Held) -> None:
    print(f"  {'':34} {'x raw':>9} {'99th':>9} {'x fastest':>9}")
    print(f"  {'aims':34} {MEDIAN_AIM:9.2f} {LATE_LIMIT:9.2f} {PEER_AIM:9.2f}")
    print("\n".join(map(held.told, held.ours)))


def held_back(folder: Path, flush_ms: int) -> Held:
    """Hold a contest in which each flush returns that much later, for whoever asks for it."""
    flushes = "fsync,fdatasync"
    late = ["-e", f"trace={flushes}", "-e", f"inject={flushes}:delay_exit={flush_ms * 1000}"]
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", *late]
    program = [sys.executable, "-m", "tests.bench.contest", str(folder)]
    done = subprocess.run([*watched, *program], check=True, capture_output=True, cwd=ROOT)
    return Held(
        *(Times(name, took) for name, took in zip(Held._fields, json.loads(done.stdout), strict=True))
    )
