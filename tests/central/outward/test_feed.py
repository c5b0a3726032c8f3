"""The feed tells what happened in one order, and nothing appears before a cursor that was given out."""

from __future__ import annotations

from contextlib import contextmanager
from subprocess import PIPE, Popen
from typing import TYPE_CHECKING, Any

import pytest
from fastapi.testclient import TestClient

from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings, Chance
from kiosk.central.status import NewStatus, set_status
from tests.central.cluster import AS_OWNER, BIN, OWNER
from tests.central.room import HOST, Central, Signing, case_item

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.central.cluster import Cluster
    from tests.central.room import MovedClock


def page(central: Central, **asked: Any) -> dict[str, Any]:
    answer = central.browser.get("/v1/events", params=asked, headers=central.as_tool())
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_reader_goes_on_from_its_cursor(central: Central) -> None:
    central.pair()
    items = [case_item() for _ in range(5)]
    central.deliver(*items)
    first = page(central, limit=3)
    rest = page(central, after=first["next"])
    last = page(central, after=rest["next"])
    told = [each["data"]["case_id"] for each in [*first["events"], *rest["events"]]]
    assert told == [each["key"].partition(":")[0] for each in items]
    assert (last["events"], last["next"]) == ([], rest["next"])


def test_a_repeat_of_a_case_is_no_event(central: Central) -> None:
    central.pair()
    item = case_item()
    central.deliver(item)
    central.deliver(item)
    assert len(page(central)["events"]) == 1


def test_a_change_of_status_is_an_event_and_the_same_status_again_is_none(central: Central) -> None:
    central.pair()
    item = case_item()
    central.deliver(item)
    case_id = item["key"].partition(":")[0]
    fixed = NewStatus("fixed", "", "staff Morgan Reid")
    for expected in (True, False):
        database = central.ground.database
        assert database.write_now(lambda c: set_status(c, central.ground, case_id, fixed)) is expected
    created, changed = page(central)["events"]
    assert (created["type"], changed["type"]) == ("case.created", "case.status")
    assert changed["data"]["status"] == "fixed"


def test_a_wrong_cursor_and_a_stranger_are_refused(central: Central) -> None:
    wrong = central.browser.get("/v1/events", params={"after": "x"}, headers=central.as_tool())
    assert (wrong.status_code, wrong.json()["type"]) == (422, "/problems/not-as-agreed")
    assert central.browser.get("/v1/events").status_code == 401


@contextmanager
def slow_transaction(cluster: Cluster, name: str) -> Iterator[Popen[str]]:
    """Open a connection of its own, whose transactions end when the test says so."""
    where = ["-h", "127.0.0.1", "-p", str(cluster.port), "-U", OWNER, "-d", name]
    command = [str(BIN / "psql"), *where, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd="/", **AS_OWNER) as psql:
        yield psql
        assert psql.stdin is not None
        psql.stdin.close()
        assert psql.wait(10) == 0


def say(psql: Popen[str], sql: str) -> None:
    assert psql.stdin is not None
    assert psql.stdout is not None
    psql.stdin.write(f"{sql};\nSELECT 'done';\n")
    psql.stdin.flush()
    assert psql.stdout.readline().strip() == "done"


SLOW = (
    "INSERT INTO case_events (tx, event_id, kind, case_id, at, status) VALUES "
    "(pg_current_xact_id()::text::bigint, 'slow', 'case.created', 'slow-case', now(), 'open')"
)


@pytest.mark.timeout(60)
def test_an_event_of_a_slow_transaction_is_never_passed_over(
    cluster: Cluster, template: str, clock: MovedClock
) -> None:
    """On a server a later number can be seen first: the feed waits, then tells both in one order."""
    name = cluster.new_database(template)
    app = create_app(CentralSettings(cluster.address(name)), Chance(now=clock))
    with TestClient(app, base_url=HOST) as browser, slow_transaction(cluster, name) as psql:
        browser.auth = signing = Signing(clock)
        central = Central(browser, app.state.ground, clock, signing)
        central.pair()
        say(psql, f"BEGIN; {SLOW}")
        central.deliver(case_item(case_id="quick-case-1"))
        early = page(central)
        say(psql, "COMMIT")
        late = page(central, after=early["next"])
    assert early["events"] == [], "what is after the slow one is not told before it"
    assert [each["data"]["case_id"] for each in late["events"]] == ["slow-case", "quick-case-1"]
