"""The real process: it starts, says where, survives being killed, and its commands speak plainly."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import uuid
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import requests

from kiosk.central.command import main
from kiosk.keys import TerminalKey
from tests.central.room import TerminalAuth, case_item, pairing_request

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_S = 30.0


@contextmanager
def running(folder: Path, *more: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    ready = folder / f"ready-{uuid.uuid4()}.json"
    command = [sys.executable, "-m", "kiosk.central", "--database", f"sqlite:///{folder / 'c.sqlite3'}"]
    process = subprocess.Popen(
        [*command, "--port", "0", "--ready-file", str(ready), *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert process.stdout is not None
        readable, _, _ = select.select([process.stdout], [], [], START_S)
        assert readable, "central did not start"
        assert b"listens at" in process.stdout.readline()
        url = ready_url(process, ready)
        yield process, url
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_S)
        process.stdout.close() if process.stdout else None


def ready_url(process: subprocess.Popen[bytes], ready: Path) -> str:
    while process.poll() is None:
        if ready.exists():
            return str(json.loads(ready.read_text("utf-8"))["url"])
        os.sched_yield()
    raise AssertionError


def run(*arguments: str, folder: Path) -> int:
    return main(["--database", f"sqlite:///{folder / 'c.sqlite3'}", *arguments])


def pair(url: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> TerminalAuth:
    assert run("pair", "lobby-1", folder=folder) == 0
    code, key = capsys.readouterr().out.strip(), TerminalKey(os.urandom(32))
    paired = requests.post(f"{url}/v1/pairings", json=pairing_request(code, key), timeout=5).json()
    return TerminalAuth("lobby-1", paired["token"], key)


@pytest.mark.timeout(60)
def test_a_case_acknowledged_before_a_kill_is_a_duplicate_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = {"batch_id": "b", "items": [case_item()]}
    with running(tmp_path) as (process, url):
        terminal = pair(url, tmp_path, capsys)
        path = "/v1/terminals/lobby-1/batches"
        first = requests.post(url + path, json=batch, auth=terminal, timeout=5).json()["results"][0]
        process.kill()
        process.wait(START_S)
    with running(tmp_path) as (_, url):
        second = requests.post(url + path, json=batch, auth=terminal, timeout=5).json()["results"][0]
    assert (first["status"], second["status"]) == ("created", "duplicate")
    assert first["central_id"] == second["central_id"]


def test_the_console_makes_an_account_and_shows_its_password_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add-staff", "Ada Desk", folder=tmp_path) == 0
    shown = capsys.readouterr().out
    password = shown.partition("Password: ")[2].split()[0]
    assert len(password) == 19
    assert password.encode() not in (tmp_path / "c.sqlite3").read_bytes()


def test_two_accounts_and_two_tokens_are_never_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = []
    for arguments in (["add-staff", "A"], ["add-staff", "A"], ["desk-token"], ["desk-token"]):
        assert run(*arguments, folder=tmp_path) == 0
        outputs.append(capsys.readouterr().out)
    assert len(set(outputs)) == 4


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--database", "nonsense"], "CENTRAL-001"),
        (["--database", "mysql://kiosk@localhost/kiosk"], "CENTRAL-001"),
        (["--database", "sqlite://"], "CENTRAL-002"),
        (["--database", "sqlite:////proc/none/c.sqlite3"], "CENTRAL-004"),
        (["--port", "99999"], "CENTRAL-021"),
        (["--time-zone", "Nowhere/At all"], "CENTRAL-020"),
        (["add-staff", " "], "CENTRAL-022"),
        (["desk-token", "--hours", "0"], "CENTRAL-023"),
        (["pair", "no spaces"], "CENTRAL-024"),
    ],
)
def test_each_wrong_command_is_one_sentence_with_a_code_and_a_next_step(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert run(*arguments, folder=tmp_path) == 1
    told = capsys.readouterr().err
    assert told.startswith(code)
    assert told.count("\n") == 1


def test_a_file_that_is_no_database_is_kept_and_said_to_be_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "c.sqlite3"
    file.write_bytes(b"not a database " * 100)
    assert run("desk-token", folder=tmp_path) == 1
    assert capsys.readouterr().err.startswith("CENTRAL-011")
    assert file.read_bytes() == b"not a database " * 100
