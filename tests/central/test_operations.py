"""Those who run central can see whether it lives and works, read its log, and copy it and bring it back."""

from __future__ import annotations

import io
import json
import logging
from typing import TYPE_CHECKING

import pytest

from kiosk.central import migration
from kiosk.central.command import main
from kiosk.central.watching import JsonLines
from tests.central.cluster import BIN, Cluster
from tests.central.room import Central, case_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "Olivia-Hartley-of-27-Marigold-Lane"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    lines, room = logging.StreamHandler(stream), logging.getLogger("kiosk")
    lines.setFormatter(JsonLines())
    room.addHandler(lines)
    level = room.level
    room.setLevel(logging.INFO)
    yield stream
    room.setLevel(level)
    room.removeHandler(lines)


def test_a_process_that_lives_and_can_work_says_so(central: Central) -> None:
    assert central.browser.get("/healthz").text == "alive\n"
    assert central.browser.get("/readyz").text == "ready\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_load_balancer_that_asks_for_the_head_alone_is_answered(central: Central, path: str) -> None:
    answer = central.browser.head(path)
    assert (answer.status_code, answer.content) == (200, b"")


def test_without_its_tables_it_lives_and_cannot_work(central: Central) -> None:
    central.ground.database.write_now(lambda c: c.exec_driver_sql("DROP TABLE alembic_version"))
    assert central.browser.get("/healthz").status_code == 200
    assert central.browser.get("/readyz").status_code == 503


def test_a_stranger_is_not_told_what_was_measured(central: Central) -> None:
    assert central.browser.get("/metrics").status_code == 401
    assert central.browser.get("/metrics", headers=central.as_tool()).status_code == 200
    assert central.browser.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401


def test_requests_are_counted_by_route_and_name_nobody(central: Central) -> None:
    central.pair()
    central.deliver(case_item(case_id="33333333-cccc", answers={"name": MARK}))
    central.ask("GET", "/cases/33333333-cccc")
    central.browser.get(f"/v1/{MARK}")
    told = central.browser.get("/metrics", headers=central.as_tool()).text
    batches = 'route="/v1/terminals/{terminal}/batches",status="200"'
    assert f'kiosk_central_requests_total{{method="POST",{batches}}} 1.0' in told
    assert 'kiosk_central_terminal_silence_seconds{terminal="lobby-1"}' in told
    assert MARK not in told
    assert "33333333" not in told


def test_the_log_has_one_line_of_json_for_each_change_and_names_nobody(
    central: Central, log: io.StringIO
) -> None:
    central.pair()
    central.deliver(case_item(answers={"name": MARK}))
    central.browser.post(f"/v1/{MARK}", json={"name": MARK})
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "request"]
    assert "/v1/terminals/{terminal}/batches" in routes
    assert MARK not in log.getvalue()


def test_a_fault_is_logged_by_kind_and_place_without_its_words(log: io.StringIO) -> None:
    try:
        int(MARK)
    except ValueError:
        logging.getLogger("kiosk.central.test").exception("fault")
    logging.getLogger("kiosk.central.test").info("calm")
    first = json.loads(log.getvalue().splitlines()[0])
    assert first["fault"].startswith("ValueError test_operations.py:")
    assert MARK not in log.getvalue()


def test_a_line_of_a_stranger_is_not_repeated() -> None:
    record = logging.LogRecord("urllib3", logging.WARNING, "x.py", 1, MARK, None, None)
    assert MARK not in JsonLines().format(record)


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database: str, tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty place of the same kind."""
    if database.startswith("sqlite"):
        yield f"sqlite:///{tmp_path / 'elsewhere.sqlite3'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.new_database()
    yield cluster.address(name)
    cluster.drop(name)


def test_a_copy_made_in_use_brings_every_case_back(
    central: Central, elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", f"{BIN}:/usr/bin:/bin")
    central.pair()
    central.deliver(*(case_item(case_id=f"44444444-{number:04}") for number in range(20)))
    copy = tmp_path / "copy"
    assert main(["--database", central.ground.settings.database, "backup", str(copy)]) == 0
    central.deliver(case_item())
    assert main(["--database", elsewhere, "restore", str(copy)]) == 0
    assert main(["--database", elsewhere, "person", "find", "44444444-0019"]) == 0
    assert main(["--database", elsewhere, "audit", "verify"]) == 0


def test_nothing_is_restored_over_rows_and_no_copy_over_a_copy(
    central: Central, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", f"{BIN}:/usr/bin:/bin")
    central.pair()
    where, copy = ["--database", central.ground.settings.database], tmp_path / "copy"
    assert main([*where, "backup", str(copy)]) == 0
    assert main([*where, "backup", str(copy)]) == 1
    assert main([*where, "restore", str(copy)]) == 1
    assert capsys.readouterr().err.startswith("CENTRAL-062")
    assert central.browser.get("/readyz").status_code == 200


def test_a_password_goes_to_the_servers_programs_as_it_is_and_stands_on_no_command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, told = tmp_path / "pg_dump", tmp_path / "told"
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$PGPASSWORD" "$1" > {told}\n', "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv(
        "KIOSK_DATABASE", "postgresql+asyncpg://ada:two%20words%2F1@db.example/kiosk?host=h:5433"
    )
    assert main(["backup", str(tmp_path / "copy")]) == 0
    assert told.read_text("utf-8").splitlines() == [
        "two words/1",
        "--dbname=postgresql://ada@db.example/kiosk?host=h%3A5433",
    ]


def test_a_torn_copy_is_refused(elsewhere: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{BIN}:/usr/bin:/bin")
    copy = tmp_path / "copy"
    copy.write_bytes(b"not a copy" * 1000)
    assert main(["--database", elsewhere, "restore", str(copy)]) == 1


def test_migrating_twice_is_migrating_once(database: str) -> None:
    assert main(["migrate", "--database", database]) == 0
    assert main(["migrate", "--database", database]) == 0
    assert migration.versions()
