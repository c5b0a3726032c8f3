"""Headphones as the sound server knows them: PulseAudio, or PipeWire in its place.

Responsible for: what ``pactl`` tells of the ports of its cards, and a look at each change.
Not responsible for: playing anything (the speech room).
"""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any, Final

from devices.links.link import READ_CHUNK, absent, lost
from kiosk.core.hardware import Headphones, HeadphonesChanged

PROGRAM: Final = "pactl"
PERIOD_S: Final = 30.0
ANSWER_S: Final = 2.0
TYPES: Final = frozenset({"Headphones", "Headset"})
STATES: Final = {"available": Headphones.IN, "not available": Headphones.OUT}


def headphones_of(cards: Sequence[Any]) -> Headphones:
    """Say whether any headphone port is plugged in; out only when every one says so, otherwise unknown.

    Args:
        cards: what ``pactl --format=json list cards`` prints; anything else in it is passed over.
    """
    states = [STATES.get(str(port.get("availability")), Headphones.UNKNOWN) for port in _ports(cards)]
    if Headphones.IN in states:
        return Headphones.IN
    return Headphones.OUT if states and set(states) == {Headphones.OUT} else Headphones.UNKNOWN


def _ports(cards: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for card in cards:
        ports = card.get("ports") if isinstance(card, dict) else None
        for name, port in ports.items() if isinstance(ports, dict) else ():
            if isinstance(port, dict) and _is_headphones(str(name), port):
                yield port


def _is_headphones(name: str, port: dict[str, Any]) -> bool:
    return port.get("type") in TYPES or "headphone" in name


class SoundServerSource:
    """The sound server of the account under which the terminal runs.

    Args:
        device: what facts call it.
    """

    period_s = PERIOD_S

    def __init__(self, device: str) -> None:
        self._device = device
        self._changes: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Find the server and subscribe to its changes."""
        self.close()
        if shutil.which(PROGRAM) is None:
            raise absent(PROGRAM, "it is not installed")
        if not self._ask("info"):
            raise absent(PROGRAM, "no sound server answers")
        self._changes = subprocess.Popen(
            [PROGRAM, "subscribe"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        os.set_blocking(self.descriptor(), False)

    def descriptor(self) -> int:
        """The list of changes wakes."""
        if self._changes is None or self._changes.stdout is None:
            raise lost(PROGRAM, "not open")
        return self._changes.stdout.fileno()

    def look(self) -> HeadphonesChanged:
        """Ask for the ports of all cards."""
        self._take_changes()
        try:
            cards = json.loads(self._ask("list", "cards") or "null")
        except ValueError as error:
            raise lost(PROGRAM, "it answers no JSON") from error
        if not isinstance(cards, list):
            raise lost(PROGRAM, "the sound server is gone")
        return HeadphonesChanged(self._device, headphones_of(cards))

    def close(self) -> None:
        """End the subscription."""
        changes, self._changes = self._changes, None
        if changes is not None:
            with changes:
                changes.kill()

    def unknown(self) -> HeadphonesChanged:
        """Nobody can tell."""
        return HeadphonesChanged(self._device, Headphones.UNKNOWN)

    def _take_changes(self) -> None:
        """Take the changes of which we were told; what they are about is seen by looking."""
        with contextlib.suppress(BlockingIOError):
            while True:
                if not os.read(self.descriptor(), READ_CHUNK):
                    raise lost(PROGRAM, "the sound server is gone")

    def _ask(self, *words: str) -> bytes:
        try:
            asked = subprocess.run(
                [PROGRAM, "--format=json", *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=ANSWER_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return b""
        return asked.stdout if asked.returncode == 0 else b""
