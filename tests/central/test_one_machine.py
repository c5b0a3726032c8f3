"""docs/deployment/one-machine.md, word by word: PostgreSQL knows who calls, and nginx's name is let in.

What only a whole machine has is tried by `test_whole_machine`: systemd, and making the system's user, for
whom whoever runs the tests stands here.
"""

from __future__ import annotations

import getpass
import os
import re
import shlex
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
import requests

from tests.central.cluster import AS_OWNER, BIN, Cluster, new_cluster
from tests.central.test_process import ready_url
from tests.central.tls_room import Authority, nginx

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.timeout(180)

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "deployment" / "one-machine.md"
NAME = "kiosk.council.example"
START_S = 60.0
DEBIAN = "local all all peer\nhost all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n"


class Machine:
    """One machine in a folder, whose PostgreSQL lets in as Debian's does; who tests is `council-central`."""

    def __init__(self, folder: Path, cluster: Cluster) -> None:
        self.folder, self.cluster = folder, cluster
        self.state = folder / "var" / "lib" / "council-central"
        for place in ("etc/nginx/sites-available", "etc/systemd/system", "usr/local/sbin"):
            (folder / place).mkdir(parents=True)
        self.state.mkdir(parents=True)

    def here(self, text: str) -> str:
        """Move what is written for a whole machine into this folder."""
        if os.geteuid() != 0:  # only root may become another
            text = text.replace("runuser -u council-central -- ", "")
        for there, here in (
            ("/opt/council-kiosk/bin/python", sys.executable),
            ("/etc/", f"{self.folder}/etc/"),
            ("/usr/local/", f"{self.folder}/usr/local/"),
            ("/var/lib/council-central", "STATE"),
            ("council-central.service", "UNIT"),
            ("council-central.sh", "SCRIPT"),
            ("sbin/council-central", "CONSOLE"),
            ("council-central", getpass.getuser()),
            ("/run/postgresql", str(self.cluster.folder)),
            ("STATE", str(self.state)),
            ("UNIT", "council-central.service"),
            ("SCRIPT", "council-central.sh"),
            ("CONSOLE", "sbin/council-central"),
        ):
            text = text.replace(there, here)
        return text

    def install(self) -> None:
        """Put the files where the page says, and write them for this folder."""
        for line in lines("install "):
            subprocess.run(shlex.split(self.here(line)), check=True, cwd=ROOT)
        for file in (self.unit, self.environment, self.console):
            file.write_text(self.here(file.read_text("utf-8")), "utf-8")

    @property
    def unit(self) -> Path:
        return self.folder / "etc" / "systemd" / "system" / "council-central.service"

    @property
    def environment(self) -> Path:
        return self.folder / "etc" / "council-kiosk" / "central.env"

    @property
    def console(self) -> Path:
        return self.folder / "usr" / "local" / "sbin" / "council-central"

    def told(self) -> dict[str, str]:
        """Read the environment file as systemd does: a value may stand in quotation marks."""
        text = self.environment.read_text("utf-8")
        pairs = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
        return {name: shlex.split(value)[0] for name, _, value in pairs}

    def around(self) -> dict[str, str]:
        """Give a process what a bare machine gives; the port is this PostgreSQL's own."""
        path = os.pathsep.join([str(BIN), "/usr/sbin", "/usr/bin", "/sbin", "/bin"])
        return {"PATH": path, "PGPORT": str(self.cluster.port), "LANG": "C.UTF-8"}

    def words(self, key: str) -> list[str]:
        """Return the words of a command of the unit, with what systemd puts in."""
        (line,) = re.findall(rf"^{key}=(.*)$", self.unit.read_text("utf-8"), re.MULTILINE)
        told = self.told()
        return [re.sub(r"\$\{(\w+)\}", lambda found: told[found[1]], word) for word in line.split()]

    def migrate(self) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.words("ExecStartPre"), cwd=self.state, env={**self.around(), **self.told()},
            check=False, capture_output=True, text=True,
        )  # fmt: skip

    @contextmanager
    def central(self) -> Iterator[str]:
        """Start what the unit starts, at a free port."""
        ready = self.folder / "ready.json"
        command = [*self.words("ExecStart"), "--port", "0", "--ready-file", str(ready)]
        environment = {**self.around(), **self.told(), "STATE_DIRECTORY": str(self.state)}
        process = subprocess.Popen(
            command, cwd=self.state, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            yield ready_url(process, ready)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(START_S)

    def say(self, line: str) -> str:
        """Run a line of the page at the console of central; return what it said."""
        words = shlex.split(self.here(line.replace("council-central ", "CONSOLE ", 1)))
        done = subprocess.run(
            [str(self.console), *words[1:]], env=self.around(), check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


def lines(begin: str) -> list[str]:
    """Return the commands of the page that begin so."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    found = [line for block in blocks for line in block.splitlines() if line.startswith(begin)]
    assert found, f"the page has no '{begin}'"
    return found


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    cluster = new_cluster()
    made = Machine(tmp_path, cluster)
    made.install()
    try:
        for line in lines("runuser -u postgres -- "):
            bare = made.here(line.removeprefix("runuser -u postgres -- "))
            where = {**made.around(), "PGHOST": "127.0.0.1", "PGUSER": "postgres"}
            subprocess.run(shlex.split(bare), check=True, env=where, cwd="/", **AS_OWNER)
        cluster.sql("CREATE ROLE kiosk LOGIN SUPERUSER")  # a role that is there, and named like no user
        (Path(cluster.place) / "pg_hba.conf").write_text(DEBIAN, "utf-8")
        cluster.stop()
        cluster.start()
        yield made
    finally:
        cluster.halt()
        cluster.remove()


def test_whoever_follows_the_page_has_a_central_that_answers_to_its_name_and_a_console(
    machine: Machine, tmp_path: Path
) -> None:
    assert (done := machine.migrate()).returncode == 0, done.stderr
    authority = Authority.make(tmp_path / "ours")
    tls = authority.vouch(tmp_path / "tls")
    with (
        machine.central() as inside,
        nginx(tmp_path / "proxy", tls, urlsplit(inside).port or 0) as url,
    ):

        def asked(host: str, at: str = url) -> requests.Response:
            return requests.get(
                f"{at}/readyz", headers={"Host": host}, verify=str(authority.ca_file), timeout=20
            )

        assert (asked(NAME).status_code, asked(NAME).text) == (200, "ready\n")
        in_ipv6 = url.replace("localhost", "[::1]")
        assert (asked(NAME, in_ipv6).status_code, asked(NAME, in_ipv6).text) == (200, "ready\n")
        assert asked("elsewhere.example").json()["type"] == "/problems/wrong-host"
        for line in lines("council-central "):
            assert machine.say(line) or " backup " in line
    assert (machine.state / "monday").stat().st_mode & 0o777 == 0o600
    assert Path(machine.told()["KIOSK_KEYS"]).is_file()
    assert machine.told()["KIOSK_HOST"] == NAME


def test_a_role_that_is_not_named_like_the_user_is_told_as_that(machine: Machine) -> None:
    text = machine.environment.read_text("utf-8")
    machine.environment.write_text(re.sub(r"//[\w-]+@/", "//kiosk@/", text), "utf-8")
    done = machine.migrate()
    assert done.returncode == 1
    assert done.stderr.startswith("CENTRAL-014 --database: PostgreSQL does not let us in as 'kiosk'")


def test_a_database_that_was_not_made_is_told_as_that(machine: Machine) -> None:
    text = machine.environment.read_text("utf-8")
    machine.environment.write_text(re.sub(r"@/[\w-]+\?", "@/none-such?", text), "utf-8")
    done = machine.migrate()
    assert done.returncode == 1
    assert done.stderr.startswith("CENTRAL-015 --database: PostgreSQL has no database 'none-such'")


def test_systemd_reads_the_unit_without_a_complaint(tmp_path: Path) -> None:
    unit = tmp_path / "council-central.service"
    shipped = (ROOT / "docs" / "deployment" / unit.name).read_text("utf-8")
    unit.write_text(shipped.replace("/opt/council-kiosk/bin/python", sys.executable), "utf-8")
    done = subprocess.run(
        ["/usr/bin/systemd-analyze", "verify", str(unit)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_the_user_the_role_and_the_folder_of_the_page_are_those_of_the_unit() -> None:
    unit = (ROOT / "docs" / "deployment" / "council-central.service").read_text("utf-8")
    (user,) = re.findall(r"^User=(.*)$", unit, re.MULTILINE)
    assert lines("adduser ")[0].endswith(f" {user}")
    assert lines("runuser -u postgres -- createuser ")[0].endswith(f" {user}")
    assert f"StateDirectory={user}\n" in unit
