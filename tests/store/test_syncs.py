"""How often a case waits for the disk, counted by strace: this is what a save costs on a slow disk."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = 300
MOST_SYNCS = 1.1
ROUNDS = 5


@pytest.mark.timeout(120)
def test_a_case_is_one_sync_of_the_disk(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: see .make/packages-dev.apt")
    opening, all_of_it = (syncs(tmp_path / str(cases), cases) for cases in (0, CASES))
    each = (all_of_it - opening) / CASES
    print(f"{each:.3f} syncs for each case")  # noqa: T201 - the figure
    assert 1.0 <= each <= MOST_SYNCS


@pytest.mark.timeout(120)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_first_case_after_the_log_was_moved_is_one_sync_too(tmp_path: Path) -> None:
    assert syncs_after_a_tidy(tmp_path / "as it is", "tidies") == [1] * ROUNDS


@pytest.mark.timeout(120)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_case_that_has_to_begin_the_log_is_found(tmp_path: Path) -> None:
    """The mutant leaves the header of the log, and its sync, to the next visitor."""
    assert syncs_after_a_tidy(tmp_path / "mutant", "tidies late") == [2] * ROUNDS


def syncs_after_a_tidy(folder: Path, how: str) -> list[int]:
    """Let a program save and tidy in turn; count the syncs between each tidy and the end of the next save."""
    folder.mkdir()
    trace = folder / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=fsync,fdatasync,write"]
    program = [sys.executable, "-m", "tests.store.tidier", str(folder), str(ROUNDS), how]
    subprocess.run([*watched, *program], check=True, capture_output=True, cwd=ROOT)
    rounds = trace.read_text("utf-8").split("tidied")[1:]
    return [each.split("kept")[0].count("sync(") for each in rounds]


@pytest.mark.timeout(120)
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("queue", ["persist-queue", "huey"])
def test_the_queues_that_the_store_is_measured_against_are_as_safe(tmp_path: Path, queue: str) -> None:
    """Else the contest of `tests.bench.contest` would not be one of equals."""
    program = ("tests.bench.queueing", queue)
    opening, all_of_it = (syncs(tmp_path / str(rows), rows, program) for rows in (0, CASES))
    assert 1.0 <= (all_of_it - opening) / CASES <= MOST_SYNCS


def syncs(folder: Path, cases: int, program: tuple[str, str] = ("tests.store.victim", "turn")) -> int:
    """Let a program open a store, save so many cases and end; count what it asked the disk to sync."""
    folder.mkdir()
    trace = folder / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=fsync,fdatasync,sync,syncfs,msync"]
    words = [sys.executable, "-m", program[0], str(folder), program[1], str(cases)]
    subprocess.run([*watched, *words], check=True, capture_output=True, cwd=ROOT)
    return sum("sync(" in line for line in trace.read_text("utf-8").splitlines())
