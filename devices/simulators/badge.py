"""A simulated serial card reader as a program.

Responsible for: the loop that joins wire and control socket, and presenting cards as a person would.
Not responsible for: the bytes of a frame (`frames`).
"""

import random
import select
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.simulators.control import Answer, Control
from devices.simulators.frames import frame
from devices.simulators.wire import Wire

LONGEST_WAIT_S: Final = 0.5
REPEAT_S: Final = 0.05
FLUSH_WAIT_S: Final = 0.002
DEFAULT_JUNK: Final = 64
DEFAULT_LATE_S: Final = 2.0
LONGEST_DISCARD: Final = 4096


@dataclass(frozen=True, slots=True)
class Framing:
    """How a reader frames a card.

    Attributes:
        kind: one of the kinds of `frames`.
        suffix: how its lines end, where it sends lines.
    """

    kind: str
    suffix: str = "crlf"


class BadgeSimulator:
    """Run one simulated reader; everything happens on the thread that calls `run`.

    Args:
        wire: how it is reached.
        control: where the control socket stands.
        framing: how the reader frames a card.
    """

    def __init__(self, wire: Wire, control: Path, framing: Framing) -> None:
        self._wire = wire
        self._control = Control(control, self._obey)
        self._framing = framing
        self._lying: bytes = b""
        self._due: list[tuple[float, bytes]] = []
        self._is_mute = False
        self._is_double = False
        self._late_s = 0.0
        self._next = 0.0
        self._presented = 0
        self._going = True
        self._junk = random.Random(1)  # noqa: S311 - noise on a line, not a secret
        self._wire.plug()

    def run(self) -> None:
        """Run until told to quit."""
        try:
            while self._going:
                self._turn()
        finally:
            self._control.close()
            self._wire.unplug()

    def _turn(self) -> None:
        now = time.monotonic()
        if self._lying and now >= self._next:
            self._send(self._lying)
            self._next = now + REPEAT_S
        for at, sent in [each for each in self._due if each[0] <= now]:
            self._due.remove((at, sent))
            self._wire.write(sent)
        self._wire.read(now, LONGEST_DISCARD)
        pending = self._wire.flush(now)
        wait = FLUSH_WAIT_S if pending else REPEAT_S if self._lying or self._due else LONGEST_WAIT_S
        ready, _, _ = select.select(self._control.sockets(), [], [], wait)
        self._control.serve(ready)

    def _obey(self, verb: str, words: list[str]) -> Answer:
        order = self._orders().get(verb)
        if order is None:
            raise ValueError(f"unknown command '{verb}'; known are {', '.join(sorted(self._orders()))}")
        order(words)
        return {
            "presented": self._presented,
            "kind": self._framing.kind,
            "plugged": self._wire.is_plugged,
            "connected": self._wire.is_connected,
            "link": str(self._wire.path),
        }

    def _orders(self) -> dict[str, Callable[[list[str]], None]]:
        return {
            "card": lambda words: self._present(self._frame(words)),
            "hold": self._hold,
            "remove": lambda _: self._remove(),
            "torn": lambda words: self._present(self._frame(words)[:7]),
            "garbage": lambda words: self._wire.write(
                self._junk.randbytes(int(words[0]) if words else DEFAULT_JUNK)
            ),
            "text": lambda words: self._present(" ".join(words).encode() + b"\r\n"),
            "unplug": lambda _: self._wire.unplug(),
            "replug": lambda words: self._wire.plug(Path(words[0]) if words else None),
            "mute": lambda _: setattr(self, "_is_mute", True),
            "double": lambda _: setattr(self, "_is_double", True),
            "late": lambda words: setattr(self, "_late_s", float(words[0]) if words else DEFAULT_LATE_S),
            "ok": lambda _: self._mend(),
            "status": lambda _: None,
            "quit": lambda _: self._quit(),
        }

    def _frame(self, words: list[str]) -> bytes:
        if not words:
            raise ValueError("say which card, for instance 'card 04A1B2C3D4'")
        return frame(self._framing.kind, " ".join(words), self._framing.suffix)

    def _present(self, sent: bytes) -> None:
        self._presented += 1
        self._send(sent)

    def _send(self, sent: bytes) -> None:
        """Let a frame go as the faults have it: never, twice, or later."""
        if not self._is_mute:
            self._due.append((time.monotonic() + self._late_s, sent * (2 if self._is_double else 1)))

    def _hold(self, words: list[str]) -> None:
        """Lay a card down: some readers then repeat it until it is taken away."""
        self._lying = self._frame(words)
        self._next = 0.0
        self._presented += 1

    def _remove(self) -> None:
        self._lying = b""

    def _mend(self) -> None:
        self._remove()
        self._is_mute = self._is_double = False
        self._late_s = 0.0

    def _quit(self) -> None:
        self._going = False
