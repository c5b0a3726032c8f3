"""The control socket of a simulator: one command a line, one JSON line as answer.

Responsible for: listening on a unix socket, splitting lines, and carrying answers back.
Not responsible for: what a command does; the simulator's own `obey` decides.
"""

import contextlib
import json
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

LONGEST_LINE: Final = 4096

Answer = dict[str, object]
Obey = Callable[[str, list[str]], Answer]


class Control:
    """A listening control socket, driven by the simulator's own loop.

    Args:
        path: where the socket stands.
        obey: carries out a command with its arguments; a ValueError is told to the caller as the reason.
    """

    def __init__(self, path: Path, obey: Obey) -> None:
        self._path = path
        self._obey = obey
        self._callers: dict[socket.socket, bytes] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        # It gets its name only once it listens: whoever sees the name is answered.
        draft = path.with_name(f".{path.name}")
        draft.unlink(missing_ok=True)
        self._listener.bind(str(draft))
        self._listener.listen()
        draft.replace(path)
        self._listener.setblocking(False)  # noqa: FBT003 - the system's own signature

    def sockets(self) -> list[socket.socket]:
        """Return what to wait on."""
        return [self._listener, *self._callers]

    def serve(self, ready: Sequence[socket.socket | int]) -> None:
        """Answer those that have something to say."""
        for caller in [caller for caller in self._callers if caller in ready]:
            self._hear(caller)
        if self._listener in ready:
            with contextlib.suppress(OSError):
                caller, _ = self._listener.accept()
                caller.settimeout(1.0)
                self._callers[caller] = b""

    def close(self) -> None:
        """Stop listening."""
        for caller in [self._listener, *self._callers]:
            caller.close()
        self._path.unlink(missing_ok=True)

    def _hear(self, caller: socket.socket) -> None:
        try:
            came = caller.recv(LONGEST_LINE)
            *lines, rest = (self._callers[caller] + came).split(b"\n")
            for line in lines:
                caller.sendall(json.dumps(self._answer(line)).encode() + b"\n")
        except OSError:
            came, rest = b"", b""
        self._callers[caller] = rest[-LONGEST_LINE:]
        if not came:
            del self._callers[caller]
            caller.close()

    def _answer(self, line: bytes) -> Answer:
        try:
            verb, words = _read(line.decode("utf-8").strip())
            return {"ok": True, **self._obey(verb, words)}
        except ValueError as error:
            return {"ok": False, "problem": str(error)}


def _read(line: str) -> tuple[str, list[str]]:
    """Read ``paper 4`` or ``{"do": "paper", "with": ["4"]}``."""
    if line.startswith("{"):
        asked = json.loads(line)
        return str(asked.get("do", "")), [str(word) for word in asked.get("with", [])]
    verb, *words = line.split() or [""]
    return verb, words


def ask(path: Path, line: str, timeout_s: float = 5.0) -> Answer:
    """Send one command to a simulator and return its answer; for the panel and the command line.

    Raises:
        OSError: no simulator listens there.
    """
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as caller:
        caller.settimeout(timeout_s)
        caller.connect(str(path))
        caller.sendall(line.encode() + b"\n")
        with caller.makefile("rb") as answers:
            answer: Answer = json.loads(answers.readline() or b"{}")
    return answer
