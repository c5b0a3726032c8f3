"""A Docker engine of the tests' own, in a network of its own: nothing outside it sees a port or a rule."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")
PROGRAMS = ("dockerd", "docker", "docker-compose", "debootstrap", "ip", "nsenter")
START_S = 60.0
CLONE_NEWNET = 0x4000_0000
NO_NETWORK_OF_THE_HOST = ("--bridge=none", "--iptables=false", "--ip-forward=false")


class Network:
    """A network namespace by name; what is asked for `inside` happens on a thread that lives there."""

    def __init__(self, name: str) -> None:
        self.place = Path("/run/netns") / name
        self._inside = ThreadPoolExecutor(1, "inside", self._enter)

    def _enter(self) -> None:
        place = os.open(self.place, os.O_RDONLY)
        entered = ctypes.CDLL(None, use_errno=True).setns(place, CLONE_NEWNET)
        os.close(place)
        assert entered == 0, os.strerror(ctypes.get_errno())

    def inside(self, act: Callable[[], T]) -> T:
        """Do something in there, and return what came of it."""
        return self._inside.submit(act).result()

    def words(self, *command: str) -> list[str]:
        return ["nsenter", f"--net={self.place}", *command]

    def close(self) -> None:
        self._inside.shutdown()


@contextmanager
def network() -> Iterator[Network]:
    """Give a network that has nothing but its own loopback."""
    name = f"kiosk-{os.getpid()}"
    run("ip", "netns", "add", name)
    made = Network(name)
    try:
        run(*made.words("ip", "link", "set", "lo", "up"))
        yield made
    finally:
        made.close()
        run("ip", "netns", "delete", name)


def run(*words: str) -> str:
    """Run a command; anything but success is an error."""
    done = subprocess.run(words, check=False, capture_output=True, text=True)
    assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
    return done.stdout


def missing() -> list[str]:
    """Name the programs that are not here; Debian's docker.io, docker-compose, debootstrap have them."""
    return [each for each in PROGRAMS if shutil.which(each) is None]


@contextmanager
def engine(
    folder: Path, before: Sequence[str] = (), more: Sequence[str] = ()
) -> Iterator[Callable[..., str]]:
    """Run an engine; give what runs a command of its client.

    Args:
        folder: all that it keeps; the next engine in it has the same images.
        before: words before its command, such as those that enter a network.
        more: further options.
    """
    at = f"unix://{folder / 'socket'}"
    words = ["dockerd", f"--data-root={folder / 'data'}", f"--exec-root={folder / 'run'}", "-H", at]
    with (folder / "engine.log").open("ab") as log:
        daemon = subprocess.Popen(
            [*before, *words, f"--pidfile={folder / 'pid'}", *more], stdout=log, stderr=log
        )
    try:
        _wait_for(at, daemon)
        yield lambda *asked: run("docker", "-H", at, *asked)
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(START_S)
        _unmount(folder)


def _unmount(folder: Path) -> None:
    """Take away what an engine leaves mounted in its folder: its own network."""
    mounted = [line.split()[1] for line in Path("/proc/mounts").read_text("utf-8").splitlines()]
    for place in sorted((each for each in mounted if each.startswith(f"{folder}/")), reverse=True):
        run("umount", place)


def _wait_for(at: str, daemon: subprocess.Popen[bytes]) -> None:
    never = threading.Event()
    for _ in range(int(START_S / 0.25)):
        assert daemon.poll() is None, "the engine ended: see engine.log"
        asked = subprocess.run(["docker", "-H", at, "version"], check=False, capture_output=True)  # noqa: S607 - found by PATH
        if asked.returncode == 0:
            return
        never.wait(0.25)
    raise AssertionError("the engine did not start: see engine.log")
