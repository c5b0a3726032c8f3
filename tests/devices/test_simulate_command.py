"""``kiosk simulate``: one command gives a printer, the line that uses it, and its page in the browser."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from devices.simulators.control import ask
from tests.devices.conftest import free_port
from tests.settings.facility_files import KIOSK, load_changed

DEVICES = ("printer", "badge", "magstripe", "scanner", "wedge", "pcsc", "panel", "say")


@pytest.mark.timeout(30)
def test_a_printer_with_its_page_is_one_command(tmp_path: Path) -> None:
    port = free_port()
    control = tmp_path / "control"
    places = ["--link", str(tmp_path / "p"), "--control", str(control), "--out", str(tmp_path / "out")]
    words = [
        sys.executable,
        "-m",
        "kiosk",
        "simulate",
        "printer",
        "--page",
        str(port),
        "--serial",
        "X5",
        *places,
    ]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert f"serial:{tmp_path}/p?baud=38400" in line
        assert (
            load_changed(tmp_path / "facility", {"kiosk.yaml": f"{KIOSK}devices:\n  {line}"}).problems == ()
        )
        address = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - the page's own address
            assert "Take the paper out" in page.read().decode()
        assert ask(control, "status")["plugged"] is True
        assert "power-cycle" in str(ask(control, "nonsense")["problem"])
        ask(control, "quit")
        assert process.wait(5) == 0
    finally:
        process.kill()
        process.wait(5)
        process.stdout.close()


@pytest.mark.timeout(60)
def test_every_device_tells_how_it_is_used_with_an_example() -> None:
    for device in DEVICES:
        words = [sys.executable, "-m", "devices.simulators", device, "--help"]
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
        assert told.startswith(f"usage: kiosk simulate {device}")
        assert f"Example: kiosk simulate {device}" in " ".join(told.split())
