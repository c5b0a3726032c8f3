"""A program that is run for its output, and that is never waited for longer than was said.

Responsible for: bounds of time and size, ending it cleanly, and leaving nobody behind.
Not responsible for: what it is asked, or what its output means (`scanimage`).
"""

import contextlib
import os
import select
import signal
import subprocess
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from kiosk.errors import LinkAbsent

KEPT_VARIABLES: Final = ("HOME", "PATH", "SANE_CONFIG_DIR", "LD_LIBRARY_PATH", "XDG_RUNTIME_DIR")
CHUNK: Final = 256 * 1024
MOST_TOLD: Final = 16 * 1024
LINGER_S: Final = 2.0
"""So long a scanner has to bring its lamp home after it was told to stop."""

Wait = Callable[[float, Iterable[int]], Sequence[int]]
"""Waits so many seconds for descriptors, and returns those that can be read; may return early."""


class End(StrEnum):
    """How a run ended."""

    DONE = "done"
    LATE = "late"
    LARGE = "large"
    DROPPED = "dropped"
    """Nobody wants it any more."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How long a run may take, and how much may come of it."""

    seconds: float
    most_bytes: int


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of a run.

    Attributes:
        output: of standard output; not shown: it may be somebody's letter.
        told: on standard error.
    """

    end: End
    output: bytes | bytearray = field(repr=False)
    told: str
    code: int | None


def run(
    words: Sequence[str],
    bounds: Bounds,
    *,
    now: Callable[[], float],
    wait: Wait,
    is_wanted: Callable[[], bool],
) -> Ran:
    """Run a program to its end, or as long as it is wanted and allowed; blocks in `wait` only.

    Raises:
        LinkAbsent: DEVICE-006, the program is not there.
    """
    child = _start(words)
    assert child.stdout is not None  # noqa: S101 - opened as a pipe
    assert child.stderr is not None  # noqa: S101 - as above
    output, told = child.stdout.fileno(), child.stderr.fileno()
    heard: dict[int, bytearray] = {output: bytearray(), told: bytearray()}
    until, is_open, end = now() + bounds.seconds, {output, told}, End.DONE
    try:
        while is_open:
            ready = wait(max(0.0, until - now()), tuple(is_open))
            is_open -= {each for each in ready if each in is_open and not _read(each, heard[each])}
            del heard[told][MOST_TOLD:]
            end = _verdict(is_wanted(), late=now() >= until, large=len(heard[output]) > bounds.most_bytes)
            if end is not End.DONE:
                break
    finally:
        code = _let_go(child, at_once=end is not End.DONE)
    return Ran(end, heard[output], heard[told].decode("utf-8", "replace"), code)


def wait_here(seconds: float, readers: Iterable[int]) -> Sequence[int]:
    """Wait on the caller's own thread; for commands."""
    return select.select(readers, [], [], seconds)[0]


def _verdict(wanted: bool, *, late: bool, large: bool) -> End:  # noqa: FBT001 - one of three of a kind
    if not wanted:
        return End.DROPPED
    return End.LARGE if large else End.LATE if late else End.DONE


def _start(words: Sequence[str]) -> "subprocess.Popen[bytes]":
    environment = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    try:
        return subprocess.Popen(
            words,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={**environment, "LC_ALL": "C"},
            start_new_session=True,
        )
    except OSError as problem:
        raise LinkAbsent(
            "DEVICE-006",
            f"The program '{words[0]}' that drives document scanners is not there.",
            "Install it: apt install sane-utils.",
        ) from problem


def _read(descriptor: int, heard: bytearray) -> bool:
    """Take what is there; False at its end."""
    chunk = os.read(descriptor, CHUNK)
    heard += chunk
    return bool(chunk)


def _let_go(child: "subprocess.Popen[bytes]", *, at_once: bool) -> int | None:
    """End the program, with all it has started, unless it is ending by itself."""
    for end in (child.stdout, child.stderr):
        if end is not None:
            end.close()
    orders = (signal.SIGINT, signal.SIGKILL) if at_once else (signal.SIGKILL,)
    with contextlib.suppress(subprocess.TimeoutExpired):
        if not at_once:
            return child.wait(LINGER_S)
    for order in orders:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, order)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return child.wait(LINGER_S)
    return None
