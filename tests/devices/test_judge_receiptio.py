"""A stranger as judge: receiptio, another project's driver, must see our simulated printer as it is.

It was written against real printers; so adapter and simulator cannot agree on the same mistake here.
"""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.devices.conftest import SimulatedDevice, alone, start, stop

RECEIPTIO = shutil.which("receiptio") or ""
PORT = 9100
LIMIT_S = 20.0


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


pytestmark = pytest.mark.skipif(not RECEIPTIO, reason="needs receiptio: npm install -g receiptio@2.1.2")


@pytest.fixture
def network_printer(tmp_path: Path) -> Iterator[SimulatedDevice]:
    with alone(f"port-{PORT}"):
        assert is_free(PORT), "receiptio knows only port 9100 of this machine, and something listens there"
        device = start(tmp_path, "printer", "--tcp", str(PORT), "--baud", "0", "--speed", "0")
        yield device
        stop(device)


def asked(*words: str) -> str:
    """Return what receiptio says of the printer."""
    found = subprocess.run(
        [RECEIPTIO, "-d", "127.0.0.1", "-p", "escpos", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=LIMIT_S,
        check=False,
    )
    return found.stdout.decode().strip().split("\n")[-1]


@pytest.mark.parametrize(
    ("faults", "word"),
    [
        ((), "online"),
        (("near-end",), "online"),
        (("cover-open",), "coveropen"),
        (("paper-out",), "paperempty"),
        (("jam",), "error"),
        (("cutter",), "error"),
        (("broken",), "error"),
        (("unplug",), "disconnect"),
        (("cover-open", "ok"), "online"),
    ],
)
def test_the_judge_sees_each_state_as_it_is(
    network_printer: SimulatedDevice, faults: tuple[str, ...], word: str
) -> None:
    for fault in faults:
        network_printer.tell(fault)
    assert asked("-q") == word


def test_the_judge_prints_and_believes_it(network_printer: SimulatedDevice, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("^^^A042\n\nYour ticket number\n", "utf-8")
    assert asked(str(receipt)) == "success"
    assert network_printer.tell("status")["tickets"] == 1


def test_the_judge_does_not_believe_a_ticket_that_ran_out_of_paper(
    network_printer: SimulatedDevice, tmp_path: Path
) -> None:
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("line\n" * 30, "utf-8")
    network_printer.tell("paper 4")
    assert asked(str(receipt)) == "paperempty"
