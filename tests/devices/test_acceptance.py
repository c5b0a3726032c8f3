"""The acceptance run itself, held against a simulated printer and a scripted person at it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.devices.conftest import SimulatedDevice, start, stop
from tests.devices.test_trial import configured, printer_line

ROOT = Path(__file__).parents[2]
ACTS = {
    "Open the printer's cover.": ("cover-open",),
    "Close the printer's cover.": ("ok",),
    "Take the roll out and close the cover.": ("paper-out",),
    "Put the roll in and close the cover.": ("new-roll",),
    "Pull the printer's cable out.": ("unplug",),
    "Plug the printer's cable in.": ("replug",),
}


def run(config: Path, device: SimulatedDevice, *, answers: str = "y") -> tuple[int, list[str]]:
    """Start the run, do what it says, answer what it asks; return its exit code and its words."""
    words = [sys.executable, "-m", "pytest", "-m", "hardware", "-s", "-x", "-q", "-p", "no:cacheprovider"]
    process = subprocess.Popen(
        [*words, "tests/hardware/test_printer.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=os.environ | {"KIOSK_CONFIG": str(config), "KIOSK_PATIENCE_S": "8"},
    )
    assert process.stdin is not None
    assert process.stdout is not None
    said = []
    process.stdin.write(f"{answers}\n" * 20)
    process.stdin.flush()
    for line in process.stdout:
        said.append(line.strip())
        for command in ACTS.get(line.strip().removeprefix(">> "), ()):
            device.tell(command)
    process.stdin.close()
    process.stdout.close()
    return process.wait(20), said


@pytest.mark.timeout(90)
def test_a_good_printer_passes_and_a_copy_that_confirms_nothing_does_not(tmp_path: Path) -> None:
    device = start(tmp_path, "printer", "--over-tcp", "--baud", "0", "--speed", "0")
    try:
        code, said = run(configured(tmp_path, printer_line(device)), device)
        assert code == 0, said
        assert any("'TM-T20III SIM0000001': 'completion'" in line for line in said)
        assert set(ACTS) <= {line.removeprefix(">> ") for line in said}
        device.tell("bare")
        code, said = run(tmp_path / "config", device)
        assert code == 1, said
    finally:
        stop(device)


@pytest.mark.timeout(60)
def test_a_page_that_looks_wrong_to_the_person_fails(tmp_path: Path) -> None:
    device = start(tmp_path, "printer", "--over-tcp", "--baud", "0", "--speed", "0")
    try:
        code, said = run(configured(tmp_path, printer_line(device)), device, answers="n")
        assert code == 1
        assert any("fill one line exactly" in line for line in said)
    finally:
        stop(device)


@pytest.mark.timeout(60)
def test_without_its_mark_the_run_is_never_collected() -> None:
    words = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "-p",
        "no:cacheprovider",
        "tests/hardware",
    ]
    found = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=False)
    assert "::" not in found.stdout
