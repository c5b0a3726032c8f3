"""The real central service as processes of its own, and terminals that speak to it over HTTP."""

from __future__ import annotations

import contextlib
import io
import select
import signal
import subprocess
import sys
import uuid
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import requests

from kiosk.central.command import main
from kiosk.keys import TerminalKey
from tests.central.room import TerminalAuth, pairing_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_S = 45.0


@dataclass
class Served:
    """One process that answers at `url`."""

    process: subprocess.Popen[bytes]
    url: str
    database: str
    keys: Path

    def say(self, *arguments: str) -> str:
        """Run a command at the console of this central and return what it said."""
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            status = main(["--database", self.database, "--keys", str(self.keys), *arguments])
        assert status == 0, said.getvalue()
        return said.getvalue().strip()

    def paired(self, terminal: str) -> requests.Session:
        """Pair a terminal and return the connection over which it signs."""
        key = TerminalKey(uuid.uuid4().bytes * 2)
        asked = pairing_request(self.say("pair", terminal), key)
        answer = requests.post(f"{self.url}/v1/pairings", json=asked, timeout=10)
        session = requests.Session()
        session.trust_env = False
        session.auth = TerminalAuth(terminal, answer.json()["token"], key)
        return session

    def tool(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.say('desk-token')}"}

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(START_S)


@contextmanager
def served(database: str, folder: Path, *arguments: str, port: int = 0) -> Iterator[Served]:
    ready, keys = folder / f"ready-{uuid.uuid4()}.json", folder / "central.keys"
    log = ready.with_suffix(".log")  # a pipe that nobody reads is full after some hundred requests
    command = [sys.executable, "-m", "kiosk.central", "--database", database, "--port", str(port)]
    with log.open("wb") as written:
        process = subprocess.Popen(
            [*command, "--keys", str(keys), "--ready-file", str(ready), *arguments],
            stdout=subprocess.PIPE,
            stderr=written,
        )
    try:
        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], START_S)
        line = process.stdout.readline() if readable else b""
        assert b"listens at" in line, log.read_bytes() or line
        url = line.decode().split("listens at ")[1].split(";")[0]
        yield Served(process, url, database, keys)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_S)
        if process.stdout is not None:
            process.stdout.close()
