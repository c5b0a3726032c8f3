"""A simulated receipt printer as a program.

Responsible for: the loop that joins wire, mechanism and control socket; fault commands; ticket files.
Not responsible for: what bytes mean (`mechanism`, `interpreter`).
"""

import random
import select
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from devices.simulators.control import Answer, Control
from devices.simulators.mechanism import Build, Mechanism
from devices.simulators.photograph import photograph
from devices.simulators.slip import Slip
from devices.simulators.wire import Wire

LONGEST_WAIT_S: Final = 0.5
SHORTEST_WAIT_S: Final = 0.002
DEFAULT_LATE_S: Final = 6.0
DEFAULT_JUNK: Final = 64
OFF_S: Final = 1.0
"""Nobody turns a switch off and on more quickly, and printers take longer to wake."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a simulated printer can be found."""

    control: Path
    out: Path


class PrinterSimulator:
    """Run one simulated printer; everything happens on the thread that calls `run`.

    Args:
        places: control socket, folder for tickets.
        wire: how it is reached.
        build: width, speed, model.
        paper_lines: lines left on the roll; None for a roll that never ends.
    """

    def __init__(self, places: Places, wire: Wire, build: Build, paper_lines: int | None = None) -> None:
        places.out.mkdir(parents=True, exist_ok=True)
        self._places = places
        self._wire = wire
        self._machine = Mechanism(build, self._say, self._keep)
        self._control = Control(places.control, self._obey)
        self._count = 0
        self._newest: Path | None = None
        self._going = True
        self._junk = random.Random(1)  # noqa: S311 - noise on a line, not a secret
        if paper_lines is not None:
            self._machine.faults.lines_left(paper_lines)
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
        if not self._machine.faults.stall:
            self._machine.receive(self._wire.read(now, self._machine.room))
        due = self._machine.run(now)
        pending = self._wire.flush(now)
        wait = LONGEST_WAIT_S if due is None else min(LONGEST_WAIT_S, max(0.0, due - now))
        listening = self._wire.is_plugged and self._machine.room > 0 and not self._machine.faults.stall
        readers: list[socket.socket | int] = list(self._control.sockets())
        if listening:
            readers.append(self._wire.master)
        ready, _, _ = select.select(readers, [], [], SHORTEST_WAIT_S if pending else wait)
        if self._wire.master in ready:
            self._breathe(now)
        self._control.serve(ready)

    def _breathe(self, now: float) -> None:
        """Let a slow line collect a few bytes instead of turning the loop for each."""
        if time.monotonic() - now < SHORTEST_WAIT_S:
            select.select(self._control.sockets(), [], [], SHORTEST_WAIT_S)

    def _say(self, answer: bytes) -> None:
        faults = self._machine.faults
        if not faults.mute and not faults.stall:
            self._wire.write(answer * 2 if faults.double else answer)

    def _keep(self, slip: Slip) -> None:
        self._count += 1
        self._newest = self._places.out / f"ticket-{self._count:04}.png"
        self._newest.with_suffix(".txt").write_text("\n".join(slip.lines) + "\n", "utf-8")
        fresh = self._newest.with_suffix(".part")
        photograph(slip).save(fresh, "PNG")
        fresh.replace(self._newest)

    def _obey(self, verb: str, words: list[str]) -> Answer:
        order = self._orders().get(verb)
        if order is None:
            raise ValueError(f"unknown command '{verb}'; known are {', '.join(sorted(self._orders()))}")
        order(words)
        self._machine.run(time.monotonic())
        return self._status()

    def _orders(self) -> dict[str, Callable[[list[str]], None]]:
        faults = self._machine.faults
        return {
            "ok": lambda _: self._mend(),
            "status": lambda _: None,
            "paper": lambda words: faults.lines_left(_number(words)),
            "paper-out": lambda _: faults.lines_left(0),
            "new-roll": lambda _: self._machine.new_roll(),
            "near-end": lambda _: setattr(faults, "near_end", True),
            "cover-open": lambda _: setattr(faults, "cover_open", True),
            "cover-close": lambda _: setattr(faults, "cover_open", False),
            "jam": lambda _: setattr(faults, "jam", True),
            "cutter": lambda _: setattr(faults, "cutter", True),
            "hot": lambda _: setattr(faults, "overheated", True),
            "broken": lambda _: setattr(faults, "broken", True),
            "mute": lambda _: setattr(faults, "mute", True),
            "stall": lambda _: setattr(faults, "stall", True),
            "late": lambda words: setattr(faults, "late_s", _seconds(words)),
            "double": lambda _: setattr(faults, "double", True),
            "clone": lambda _: setattr(faults, "has_completion", False),
            "bare": lambda _: self._make_bare(),
            "no-asb": lambda _: setattr(faults, "lacks_asb", True),
            "nameless": lambda _: setattr(faults, "nameless", True),
            "no-clear": lambda _: setattr(faults, "has_clear", False),
            "garbage": lambda words: self._babble(_number(words) if words else DEFAULT_JUNK),
            "unplug": lambda _: self._wire.unplug(),
            "replug": lambda words: self._wire.plug(Path(words[0]) if words else None),
            "power-cycle": lambda _: self._machine.power_cycle(time.monotonic() + OFF_S),
            "view": lambda _: self._show_unfinished(),
            "quit": lambda _: self._quit(),
        }

    def _mend(self) -> None:
        """Set everything right: new roll, cover shut, all quirks gone; the cable stays as it is."""
        self._machine.new_roll()
        faults = self._machine.faults
        fresh = type(faults)()
        for name in fresh.__slots__:
            setattr(faults, name, getattr(fresh, name))

    def _make_bare(self) -> None:
        self._machine.faults.has_completion = False
        self._machine.faults.has_queued_status = False

    def _babble(self, count: int) -> None:
        self._wire.write(self._junk.randbytes(count))

    def _show_unfinished(self) -> None:
        """Save a picture of what sticks out of the printer and is not cut off."""
        photograph(self._machine.slip).save(self._places.out / "unfinished.png")

    def _quit(self) -> None:
        self._going = False

    def _status(self) -> Answer:
        faults = self._machine.faults
        return {
            "tickets": self._count,
            "newest": str(self._newest or ""),
            "unfinished": [line for line in self._machine.slip.lines if line.strip()],
            "buffered": self._machine.waiting_bytes,
            "plugged": self._wire.is_plugged,
            "link": str(self._wire.path),
            "faults": {name: getattr(faults, name) for name in faults.__slots__},
        }


def _number(words: list[str]) -> int:
    if len(words) != 1 or not words[0].isdecimal():
        raise ValueError("say how many, for instance 'paper 4'")
    return int(words[0])


def _seconds(words: list[str]) -> float:
    return float(words[0]) if words else DEFAULT_LATE_S
