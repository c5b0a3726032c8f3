"""The processes of a stand: simulated devices, and a real central service.

Responsible for: starting them, speaking to their control sockets, and ending them.
Not responsible for: the terminal itself (`kiosk.rehearse.stand`).
"""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.errors import RehearsalError

START_S = 60.0
LOOK_AGAIN_S = 0.02
CONTROL_S = 5.0
PR_SET_PDEATHSIG = 1


class Process:
    """One child process with a log file of its own; ends with the stand."""

    def __init__(self, name: str, command: Sequence[str], log: Path) -> None:
        self.name = name
        self._log = log
        with log.open("ab") as file:
            self._child = subprocess.Popen(
                [sys.executable, "-m", *command],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,  # noqa: PLW1509 - nothing but one system call happens in there
            )

    def wait_for(self, path: Path) -> None:
        """Wait until the process has made a file or socket.

        Raises:
            RehearsalError: it ended, or did not in time.
        """
        until = time.monotonic() + START_S
        while not path.exists():
            if self._child.poll() is not None or time.monotonic() > until:
                raise RehearsalError(
                    "WALK-030", f"The {self.name} did not start.", f"Look at {self._log}.", str(path)
                )
            self._pause()

    def _pause(self) -> None:
        try:
            self._child.wait(LOOK_AGAIN_S)
        except subprocess.TimeoutExpired:
            return

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, for instance to let it stand still."""
        self._child.send_signal(number)

    def close(self) -> None:
        """End it; may be called twice."""
        if self._child.poll() is None:
            self._child.send_signal(signal.SIGCONT)
            self._child.terminate()
            try:
                self._child.wait(CONTROL_S)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()


def _end_with_parent() -> None:
    """Let the kernel end the child when its parent is killed, so that nothing is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))


def say(control: Path, line: str) -> dict[str, Any]:
    """Give a simulator one command on its control socket and return its answer.

    Raises:
        RehearsalError: it does not listen, or refuses the command.
    """
    try:
        with socket.socket(socket.AF_UNIX) as caller:
            caller.settimeout(CONTROL_S)
            caller.connect(str(control))
            caller.sendall(line.encode() + b"\n")
            with caller.makefile("rb") as answers:
                answer: dict[str, Any] = json.loads(answers.readline() or b"{}")
    except (OSError, ValueError) as problem:
        raise RehearsalError("WALK-031", "A simulated device does not answer.", "Start again.") from problem
    if not answer.get("ok"):
        why = answer.get("problem") or "no reason given"
        raise RehearsalError(
            "WALK-032", f"The simulated device refused '{line}': {why}.", "Correct the walk."
        )
    return answer


def run_once(words: Sequence[str]) -> str:
    """Run one of our own commands to its end and return what it printed.

    Raises:
        RehearsalError: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=START_S,
        env=os.environ,
    )
    if done.returncode:
        raise RehearsalError(
            "WALK-033", f"'{' '.join(words[:3])}' failed.", (done.stderr or "Look at it.")[-400:]
        )
    return done.stdout.strip()
