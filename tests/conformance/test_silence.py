"""A rule that could not be asked is not told as broken: who does not answer, and why, is said once."""

from __future__ import annotations

import errno
import json
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest
import requests
import urllib3

from kiosk import cli
from kiosk.commands.conformance import RULES
from kiosk.conformance.silence import silence_of
from tests.central.tls_room import Authority
from tests.conformance.small_server import KEY, SmallServer, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.timeout(60)


def tried(url: str, folder: Path, *words: str, api: str = "open311") -> tuple[int, dict[str, Any]]:
    file = folder / "report.json"
    code = cli.main(["conformance", url, "--api", api, "--wait", "0.3", "--json", str(file), *words])
    return code, json.loads(file.read_text("utf-8"))


def found(report: dict[str, Any]) -> set[str]:
    return {each["found"] for each in report["checks"]}


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def each_caller(serve: Callable[[socket.socket], None]) -> Iterator[tuple[int, list[socket.socket]]]:
    """Serve each caller so; gives the port and all who called. Connections end with the test."""
    listening, callers = socket.create_server(("127.0.0.1", 0)), list[socket.socket]()

    def accept() -> None:
        while True:
            try:
                caller, _ = listening.accept()
            except OSError:
                return
            callers.append(caller)
            serve(caller)

    thread = threading.Thread(target=accept)
    thread.start()
    try:
        yield listening.getsockname()[1], callers
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join()
        for caller in callers:
            caller.close()


def say_nothing(_caller: socket.socket) -> None:
    pass


def hang_up(caller: socket.socket) -> None:
    caller.recv(65536)
    caller.shutdown(socket.SHUT_RDWR)


def drip(text: str) -> Callable[[socket.socket], None]:
    """Begin with a text, and then send a byte now and then, for ever: no single wait is long."""

    def serve(caller: socket.socket) -> None:
        def send() -> None:
            with suppress(OSError):
                caller.sendall(text.encode())
                while True:
                    caller.sendall(b" ")
                    never.wait(0.05)

        never = threading.Event()
        threading.Thread(target=send, daemon=True).start()

    return serve


def say(text: str) -> Callable[[socket.socket], None]:
    def serve(caller: socket.socket) -> None:
        caller.recv(65536)
        caller.sendall(text.encode())

    return serve


@pytest.mark.parametrize("api", RULES)
def test_at_a_closed_port_no_rule_is_broken_and_the_reason_is_told_once(
    api: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://127.0.0.1:{closed_port()}"
    code, report = tried(url, tmp_path, "--write", "--code", "1234-5678", "--api-key", KEY, api=api)
    told = capsys.readouterr().out
    assert (code, report["passes"], report["answers"]) == (2, False, False)
    assert found(report) <= {"no answer", "not tried"}
    assert {each["how"] for each in report["checks"] if each["found"] == "no answer"} == {
        "it refuses the connection"
    }
    assert report["problem"].startswith(f"KIOSK-050 {url}: The server does not answer: it refuses")
    assert told.count("it refuses the connection") == 1
    assert report["problem"] in told
    assert "BROKEN" not in told
    assert "0 kept, 0 broken, 0 against advice, " in told
    assert told.endswith("nothing can be said of it\n")


def test_a_server_that_takes_the_connection_and_stays_silent_is_waited_for_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with each_caller(say_nothing) as (port, callers):
        code, report = tried(f"http://127.0.0.1:{port}", tmp_path, "--write", "--api-key", KEY)
    assert (code, len(callers)) == (2, 1)
    assert found(report) <= {"no answer", "not tried"}
    assert "it says nothing for 0.3 seconds" in report["problem"]
    assert "--wait" in capsys.readouterr().out


@pytest.mark.parametrize(
    "begin",
    [
        "HTTP/1.1 200 OK\r\nX: ",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    ],
    ids=["header", "body", "body of no told length"],
)
def test_a_server_that_drips_its_answer_is_cut_off_and_told_as_that(
    begin: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with each_caller(drip(begin)) as (port, callers):
        code, report = tried(f"http://127.0.0.1:{port}", tmp_path)
    assert (code, len(callers)) == (2, 1), "it is waited for once"
    assert found(report) <= {"no answer", "not tried"}
    slow = "it sends its answer so slowly that it is not whole after 1.2 seconds"
    assert report["problem"].startswith("KIOSK-050")
    assert slow in report["problem"]
    assert "--wait gives it more time" in capsys.readouterr().out


def test_a_server_that_drips_one_answer_of_many_fails_the_rule_that_asked_for_it(tmp_path: Path) -> None:
    with serving(SmallServer(frozenset({"dripping tokens"}))) as url:
        code, report = tried(url, tmp_path)
    by_name = {each["name"]: each for each in report["checks"]}
    assert (code, report["answers"]) == (1, True)
    assert by_name["tokens-404"]["found"] == "no answer"
    assert "so slowly" in by_name["tokens-404"]["how"]
    assert by_name["definition"]["found"] == "kept"


@pytest.mark.parametrize(
    ("serve", "why"),
    [
        (hang_up, "it ends the connection before its answer is whole"),
        (say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"), "it says nothing for 0.3 seconds"),
        (say("220 mail.example ESMTP\r\n"), "it does not speak HTTP"),
    ],
    ids=["hangs up", "stalls in the middle", "mail"],
)
def test_who_speaks_otherwise_than_expected_is_not_told_as_breaking_rules(
    serve: Callable[[socket.socket], None], why: str, tmp_path: Path
) -> None:
    with each_caller(serve) as (port, _):
        code, report = tried(f"http://127.0.0.1:{port}", tmp_path)
    assert (code, "broken" in found(report)) == (2, False)
    assert why in report["problem"]


@contextmanager
def over_tls(folder: Path, name: str = "localhost") -> Iterator[tuple[str, Path]]:
    """Serve TLS that the council's own authority vouches for; gives the address and the authority's file."""
    authority = Authority.make(folder / "ours")
    tls = authority.vouch(folder / "tls", name=name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls / "central.crt", tls / "central.key")

    def serve(caller: socket.socket) -> None:
        try:
            with context.wrap_socket(caller, server_side=True) as secret:
                secret.recv(65536)
                secret.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except OSError:  # whom the certificate does not please hangs up
            return

    with each_caller(serve) as (port, _):
        yield f"https://localhost:{port}", authority.ca_file


def test_an_authority_that_is_not_trusted_is_told_as_that_and_can_be_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with over_tls(tmp_path) as (url, ca_file):
        code, report = tried(url, tmp_path)
        again, asked = tried(url, tmp_path, "--ca-file", str(ca_file))
    assert (code, "broken" in found(report)) == (2, False)
    assert "no authority that is trusted here vouches for its certificate" in report["problem"]
    assert "--ca-file" in capsys.readouterr().out
    assert (again, asked["answers"]) == (1, True)
    assert "broken" in found(asked)


def test_a_certificate_for_another_name_is_told_as_that(tmp_path: Path) -> None:
    with over_tls(tmp_path, "elsewhere.example") as (url, ca_file):
        code, report = tried(url, tmp_path, "--ca-file", str(ca_file))
    assert code == 2
    assert "its certificate is for another name" in report["problem"]


def test_where_no_tls_is_spoken_the_address_is_doubted(tmp_path: Path) -> None:
    with serving(SmallServer()) as url:
        code, report = tried(url.replace("http://", "https://"), tmp_path)
    assert code == 2
    assert "it does not speak TLS" in report["problem"]
    assert "http://" in report["problem"]


@pytest.mark.parametrize(
    "name", ["[::1%25none-such]", f"{'a' * 70}.localhost"], ids=["none such", "too long"]
)
def test_a_name_that_is_not_found_is_told_as_that(name: str, tmp_path: Path) -> None:
    code, report = tried(f"http://{name}", tmp_path)
    assert code == 2
    assert "its name is not found" in report["problem"]


def test_where_no_way_leads_is_told_as_that() -> None:
    below = OSError(errno.EHOSTUNREACH, "No route to host")
    error = requests.ConnectionError(urllib3.exceptions.ProtocolError("Connection aborted.", below))
    assert silence_of(error, 1).why == "no way leads to it from this machine"


def test_one_rule_without_an_answer_holds_no_other_up_and_does_not_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(SmallServer(frozenset({"silent about requests"}))) as url:
        code, report = tried(url, tmp_path)
    told = capsys.readouterr().out
    by_name = {each["name"]: each for each in report["checks"]}
    assert (code, report["answers"], report["problem"]) == (1, True, "")
    assert by_name["requests"]["found"] == "no answer"
    assert by_name["services"]["found"] == by_name["definition"]["found"] == "kept"
    assert "no answer  requests\n             it ends the connection before its answer is whole" in told
    assert told.endswith("does not pass\n")


def test_an_answer_that_cannot_be_unpacked_is_an_answer(tmp_path: Path) -> None:
    packed = (
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\nConnection: close\r\n\r\nplain"
    )
    with each_caller(say(packed)) as (port, _):
        code, report = tried(f"http://127.0.0.1:{port}", tmp_path)
    assert (code, report["answers"]) == (1, True)
    assert "broken" in found(report)


@pytest.mark.parametrize(
    "words",
    [
        ("https://",),
        ("https://x.example", "--wait", "0"),
        ("https://x.example", "--wait", "long"),
        ("https://x.example", "--ca-file", "none-such.pem"),
    ],
)
def test_words_that_cannot_be_meant_are_refused_before_anything_is_asked(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["conformance", *words]) == 2
    assert "KIOSK-006" in capsys.readouterr().err
