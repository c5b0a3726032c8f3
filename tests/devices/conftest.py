"""Simulated devices as the terminal meets them: processes of their own at the other end of a line."""

import fcntl
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from devices.printers.adapter import PrinterAdapter
from devices.simulators.control import ask
from kiosk.core.hardware import Condition, DeviceStatus, PrintOutcome
from kiosk.ports import DeviceFact, JobDone, JobSettled

PATIENCE_S = 8.0


class RealClock:
    """The clock of this machine, as the devices room takes it."""

    def now(self) -> datetime:
        return datetime.now(UTC)  # noqa: TID251 - this is the clock that others are given

    def monotonic(self) -> float:
        return time.monotonic()


@dataclass
class KeptJournal:
    """A journal in memory."""

    jobs: list[str] = field(default_factory=list)

    def job_sent(self, job_id: str) -> None:
        self.jobs.append(job_id)


class Facts:
    """A sink that a test can wait at."""

    def __init__(self) -> None:
        self.seen: list[DeviceFact] = []
        self._changed = threading.Condition()

    def __call__(self, fact: DeviceFact) -> None:
        with self._changed:
            self.seen.append(fact)
            self._changed.notify_all()

    def taken(self) -> list[DeviceFact]:
        """Return what was told and forget it, for tests that last."""
        with self._changed:
            told, self.seen = self.seen, []
        return told

    def until(self, found: Any) -> Any:
        """Wait until `found(facts)` gives something, and return it."""
        with self._changed:
            self._changed.wait_for(lambda: found(self.seen), timeout=PATIENCE_S)
            result = found(self.seen)
        assert result, self.seen
        return result

    def outcome(self, job_id: str) -> PrintOutcome:
        outcome: PrintOutcome = self.until(
            lambda seen: [f.outcome for f in seen if isinstance(f, JobDone) and f.job_id == job_id]
        )[0]
        return outcome

    def settled(self, job_id: str) -> PrintOutcome:
        outcome: PrintOutcome = self.until(
            lambda seen: [f.outcome for f in seen if isinstance(f, JobSettled) and f.job_id == job_id]
        )[0]
        return outcome

    def condition(self, condition: Condition) -> None:
        """Wait until the newest status shows this condition."""

        def newest(seen: list[DeviceFact]) -> bool:
            statuses = [fact for fact in seen if isinstance(fact, DeviceStatus)]
            return bool(statuses) and statuses[-1].condition is condition

        self.until(newest)


@dataclass
class SimulatedDevice:
    """A running simulator: where it is, and how to tell it things."""

    link: Path
    control: Path
    out: Path
    process: subprocess.Popen[bytes]
    address: str

    def tell(self, line: str) -> dict[str, Any]:
        answer: dict[str, Any] = ask(self.control, line)
        assert answer["ok"], answer
        return answer

    def newest_text(self) -> str:
        return Path(self.tell("status")["newest"]).with_suffix(".txt").read_text("utf-8")


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Wait until no other run of these tests on this machine uses what there is only one of."""
    path = Path(tempfile.gettempdir()) / f"kiosk-tests-{name}.lock"
    with path.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def free_port() -> int:
    """Return a TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def start(folder: Path, *words: str) -> SimulatedDevice:
    """Start a simulator and wait until its control socket answers."""
    link, control, out = folder / "device", folder / "control", folder / "out"
    port = free_port() if "--over-tcp" in words else 0
    words = tuple(word for word in words if word != "--over-tcp")
    if "--tcp" in words:
        port = int(words[words.index("--tcp") + 1])
    places = ["--tcp", str(port)] if port else ["--link", str(link)]
    places += ["--control", str(control)]
    if words[0] == "printer":
        places += ["--out", str(out)]
    process = subprocess.Popen([sys.executable, "-m", "devices.simulators", *words, *places])
    address = f"tcp:127.0.0.1:{port}" if port else f"serial:{link}?baud=115200"
    if words[0] == "wedge":
        address = f"input:{link}?layout=us"
    device = SimulatedDevice(link, control, out, process, address)
    until = time.monotonic() + PATIENCE_S
    while not control.exists() or not (port or link.exists()):
        assert process.poll() is None, "the simulator ended"
        assert time.monotonic() < until, "the simulator does not start"
        threading.Event().wait(0.02)
    return device


def stop(device: SimulatedDevice) -> None:
    device.process.terminate()
    device.process.wait(PATIENCE_S)


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[SimulatedDevice]:
    """A printer with a quick mechanism on a quick line."""
    device = start(tmp_path, "printer", "--baud", "0", "--speed", "0")
    yield device
    stop(device)


@pytest.fixture
def slow_printer(tmp_path: Path) -> Iterator[SimulatedDevice]:
    """A printer as slow as real ones, so that things can happen inside a ticket."""
    device = start(tmp_path, "printer", "--baud", "38400", "--speed", "150")
    yield device
    stop(device)


@pytest.fixture
def badge(tmp_path: Path) -> Iterator[SimulatedDevice]:
    """A badge reader."""
    device = start(tmp_path, "badge", "--baud", "0", "--kind", "rdm6300")
    yield device
    stop(device)


@pytest.fixture
def facts() -> Facts:
    return Facts()


@pytest.fixture
def closing() -> Iterator[list[PrinterAdapter]]:
    """Adapters put here are closed at the end."""
    adapters: list[Any] = []
    yield adapters
    for adapter in adapters:
        adapter.close()
