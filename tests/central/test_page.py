"""docs/central-api.md is true: its own commands, in their order, lead from nothing to an accepted case."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "central-api.md"
PORT_ON_THE_PAGE = "8311"
BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVER = re.compile(r"python -m kiosk central (?=--)")
PARTED = "--- next block ---"
START_S = 60.0


def blocks(page: str) -> list[str]:
    return BLOCK.findall(page)


@dataclass(frozen=True)
class Reader:
    """Somebody who types what the page says, in a folder of their own, with a port that is free."""

    folder: Path
    port: int

    def as_typed(self, block: str) -> str:
        return block.replace(PORT_ON_THE_PAGE, str(self.port))

    def environment(self) -> dict[str, str]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
        return {"PATH": path, "PYTHONPATH": str(ROOT), "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}

    @contextmanager
    def first_window(self, block: str) -> Iterator[None]:
        process = subprocess.Popen(
            shlex.split(self.as_typed(block)),
            cwd=self.folder,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        try:
            assert process.stdout is not None
            readable, _, _ = select.select([process.stdout], [], [], START_S)
            assert readable, "central did not start as the page says"
            assert f":{self.port}".encode() in process.stdout.readline()
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(START_S)
            process.stdout.close() if process.stdout else None

    def second_window(self, typed: list[str]) -> list[str]:
        script = f"\necho; echo '{PARTED}'\n".join(["set -euo pipefail", *map(self.as_typed, typed)])
        done = subprocess.run(
            ["/bin/bash", "-c", script],
            cwd=self.folder,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=150,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.split(PARTED)[1:]


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    with socket.create_server(("127.0.0.1", 0)) as free:
        (tmp_path / "config").symlink_to(ROOT / "config")
        return Reader(tmp_path, free.getsockname()[1])


def read_and_type(reader: Reader, page: str) -> list[tuple[str, str]]:
    """Do what the page says; returns each block with what it printed."""
    first, *rest = blocks(page)
    assert SERVER.match(first), "the page begins by starting central"
    with reader.first_window(first):
        return list(zip(rest, reader.second_window(rest), strict=True))


def said(outputs: list[tuple[str, str]], command: str) -> list[Any]:
    """Return the last document that each block with this command printed, in the page's order."""
    return [documents(output)[-1] for block, output in outputs if command in block]


def documents(output: str) -> list[Any]:
    decoder, found, rest = json.JSONDecoder(), [], output.strip()
    while rest:
        document, end = decoder.raw_decode(rest)
        found.append(document)
        rest = rest[end:].strip()
    return found


def results(outputs: list[tuple[str, str]]) -> list[dict[str, Any]]:
    return [batch["results"][0] for batch in said(outputs, "/batches") if "results" in batch]


@pytest.mark.timeout(240)
def test_the_commands_of_the_page_lead_to_an_accepted_case(reader: Reader) -> None:
    outputs = read_and_type(reader, PAGE.read_text("utf-8"))
    first, again = results(outputs)
    assert (first["status"], again["status"]) == ("created", "duplicate")
    assert again["central_id"] == first["central_id"]
    (closed,) = said(outputs, "/v1/desk/services")
    assert closed["accepting"] is False
    (made,) = said(outputs, "/open311/v2/requests.json")
    assert made[0]["service_request_id"]
    (events,) = said(outputs, "/v1/events")
    assert events["events"] == [], "the cursor is behind everything that happened"
    assert not [output for _, output in outputs if "/problems/" in output]


@pytest.mark.prove
@pytest.mark.timeout(240)
def test_a_page_with_a_wrong_address_is_found_out(reader: Reader) -> None:
    outputs = read_and_type(reader, PAGE.read_text("utf-8").replace("/v1/pairings", "/v1/pairing"))
    assert results(outputs) == []
