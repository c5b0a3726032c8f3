"""The two programs that make sound: espeak-ng, and the sound server's player.

Responsible for: starting each, moving samples between them, and ending them at once.
Not responsible for: what is said, and when (`kiosk.speech.speaker`).

Both are processes of their own, because a process can be ended in a millisecond, whatever it is doing; a
library in our own process cannot, and the glass's must not make sound at all (kivy issue 9023).
"""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kiosk.speech import voices
from kiosk.speech.loudness import server_volume
from kiosk.speech.sound import CHANNELS, HEADER_BYTES, RATE_HZ

CHUNK: Final = 4096
LATENCY_MS: Final = 30
"""How far the sound server may be ahead; less of it crackles on busy machines."""


@dataclass(frozen=True, slots=True)
class Programs:
    """Where the programs are.

    Attributes:
        espeak: path of espeak-ng.
        pacat: path of the sound server's player.
    """

    espeak: str
    pacat: str


class Player:
    """One run of the player: takes samples, and is ended or comes to its end."""

    def __init__(self, program: str, volume: int) -> None:
        self.volume = volume
        words = ["--playback", "--raw", "--format=s16le", f"--rate={RATE_HZ}", f"--channels={CHANNELS}"]
        ours = ["--client-name=kiosk", f"--latency-msec={LATENCY_MS}", f"--volume={server_volume(volume)}"]
        self._process = subprocess.Popen(
            [program, *words, *ours],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def write(self, samples: bytes) -> None:
        """Hand samples over; blocks while the player has enough.

        Raises:
            BrokenPipeError: it was ended, or there is no sound server.
        """
        pipe = self._process.stdin
        rest = memoryview(samples)
        while rest and pipe is not None:
            rest = rest[pipe.write(rest) or 0 :]

    def finish(self) -> bool:
        """Let it play what it has; blocks until then. Says whether it came to its end by itself."""
        self._close_pipe()
        return self._process.wait() == 0

    def end(self) -> None:
        """End it at once; any thread."""
        self._process.kill()

    def reap(self) -> None:
        """End it at once, and wait until it is gone."""
        self._process.kill()
        self._close_pipe()
        self._process.wait()

    @property
    def is_running(self) -> bool:
        """Say whether it waits for samples."""
        return self._process.poll() is None

    def _close_pipe(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()


class Voice:
    """One run of espeak-ng: reads a text aloud into samples."""

    def __init__(self, program: str, voice: str, rate: int, text: str) -> None:
        self._process = subprocess.Popen(
            voices.command(program, voice, rate),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )
        self._text = text

    def samples(self) -> Iterator[bytes]:
        """Read the samples as they are made; blocks. Ends early when it is ended from outside."""
        if self._process.stdin is None or self._process.stdout is None:
            return
        try:
            self._process.stdin.write(self._text.encode("utf-8", "replace"))
            self._process.stdin.close()
        except BrokenPipeError:
            return
        skip = HEADER_BYTES
        while chunk := os.read(self._process.stdout.fileno(), CHUNK):
            yield chunk[skip:]
            skip = max(0, skip - len(chunk))

    def end(self) -> None:
        """End it at once; any thread."""
        self._process.kill()

    def reap(self) -> bool:
        """Wait until it is gone; says whether it came to its end by itself."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        return self._process.wait() == 0
