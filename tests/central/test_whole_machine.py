"""docs/deployment/one-machine.md on a whole Debian, whose systemd starts the shipped unit and keeps it up.

Every command of the page is carried out as it stands, in its order, but fetching a new version. A container
stands for the machine: its kernel and its clock are not its own.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from kiosk.keys import TerminalKey
from tests.central.engine import NO_NETWORK_OF_THE_HOST, Network, engine, missing, network
from tests.central.images import make_whole_machine
from tests.central.room import TerminalAuth, case_item, pairing_request
from tests.central.test_one_machine import NAME, PAGE
from tests.central.tls_room import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.prove, pytest.mark.timeout(1800)]

URL = "https://localhost"
PATH = "/v1/terminals/lobby-1/batches"
SOON_S = 60.0
AS_A_MACHINE = (
    "--env=container=docker", "--network=host", "--tmpfs=/run", "--tmpfs=/run/lock",
    "--cgroupns=host", "--volume=/sys/fs/cgroup:/sys/fs/cgroup",
    "--cap-add=ALL", "--cap-drop=SYS_RESOURCE",
    *(f"--security-opt={each}=unconfined" for each in ("seccomp", "apparmor", "systempaths")),
)  # fmt: skip
"""What a systemd needs that starts everything; it mounts and bounds, and takes nothing beyond its limits."""


def blocks() -> list[list[str]]:
    """Return the commands of the page, block by block."""
    found = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return [block.splitlines() for block in found]


class Machine:
    """A Debian that was started by its own systemd, and how it is reached."""

    def __init__(self, folder: Path, around: Network, docker: Callable[..., str]) -> None:
        self._around, self._docker = around, docker
        docker("run", "--detach", "--name=machine", *AS_A_MACHINE, "whole-machine")
        self._has_booted()
        self._session = requests.Session()
        self._session.trust_env, self._session.verify = False, str(folder / "authority" / "ca.pem")
        self._session.headers["Host"] = NAME

    def does(self, line: str) -> str:
        """Carry a line out as root, in the folder of the sources; return what it said."""
        return self._docker("exec", "machine", "sh", "-c", line).strip()

    def gets(self, file: Path, place: str) -> None:
        self._docker("cp", str(file), f"machine:{place}")

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return self._around.inside(lambda: self._session.request(method, URL + path, timeout=15, **more))

    def pair(self) -> None:
        key = TerminalKey(os.urandom(32))
        code = self.does("council-central pair lobby-1")
        enrolled = self.ask("POST", "/v1/pairings", json=pairing_request(code, key))
        self._session.auth = TerminalAuth("lobby-1", enrolled.json()["token"], key)

    def send(self, item: dict[str, str]) -> str:
        answer = self.ask("POST", PATH, json={"batch_id": "b", "items": [item]})
        status: str = answer.json()["results"][0]["status"]
        return status

    def is_ready(self) -> bool:
        """Wait until central says so, or a minute is over."""
        never = threading.Event()
        for _ in range(int(SOON_S / 0.5)):
            try:
                if self.ask("GET", "/readyz").text == "ready\n":
                    return True
            except requests.RequestException:
                pass
            never.wait(0.5)
        return False

    def main_pid(self) -> int:
        return int(self.does("systemctl show --property=MainPID --value council-central"))

    def _has_booted(self) -> None:
        """Wait until systemd has started everything; in its first moment it cannot be asked."""
        never = threading.Event()
        for _ in range(int(SOON_S / 0.5)):
            if self.does("systemctl is-system-running --wait 2>&1 || true") in {"running", "degraded"}:
                return
            never.wait(0.5)
        raise AssertionError("systemd did not start everything")

    def complaints(self) -> str:
        """Return what the journal has of central that is a warning or worse."""
        return self.does("journalctl --no-pager --quiet --priority=warning --unit=council-central")

    def begins_anew(self) -> None:
        """Switch the machine off and on."""
        self._docker("restart", "machine")
        self._has_booted()


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    assert missing() == [], (
        "first: apt-get install --no-install-recommends docker.io docker-compose debootstrap"
    )
    fetching, naming, settling, starting, *_ = blocks()
    kept = Path(tempfile.mkdtemp(prefix="kiosk-machine-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, kept, ignore_errors=True)
        (kept / "images").mkdir()
        with engine(kept, more=NO_NETWORK_OF_THE_HOST) as docker:
            make_whole_machine(docker, kept / "images", fetching)
        around = stack.enter_context(network())
        docker = stack.enter_context(engine(kept, before=around.words()))
        Authority.make(kept / "authority").vouch(kept / "tls")
        made = Machine(kept, around, docker)
        stack.callback(docker, "rm", "--force", "machine")
        for line in [*naming, *settling]:
            made.does(line)
        made.does("install -d --mode=0700 /etc/council-kiosk/tls")
        for name in ("central.crt", "central.key"):
            made.gets(kept / "tls" / name, f"/etc/council-kiosk/tls/{name}")
        for line in starting:
            made.does(line)
        assert made.is_ready(), made.does("journalctl --no-pager --unit=council-central | tail -40")
        made.pair()
        yield made


def test_systemd_starts_central_and_starts_it_again_when_it_dies(machine: Machine) -> None:
    assert machine.complaints() == ""
    first, second = case_item(), case_item()
    assert machine.send(first) == "created"
    before = machine.main_pid()
    machine.does("systemctl kill --signal=SIGKILL council-central")
    assert machine.is_ready()
    assert machine.main_pid() not in {0, before}
    assert (machine.send(first), machine.send(second)) == ("duplicate", "created")


def test_every_command_of_the_console_is_as_the_page_says(machine: Machine) -> None:
    *_, console, newer = blocks()
    for line in [*console, newer[-1]]:
        machine.does(line)
    assert machine.is_ready()
    assert machine.does("stat --format='%U %a' /var/lib/council-central/monday") == "council-central 600"


def test_central_has_no_more_rights_than_the_unit_gives(machine: Machine) -> None:
    status = machine.does(f"cat /proc/{machine.main_pid()}/status")
    told = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
    assert told["Uid"].split()[0] == machine.does("id --user council-central") != "0"
    assert (int(told["CapEff"], 16), told["NoNewPrivs"], told["Seccomp"]) == (0, "1", "2")


def test_a_database_that_restarts_is_waited_for(machine: Machine) -> None:
    item = case_item()
    assert machine.send(item) == "created"
    machine.does("systemctl restart postgresql")
    assert machine.is_ready()
    assert machine.send(item) == "duplicate"


def test_a_machine_that_was_switched_off_serves_again_with_all_that_it_had(machine: Machine) -> None:
    item = case_item()
    assert machine.send(item) == "created"
    machine.begins_anew()
    assert machine.is_ready(), machine.does("journalctl --no-pager --unit=council-central | tail -40")
    assert machine.send(item) == "duplicate"
