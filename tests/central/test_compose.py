"""docs/deployment/compose.yaml brought up by a real engine: two processes, a database, nginx, copies."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests

from kiosk.keys import TerminalKey
from tests.central.engine import NO_NETWORK_OF_THE_HOST, Network, engine, missing, network, run
from tests.central.images import make
from tests.central.room import TerminalAuth, case_item, pairing_request
from tests.central.tls_room import Authority

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.prove, pytest.mark.timeout(1800)]

DEPLOYMENT = Path(__file__).parents[2] / "docs" / "deployment"
NAME, PASSWORD, WRITTEN = "kiosk.council.example", "of two/words", "of%20two%2Fwords"
URL = "https://localhost"
PATH = "/v1/terminals/lobby-1/batches"
SOON_S = 60.0
OWNER = "10001"
RESTARTED = ("--format", "{{.State.Running}} {{.RestartCount}}")


class Town:
    """The services of the compose file, and a terminal that is paired with them."""

    def __init__(self, folder: Path, around: Network, docker: Callable[..., str], where: str) -> None:
        self.folder, self.around, self.docker = folder, around, docker
        self._where = {**os.environ, "DOCKER_HOST": where, "COMPOSE_PROJECT_NAME": "town"}
        self.compose("docker compose up -d")
        self.session = requests.Session()
        self.session.trust_env, self.session.verify = False, str(folder / "authority" / "ca.pem")
        self.session.headers["Host"] = NAME
        self.becomes(lambda: self.ask("GET", "/readyz").status_code == 200)
        key = TerminalKey(os.urandom(32))
        code = self.console("pair lobby-1")
        enrolled = self.ask("POST", "/v1/pairings", json=pairing_request(code, key))
        self.session.auth = TerminalAuth("lobby-1", enrolled.json()["token"], key)

    def compose(self, line: str) -> str:
        """Run a line as the file's head has it, with Debian's program and without a screen."""
        line = line.replace("docker compose exec", "docker compose exec -T")
        done = subprocess.run(
            self.around.words("sh", "-c", line.replace("docker compose", "docker-compose")),
            check=False, capture_output=True, text=True, cwd=self.folder, env=self._where,
        )  # fmt: skip
        assert done.returncode == 0, f"{line}: {done.stdout[-2000:]} {done.stderr[-2000:]}"
        return done.stdout

    def console(self, words: str) -> str:
        return self.compose(f"docker compose exec central-1 python -m kiosk central {words}").strip()

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        return self.around.inside(lambda: self.session.request(method, URL + path, timeout=15, **more))

    def send(self, item: dict[str, str]) -> str:
        """Send a case as a terminal does, again and again; return what it was told in the end."""
        told: list[str] = []

        def sent() -> bool:
            answer = self.ask("POST", PATH, json={"batch_id": "b", "items": [item]})
            if answer.status_code != 200:
                assert answer.status_code in {502, 503, 504}, answer.text
                return False
            told.append(answer.json()["results"][0]["status"])
            return True

        assert self.becomes(sent)
        return told[0]

    def becomes(self, holds: Callable[[], bool]) -> bool:
        never = threading.Event()
        for _ in range(int(SOON_S / 0.5)):
            try:
                if holds():
                    return True
            except requests.RequestException:
                pass
            never.wait(0.5)
        return False

    def rows(self) -> int:
        asked = "SELECT count(*) FROM cases"
        told = self.compose(f"docker compose exec database psql -U kiosk -Atc '{asked}' kiosk")
        return int(told)


@pytest.fixture(scope="module")
def town() -> Iterator[Town]:
    assert missing() == [], (
        "first: apt-get install --no-install-recommends docker.io docker-compose debootstrap"
    )
    kept = Path(tempfile.mkdtemp(prefix="kiosk-engine-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, kept, ignore_errors=True)
        (kept / "images").mkdir()
        with engine(kept, more=NO_NETWORK_OF_THE_HOST) as docker:
            make(docker, kept / "images")
        around = stack.enter_context(network())
        docker = stack.enter_context(engine(kept, before=around.words()))
        made = Town(_folder(kept / "town"), around, docker, f"unix://{kept / 'socket'}")
        stack.callback(made.compose, "docker compose down --volumes")
        yield made


def _folder(place: Path) -> Path:
    """Lay out what the head of the compose file asks for."""
    place.mkdir()
    for line in re.findall(
        r"^#   (install .+)$", (DEPLOYMENT / "compose.yaml").read_text("utf-8"), re.MULTILINE
    ):
        subprocess.run(shlex.split(line), check=True, cwd=place)
    for name in ("compose.yaml", "nginx.conf"):
        shutil.copy(DEPLOYMENT / name, place / name)
    Authority.make(place / "authority").vouch(place / "tls")
    (place / "database-password").write_text(PASSWORD, "utf-8")
    address = f"postgresql+asyncpg://kiosk:{WRITTEN}@127.0.0.1/kiosk"
    (place / ".env").write_text(f"KIOSK_HOST={NAME}\nKIOSK_DATABASE={address}\n", "utf-8")
    return place


def listening(around: Network) -> set[str]:
    return {line.split()[3] for line in run(*around.words("ss", "-ltnH")).splitlines()}


def test_nobody_outside_reaches_anything_but_nginx(town: Town) -> None:
    outside = {each for each in listening(town.around) if not each.startswith(("127.", "[::1]"))}
    assert outside == {"0.0.0.0:443", "[::]:443"}
    listed = run("ps", "-eo", "args")
    assert WRITTEN not in listed, "everybody on the machine may read the words of a command"


def test_central_runs_as_a_user_of_its_own_who_alone_reads_keys_and_copies(town: Town) -> None:
    for name in ("central-1", "central-2"):
        pid = town.docker("inspect", "--format", "{{.State.Pid}}", f"town_{name}_1").strip()
        told = Path(f"/proc/{pid}/status").read_text("utf-8")
        assert re.findall(r"^([UG]id):\s+(\d+)", told, re.MULTILINE) == [("Uid", OWNER), ("Gid", OWNER)]
        assert re.findall(r"^CapEff:\s+(\w+)", told, re.MULTILINE) == ["0" * 16]
    assert (
        town.docker("inspect", "--format", "{{.Config.User}}", "council-kiosk").strip() == f"{OWNER}:{OWNER}"
    )
    kept = [town.folder / "keys", *(town.folder / "keys").iterdir(), town.folder / "backups"]
    assert len(kept) > 2, "central wrote its keys there"
    assert {str(each.stat().st_uid) for each in kept} == {OWNER}
    assert {each.stat().st_mode & 0o077 for each in kept} == {0}


def test_a_case_is_taken_once_by_two_processes_and_one_of_them_may_stop(town: Town) -> None:
    before, items = town.rows(), [case_item() for _ in range(8)]
    assert [town.send(each) for each in items] == ["created"] * 8
    assert [town.send(each) for each in items] == ["duplicate"] * 8
    town.compose("docker compose stop central-1")
    assert [town.send(case_item()) for _ in range(4)] == ["created"] * 4
    town.compose("docker compose start central-1")
    town.compose("docker compose stop central-2")
    assert town.send(case_item()) == "created"
    town.compose("docker compose start central-2")
    assert town.rows() == before + 13


def test_a_process_that_dies_comes_back_and_a_database_that_restarts_loses_nothing(town: Town) -> None:
    before = town.rows()
    os.kill(int(town.docker("inspect", "--format", "{{.State.Pid}}", "town_central-1_1")), signal.SIGKILL)
    assert town.send(case_item()) == "created"
    assert town.becomes(lambda: town.docker("inspect", *RESTARTED, "town_central-1_1").strip() == "true 1")
    late = case_item()
    town.compose("docker compose restart database")
    assert town.send(late) in {"created", "duplicate"}
    assert town.becomes(lambda: town.ask("GET", "/readyz").status_code == 200)
    assert town.send(late) == "duplicate"
    assert town.rows() == before + 2


def lines_after(sentence: str) -> list[str]:
    """Return the commands that the head of the compose file has after a sentence."""
    head = (DEPLOYMENT / "compose.yaml").read_text("utf-8").partition("\n\n")[0]
    return re.findall(r"^#   (docker compose .+)$", head.partition(sentence)[2], re.MULTILINE)


def test_a_copy_is_made_and_brought_back_as_the_file_says(town: Town) -> None:
    kept, lost = case_item(), case_item()
    assert town.send(kept) == "created"
    before = town.rows()
    *_, copy = lines_after("The console of central, and copies:")[:2]
    town.compose(copy)
    assert str((town.folder / "backups" / "monday").stat().st_uid) == OWNER
    assert town.send(lost) == "created"
    for line in lines_after("To bring a copy back"):
        town.compose(line)
    assert town.becomes(lambda: town.ask("GET", "/readyz").status_code == 200)
    assert town.rows() == before
    assert town.send(kept) == "duplicate"
    assert town.send(lost) == "created"
