"""Two processes on one PostgreSQL, as docs/deployment says; killed, and with a database that fails over."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import requests
from ruamel.yaml import YAML

from kiosk.central.database import migrate
from tests.central.cluster import Cluster, free_port, new_cluster, new_folder, run
from tests.central.processes import Served, served
from tests.central.room import case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPLOYMENT = Path(__file__).parents[2] / "docs" / "deployment"
COMPOSE: dict[str, Any] = YAML(typ="safe").load(DEPLOYMENT / "compose.yaml")
PATH = "/v1/terminals/lobby-1/batches"


def command_of(service: str, database: str, folder: Path) -> list[str]:
    """Return the very command of the compose file, with this test's own places in it."""
    places = {"${KIOSK_DATABASE}": database, "/keys/central.keys": str(folder / "k")}
    given = [f"{name}={places[at]}" for name, at in COMPOSE["services"][service]["environment"].items()]
    words = COMPOSE["services"][service]["command"]
    assert words[:4] == ["python", "-m", "kiosk", "central"]
    return ["env", *given, sys.executable, *words[1:]]


def test_the_compose_file_has_one_database_two_processes_and_nginx_and_opens_no_other_port() -> None:
    services = COMPOSE["services"]
    assert set(services) == {"database", "migrate", "central-1", "central-2", "nginx"}
    assert services["database"]["ports"] == ["127.0.0.1:5432:5432"]
    ports = [services[name]["command"][services[name]["command"].index("--port") + 1] for name in
             ("central-1", "central-2")]  # fmt: skip
    assert ports == ["8311", "8312"]
    assert "server 127.0.0.1:8311;" in (DEPLOYMENT / "nginx.conf").read_text("utf-8")


@pytest.mark.timeout(240)
def test_the_commands_of_the_compose_file_are_understood(cluster: Cluster, tmp_path: Path) -> None:
    name = cluster.new_database()
    done = subprocess.run(command_of("migrate", cluster.address(name), tmp_path), check=False)
    assert done.returncode == 0
    helped = [*command_of("central-1", cluster.address(name), tmp_path), "--help"]
    assert subprocess.run(helped, check=False, capture_output=True).returncode == 0
    cluster.drop(name)


def test_the_unit_is_hardened() -> None:
    judged = subprocess.run(
        ["/usr/bin/systemd-analyze", "security", "--offline=yes", "--threshold=20",
         str(DEPLOYMENT / "council-central.service")],
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stdout[-300:]


def send(url: str, session: requests.Session, item: dict[str, str]) -> str:
    """Send one item until central says that it has it; return what it said."""
    waiting = threading.Event()
    for _ in range(240):
        try:
            answer = session.post(url + PATH, json={"batch_id": "b", "items": [item]}, timeout=15)
        except requests.RequestException:
            waiting.wait(0.25)
            continue
        if answer.status_code == 200:
            return str(answer.json()["results"][0]["status"])
        assert answer.status_code == 503, answer.text
        waiting.wait(0.25)
    raise AssertionError


@pytest.mark.timeout(180)
def test_two_processes_take_the_same_case_once_and_one_may_be_killed(
    cluster: Cluster, template: str, tmp_path: Path
) -> None:
    name = cluster.new_database(template)
    address = cluster.address(name)
    with served(address, tmp_path) as first, served(address, tmp_path) as second:
        session = first.paired("lobby-1")
        items = [case_item() for _ in range(12)]
        statuses = [send(each.url, session, item) for item in items for each in (first, second)]
        assert statuses == ["created", "duplicate"] * 12
        late = case_item()
        sending = threading.Thread(target=send, args=(second.url, session, late))
        first.kill()
        sending.start()
        sending.join(60)
        assert send(second.url, session, late) == "duplicate"
    assert cluster.sql("SELECT count(*), count(DISTINCT case_id) FROM cases", name) == "13|13"
    cluster.drop(name)


@pytest.fixture
def pair_of_servers() -> Iterator[tuple[Cluster, Cluster]]:
    """Give a primary of its own and its standby, to which every commit goes before it is answered."""
    primary = new_cluster()
    standby = Cluster(new_folder(), free_port())
    try:
        migrate(primary.address("postgres"))
        run(
            "pg_basebackup",
            "-h",
            "127.0.0.1",
            "-p",
            str(primary.port),
            "-U",
            "postgres",
            "-D",
            standby.place,
            "-R",
        )
        standby.start()
        primary.sql("ALTER SYSTEM SET synchronous_standby_names = '*'")
        primary.sql("SELECT pg_reload_conf()")
        yield primary, standby
    finally:
        for each in (primary, standby):
            each.halt()
            each.remove()


@pytest.mark.timeout(240)
def test_a_database_that_fails_over_loses_nothing_and_takes_nothing_twice(
    pair_of_servers: tuple[Cluster, Cluster], tmp_path: Path
) -> None:
    primary, standby = pair_of_servers
    address = (
        f"postgresql+asyncpg://postgres@/postgres?host=127.0.0.1:{primary.port}"
        f"&host=127.0.0.1:{standby.port}&target_session_attrs=primary"
    )
    with served(address, tmp_path) as central:
        session = central.paired("lobby-1")
        items = [case_item() for _ in range(60)]
        before = [send(central.url, session, item) for item in items[:20]]
        failing = threading.Thread(target=fail_over, args=(primary, standby))
        failing.start()
        after = [send(central.url, session, item) for item in items[20:]]
        failing.join(60)
        assert alive(central)
        again = {send(central.url, session, item) for item in items}
    assert set(before) == {"created"}
    assert set(after) <= {"created", "duplicate"}
    assert again == {"duplicate"}
    assert standby.sql("SELECT count(*), count(DISTINCT case_id) FROM cases") == "60|60"


def alive(central: Served) -> bool:
    return requests.get(f"{central.url}/healthz", timeout=10).status_code == 200


def fail_over(primary: Cluster, standby: Cluster) -> None:
    primary.stop("immediate")
    run("pg_ctl", "-D", standby.place, "-w", "promote")
