"""The language of NUT's server, as far as one UPS is asked how it is.

Responsible for: the question, and its answer out of bytes split anywhere; bounded memory, never raises.
Not responsible for: the connection (`nut`). Source: RFC 9271.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kiosk.core.hardware import PowerChanged, PowerSource

LONGEST_LINE: Final = 1024
MOST_VARIABLES: Final = 512
S_PER_MINUTE: Final = 60
VARIABLE: Final = re.compile(r'VAR (?P<ups>\S+) (?P<name>[a-z0-9._-]{1,64}) "(?P<value>(?:[^"\\]|\\.)*)"')
ON_LINE, ON_BATTERY, LOW_BATTERY, SHUTTING_DOWN = "OL", "OB", "LB", "FSD"


@dataclass(frozen=True, slots=True)
class Variables:
    """All that the server told of a UPS."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Refused:
    """The server cannot tell; the reason is its own word, for instance ``DATA-STALE``."""

    reason: str


def question(ups: str) -> bytes:
    """Ask for everything that is known of a UPS."""
    return f"LIST VAR {ups}\n".encode("ascii")


class NutCodec:
    """Collect one answer at a time.

    Args:
        ups: the name under which the server knows it.
    """

    def __init__(self, ups: str) -> None:
        self._ups = ups
        self._line = bytearray()
        self._is_too_long = False
        self._values: dict[str, str] = {}

    def feed(self, received: bytes) -> list[Variables | Refused]:
        """Take bytes and return each answer that they complete."""
        answers: list[Variables | Refused] = []
        *ended, rest = received.split(b"\n")
        for piece in ended:
            self._add(piece)
            line, is_too_long = self._line.decode("utf-8", "replace").rstrip("\r"), self._is_too_long
            self._line.clear()
            self._is_too_long = False
            answer = None if is_too_long else self._take(line)
            if answer is not None:
                answers.append(answer)
        self._add(rest)
        return answers

    def _add(self, piece: bytes) -> None:
        room = LONGEST_LINE - len(self._line)
        self._line += piece[:room]
        self._is_too_long |= len(piece) > room

    def _take(self, line: str) -> Variables | Refused | None:
        if line == f"BEGIN LIST VAR {self._ups}":
            self._values = {}
        elif line == f"END LIST VAR {self._ups}":
            told, self._values = self._values, {}
            return Variables(told)
        elif line.startswith("ERR "):
            return Refused(line.removeprefix("ERR ").split(" ")[0])
        elif (found := VARIABLE.fullmatch(line)) and found["ups"] == self._ups:
            self._keep(found["name"], re.sub(r"\\(.)", r"\1", found["value"]))
        return None

    def _keep(self, name: str, value: str) -> None:
        if len(self._values) < MOST_VARIABLES:
            self._values[name] = value


def power_of(values: Mapping[str, str], device: str) -> PowerChanged:
    """Say what feeds the machine, from the variables of its UPS (NUT's own names)."""
    status = values.get("ups.status", "").split()
    seconds = _whole(values.get("battery.runtime", ""))
    if ON_BATTERY in status or SHUTTING_DOWN in status:
        source = PowerSource.BATTERY
    else:
        source = PowerSource.MAINS if ON_LINE in status else PowerSource.UNKNOWN
    return PowerChanged(
        device,
        source,
        charge=_whole(values.get("battery.charge", "")),
        minutes_left=seconds // S_PER_MINUTE if seconds >= 0 else -1,
        is_low=LOW_BATTERY in status or SHUTTING_DOWN in status,
    )


def _whole(text: str) -> int:
    """Return a number as whole; NUT writes some with a fraction. -1 for anything else."""
    found = re.fullmatch(r"(\d{1,9})(?:\.\d*)?", text)
    return int(found[1]) if found else -1
