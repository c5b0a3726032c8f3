"""A sound server without loudspeakers, and an ear at its output: when there was sound, and how loud."""

import array
import math
import os
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

RATE_HZ = 22_050
QUIET = 40
"""Samples below this are silence: the null sink adds no noise, voices begin softly."""
SOON_S = 20.0


@contextmanager
def sound_server(folder: Path) -> Iterator[str]:
    """Run PulseAudio with a null sink; yields the address that PULSE_SERVER takes."""
    socket = folder / "pulse.socket"
    modules = [
        "--load=module-null-sink sink_name=room rate=22050 channels=1",
        f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1",
    ]
    options = ["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes"]
    env = {**os.environ, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    server = subprocess.Popen(
        ["/usr/bin/pulseaudio", *options, *modules],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=env,
    )
    try:
        _until_answers(f"unix:{socket}")
        yield f"unix:{socket}"
    finally:
        server.kill()
        server.wait()


def _until_answers(address: str) -> None:
    until = time.monotonic() + SOON_S
    while time.monotonic() < until:
        asked = subprocess.run(
            ["/usr/bin/pactl", "--server", address, "info"], capture_output=True, check=False
        )
        if asked.returncode == 0:
            return
    raise AssertionError("the sound server did not start")


class Ear:
    """Hear what comes out of the null sink."""

    def __init__(self, address: str) -> None:
        form = ["--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=5"]
        self._process = subprocess.Popen(
            ["/usr/bin/parec", "--server", address, "--device=room.monitor", *form],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._heard_until(lambda _: True)

    def close(self) -> None:
        """Stop hearing."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def until_sound(self) -> float:
        """Wait for sound; return when it came, in seconds of the monotonic clock."""
        return self._heard_until(lambda peak: peak > QUIET)

    def until_silence(self, seconds: float = 0.5) -> float:
        """Wait for silence that lasts; return when the last sound was."""
        last, since = time.monotonic(), 0.0
        while since < seconds:
            at, peak, length = self._chunk()
            if peak > QUIET:
                last, since = at, 0.0
            else:
                since += length
        return last

    def loudness(self, seconds: float) -> float:
        """Return the root mean square of what is heard for a while, from its first sound on."""
        self.until_sound()
        squares, count = 0.0, 0
        while count < seconds * RATE_HZ:
            samples = array.array("h", self._bytes())
            squares += sum(s * s for s in samples)
            count += len(samples)
        return math.sqrt(squares / count)

    def _heard_until(self, holds: Callable[[int], bool]) -> float:
        while True:
            at, peak, _ = self._chunk()
            if holds(peak):
                return at

    def _chunk(self) -> tuple[float, int, float]:
        samples = array.array("h", self._bytes())
        return time.monotonic(), max(map(abs, samples), default=0), len(samples) / RATE_HZ

    def _bytes(self) -> bytes:
        assert self._process.stdout is not None
        readable, _, _ = select.select([self._process.stdout], [], [], SOON_S)
        assert readable, "the sound server says nothing"
        content = os.read(self._process.stdout.fileno(), 4096)
        assert content, "the sound server is gone"
        return content[: len(content) // 2 * 2]


def streams(address: str) -> int:
    """Count what plays on the server just now."""
    told = subprocess.run(
        ["/usr/bin/pactl", "--server", address, "list", "short", "sink-inputs"],
        capture_output=True,
        text=True,
        check=True,
    )
    return len(told.stdout.splitlines())
