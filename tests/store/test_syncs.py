"""How often a case waits for the disk, counted by strace: this is what a save costs on a slow disk."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASES = 300
MOST_SYNCS = 1.1


@pytest.mark.timeout(120)
def test_a_case_is_one_sync_of_the_disk(tmp_path: Path) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed: see .make/packages-dev.apt")
    opening, all_of_it = (syncs(tmp_path / str(cases), cases) for cases in (0, CASES))
    each = (all_of_it - opening) / CASES
    print(f"{each:.3f} syncs for each case")  # noqa: T201 - the figure
    assert 1.0 <= each <= MOST_SYNCS


def syncs(folder: Path, cases: int) -> int:
    """Let a program open a store, save so many cases and end; count what it asked the disk to sync."""
    folder.mkdir()
    trace = folder / "trace"
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=fsync,fdatasync,sync,syncfs,msync"]
    program = [sys.executable, "-m", "tests.store.victim", str(folder), "turn", str(cases)]
    subprocess.run([*watched, *program], check=True, capture_output=True, cwd=ROOT)
    return sum("sync(" in line for line in trace.read_text("utf-8").splitlines())
