"""Our own central keeps every rule of its API, and each deviation of another is found by its name."""

from __future__ import annotations

import json
import socket
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from kiosk import cli
from kiosk.central.pairing import make_pairing_code
from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings, Chance
from kiosk.conformance.central_api import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass
class Came:
    """One answer of our central on its way out, to be changed."""

    method: str
    path: str
    status: int
    media_type: str
    document: Any


def by_the_book(_came: Came) -> None:
    pass


def no_problem_documents(came: Came) -> None:
    came.media_type = came.media_type.replace("problem+json", "json")


def everything_is_fine(came: Came) -> None:
    came.status = 200 if came.status >= 400 else came.status


def results(change: Callable[[dict[str, Any]], None]) -> Callable[[Came], None]:
    def changed(came: Came) -> None:
        if came.path.endswith("/batches") and came.status == 200:
            for each in came.document["results"]:
                change(each)

    return changed


def a_repeat_is_another(result: dict[str, Any]) -> None:
    result["central_id"] = f"another-{id(result)}"


def a_repeat_is_created(result: dict[str, Any]) -> None:
    result["status"] = result["status"].replace("duplicate", "created")


def a_conflict_is_a_duplicate(result: dict[str, Any]) -> None:
    result["status"] = result["status"].replace("conflict", "duplicate")


def all_is_created(result: dict[str, Any]) -> None:
    result["status"] = "created"


def refused_without_reason(result: dict[str, Any]) -> None:
    result["problem"] = None


def no_identifier(result: dict[str, Any]) -> None:
    result["central_id"] = None


def a_portal(came: Came) -> None:
    came.status, came.media_type, came.document = 200, "text/html", "Sign in to this network"


def always_failing(came: Came) -> None:
    came.status, came.media_type, came.document = 500, "text/plain", "Oops"


def no_tag_is_kept(came: Came) -> None:
    came.status = 200 if came.status == 304 else came.status


def heartbeats_are_not_heard(came: Came) -> None:
    if came.path.endswith("/heartbeats"):
        came.document = {}


def what_was_sent_comes_back(came: Came) -> None:
    if came.status == 422:
        came.document["detail"] += " Quillfeather-7f3a"


PROBLEMS = {
    *("nobody-401", "token-401", "not-found-404", "code-unknown", "proof-wrong", "code-once", "unsigned"),
    *("changed-body", "request-once", "other-terminal", "too-many", "not-json", "no-echo"),
}
DEVIATIONS: dict[str, tuple[Callable[[Came], None], set[str]]] = {
    "no problem documents": (no_problem_documents, PROBLEMS),
    "everything is fine": (everything_is_fine, PROBLEMS),
    "a repeat is another case": (results(a_repeat_is_another), {"duplicate"}),
    "a repeat is created": (results(a_repeat_is_created), {"duplicate"}),
    "a conflict is a duplicate": (results(a_conflict_is_a_duplicate), {"conflict"}),
    "all is created": (
        results(all_is_created),
        {"duplicate", "conflict", "hash", "own-results", "schema-unknown"},
    ),
    "refused without a reason": (results(refused_without_reason), {"hash"}),
    "no identifier": (results(no_identifier), {"created"}),
    "no tag is kept": (no_tag_is_kept, {"etag"}),
    "heartbeats are not heard": (heartbeats_are_not_heard, {"heartbeat"}),
    "what was sent comes back": (what_was_sent_comes_back, {"no-echo"}),
}


class Deviating:
    """Our own application, with every answer changed on its way out."""

    def __init__(self, app: Any, deviation: Callable[[Came], None]) -> None:
        self._app, self._deviation = app, deviation

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start: dict[str, Any] = {}
        body = b""

        async def held(message: Any) -> None:
            nonlocal body
            if message["type"] == "http.response.start":
                start.update(message)
            else:
                body += message.get("body", b"")

        await self._app(scope, receive, held)
        headers = dict(start["headers"])
        media_type = headers.get(b"content-type", b"").decode()
        document = json.loads(body) if "json" in media_type and body else None
        came = Came(scope["method"], scope["path"], start["status"], media_type, document)
        self._deviation(came)
        content = b"" if came.document is None else json.dumps(came.document).encode()
        headers |= {b"content-type": came.media_type.encode(), b"content-length": str(len(content)).encode()}
        await send({**start, "status": came.status, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": content})


@contextmanager
def serving(folder: Path, deviation: Callable[[Came], None]) -> Iterator[tuple[str, str]]:
    """Serve a central that deviates; gives its address and a pairing code."""
    app = create_app(CentralSettings(f"sqlite:///{folder / 'central.sqlite3'}"))
    ground = app.state.ground
    code = ground.database.write_now(lambda c: make_pairing_code(c, Chance(), "judge-1", "console"))
    server = uvicorn.Server(uvicorn.Config(Deviating(app, deviation), log_config=None))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", code
    finally:
        server.should_exit = True
        thread.join()


def tried(url: str, code: str, folder: Path, *words: str) -> tuple[int, dict[str, str]]:
    file = folder / "report.json"
    exit_code = cli.main(["conformance", url, "--code", code, "--json", str(file), *words])
    return exit_code, {each["name"]: each["found"] for each in json.loads(file.read_text("utf-8"))["checks"]}


def broken(found: dict[str, str]) -> set[str]:
    return {name for name, each in found.items() if each == "broken"}


@pytest.mark.timeout(60)
def test_our_own_central_keeps_every_rule(tmp_path: Path) -> None:
    with serving(tmp_path, by_the_book) as (url, code):
        exit_code, found = tried(url, code, tmp_path, "--write")
    assert (exit_code, set(found.values())) == (0, {"kept"})


@pytest.mark.timeout(60)
def test_without_write_no_terminal_is_paired_and_no_case_handed_over(tmp_path: Path) -> None:
    with serving(tmp_path, by_the_book) as (url, code):
        exit_code, found = tried(url, code, tmp_path)
        again, whole = tried(url, code, tmp_path, "--write")
    assert (exit_code, again) == (0, 0), "the code was not used up by the first run"
    assert found["paired"] == "not tried"
    assert set(whole.values()) == {"kept"}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("deviation", DEVIATIONS)
def test_each_deviation_breaks_exactly_its_checks(deviation: str, tmp_path: Path) -> None:
    change, expected = DEVIATIONS[deviation]
    with serving(tmp_path, change) as (url, code):
        exit_code, found = tried(url, code, tmp_path, "--write")
    assert broken(found) == expected
    assert exit_code == 1


@pytest.mark.timeout(60)
def test_every_check_can_fail(tmp_path: Path) -> None:
    found: set[str] = set().union(*(names for _, names in DEVIATIONS.values()))
    for number, hopeless in enumerate((a_portal, always_failing)):
        folder = tmp_path / str(number)
        folder.mkdir()
        with serving(folder, hopeless) as (url, code):
            exit_code, checks = tried(url, code, folder, "--write")
        assert exit_code == 1
        found |= broken(checks)
    assert {each.name for each in CHECKS} - found == set()
