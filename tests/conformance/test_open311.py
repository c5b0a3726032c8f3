"""The command finds each deviation of the field by its name, and nothing else; our own central passes."""

from __future__ import annotations

import json
import re
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import uvicorn

from kiosk import cli
from kiosk.central import credentials
from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings, utc_now
from kiosk.central.tables import open311
from kiosk.commands.conformance import OPEN311
from tests.conformance.small_server import KEY, SmallServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

DEVIATIONS: dict[str, set[str]] = {
    "XML only": {"json-offered"},
    "wrapped JSON": {"json-bare-arrays", "errors-json"},
    "booleans as texts": {"json-booleans"},
    "groups beside group": {"service-names"},
    "strict parameters": {"parameter-unknown"},
    "strict dates": {"dates-with-fractions"},
    "dates without offset": {"dates-with-offset"},
    "statuses of its own": {"request-status"},
    "no charset": {"xml-media-type", "json-media-type"},
    "XML without declaration": {"xml-declared"},
    "any range": {"range-90-days"},
    "jurisdiction ignored": {"jurisdiction-404"},
    "400 without a key": {"key-missing"},
    "any key": {"key-wrong"},
    "400 for an unknown service": {"service-unknown"},
    "500 for an unknown request": {"requests-404"},
    "any length": {"description-4000"},
    "a repeat is another request": {"repeat-is-one"},
    "errors of its own": {"errors-xml", "errors-json"},
    "another service": {"request-told"},
    "tokens": set(),
}
ADVICE = {each.name for each in OPEN311 if not each.must}


def tried(url: str, folder: Path, *words: str) -> tuple[int, dict[str, dict[str, object]]]:
    """Run the command twice, so that there are requests to be listed; returns what the second run found."""
    file = folder / "report.json"
    for _ in range(2):
        code = cli.main(
            ["conformance", url, "--api", "open311", "--api-key", KEY, "--json", str(file), *words]
        )
    report = json.loads(file.read_text("utf-8"))
    assert report["passes"] is (code == 0)
    return code, {each["name"]: each for each in report["checks"]}


def broken(found: dict[str, dict[str, object]]) -> set[str]:
    return {name for name, each in found.items() if each["found"] == "broken"}


def test_a_server_by_the_book_keeps_every_rule(tmp_path: Path) -> None:
    with serving(SmallServer()) as url:
        code, found = tried(url, tmp_path, "--write")
    assert (code, broken(found)) == (0, set())
    assert {each["found"] for each in found.values()} == {"kept"}


@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_each_deviation_breaks_exactly_its_checks(deviation: str, tmp_path: Path) -> None:
    with serving(SmallServer(frozenset({deviation}))) as url:
        code, found = tried(url, tmp_path, "--write")
    assert broken(found) == DEVIATIONS[deviation]
    assert code == int(bool(DEVIATIONS[deviation] - ADVICE))


@pytest.mark.timeout(60)
def test_every_check_can_fail(tmp_path: Path) -> None:
    found = set().union(*DEVIATIONS.values())
    for hopeless in ("failing", "a portal", "a namespace"):
        with serving(SmallServer(frozenset({hopeless}))) as url:
            code, checks = tried(url, tmp_path, "--write", "--service", "lamp")
        assert code == 1
        found |= broken(checks)
    assert {each.name for each in OPEN311} - found == set()


def test_without_write_nothing_reaches_the_server_but_questions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server = SmallServer(frozenset({"any key", "400 without a key"}))
    with serving(server) as url:
        code, found = tried(url, tmp_path)
    assert code == 0
    assert server.requests == []
    assert {name for name, each in found.items() if each["found"] == "not tried"} >= {"key-wrong"}
    assert "Nothing is written" in capsys.readouterr().out


def test_the_readable_report_says_rule_and_finding(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(SmallServer(frozenset({"any key"}))) as url:
        tried(url, tmp_path, "--write")
    told = capsys.readouterr().out
    assert re.search(r"BROKEN +key-wrong\n +rule: .*403.*\n +found: answered 200, expected 403", told)
    assert "does not pass" in told


@pytest.fixture
def our_own(tmp_path: Path) -> Iterator[str]:
    app = create_app(CentralSettings(f"sqlite:///{tmp_path / 'central.sqlite3'}"))
    database = app.state.ground.database
    hashed = credentials.token_hash(KEY)
    database.write_now(lambda c: open311.add_key(c, "judge", hashed, utc_now()))
    services = Path(__file__).with_name("services.json")
    rows = [
        (each["service_code"], json.dumps(each))
        for each in json.loads(services.read_text("utf-8"))["services"]
    ]
    database.write_now(lambda c: open311.publish(c, rows))
    server = uvicorn.Server(uvicorn.Config(app, log_config=None))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/open311/v2"
    finally:
        server.should_exit = True
        thread.join()


@pytest.mark.timeout(60)
def test_our_own_central_keeps_every_rule(our_own: str, tmp_path: Path) -> None:
    code, found = tried(our_own, tmp_path, "--write")
    assert (code, broken(found)) == (0, set())
    assert {each["found"] for each in found.values()} == {"kept"}
