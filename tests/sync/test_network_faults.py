"""What real networks did to others: each call ends in time, and only the good answer is believed.

The stand-in of `tests.sync.stand_in` plays what a central can answer wrongly; here the rest is played:
sockets that do what no HTTP server would, unknown names, and certificates that should not be trusted.
"""

import contextlib
import datetime as dt
import gzip
import hashlib
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.clocks import SystemClock
from kiosk.core.case import CaseId
from kiosk.core.sync import ErrorClass
from kiosk.ports import Accepted, Enrolment, Parcel, RetryLater
from kiosk.sync import CentralAddress, CentralClient
from tests.central.tls_room import Authority
from tests.sync.stand_in import FAULTS, KEY, central

DEADLINE_S = 1.0
LONGEST_S = 3.0
BEGIN = dt.datetime(2026, 5, 1, tzinfo=dt.UTC)
Play = Callable[[socket.socket, threading.Event], None]


def parcel() -> Parcel:
    body = b'{"case_id":"c1"}'
    return Parcel(1, "c1", CaseId("c1"), "case.create", body, hashlib.sha256(body).hexdigest(), 0)


def head(length: int | None, *more: str) -> bytes:
    lines = ["HTTP/1.1 200 OK", "Content-Type: application/json", *more]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return "\r\n".join([*lines, "", ""]).encode()


def asked(line: socket.socket) -> None:
    """Wait until the request has come, or at least its beginning."""
    line.recv(65536)


def reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def blackhole(_line: socket.socket, over: threading.Event) -> None:
    over.wait(LONGEST_S * 2)


def reset_early(line: socket.socket, _over: threading.Event) -> None:
    reset(line)


def reset_in_the_body(line: socket.socket, _over: threading.Event) -> None:
    asked(line)
    line.sendall(head(500) + b'{"batch_id":')
    reset(line)


def endless_chunks(line: socket.socket, over: threading.Event) -> None:
    asked(line)
    line.sendall(head(None, "Transfer-Encoding: chunked"))
    while not over.is_set():
        line.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")


def header_flood(line: socket.socket, over: threading.Event) -> None:
    asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    while not over.is_set():
        line.sendall(b"".join(b"X-%d: %s\r\n" % (n, b"x" * 200) for n in range(100)))


def gzip_bomb(line: socket.socket, _over: threading.Event) -> None:
    asked(line)
    packed = gzip.compress(b" " * (200 * 1024 * 1024), 1)
    line.sendall(head(len(packed), "Content-Encoding: gzip") + packed)


def gzip_bomb_unsaid(line: socket.socket, _over: threading.Event) -> None:
    asked(line)
    packed = gzip.compress(b" " * (50 * 1024 * 1024), 1)
    line.sendall(head(len(packed)) + packed)


def random_bytes(line: socket.socket, _over: threading.Event) -> None:
    asked(line)
    line.sendall(hashlib.sha256(b"noise").digest() * 100)


def slow_drip(line: socket.socket, over: threading.Event) -> None:
    asked(line)
    line.sendall(head(9999))
    while not over.wait(0.3):
        line.sendall(b" ")


def busy_for_ages(line: socket.socket, _over: threading.Event) -> None:
    asked(line)
    line.sendall(b"HTTP/1.1 429 Too Many\r\nRetry-After: 999999999\r\nContent-Length: 0\r\n\r\n")


PLAYED: dict[str, Play] = {
    "blackhole": blackhole,
    "reset early": reset_early,
    "reset in the body": reset_in_the_body,
    "endless chunks": endless_chunks,
    "header flood": header_flood,
    "gzip bomb": gzip_bomb,
    "gzip bomb that says nothing": gzip_bomb_unsaid,
    "random bytes": random_bytes,
    "slow drip": slow_drip,
    "429 for 31 years": busy_for_ages,
}


@contextlib.contextmanager
def playing(play: Play) -> Iterator[str]:
    """Answer each connection by a play; give the address."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _ = server.accept()
                    with line, contextlib.suppress(OSError):
                        play(line, over)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            over.set()
            server.shutdown(socket.SHUT_RDWR)
    thread.join(LONGEST_S)


def delivered(url: str, ca_file: Path | None = None) -> tuple[object, float]:
    enrolment = Enrolment("front-desk", "secret", BEGIN, BEGIN + dt.timedelta(days=30), ())
    made = CentralClient(CentralAddress(url, enrolment, KEY, ca_file, DEADLINE_S), SystemClock())
    begun = time.monotonic()
    try:
        (delivery,) = made.deliver([parcel()])
    finally:
        made.close()
    return delivery, time.monotonic() - begun


def assert_not_sent(outcome: tuple[object, float]) -> RetryLater:
    delivery, took_s = outcome
    assert isinstance(delivery, RetryLater)
    assert delivery.problem
    assert took_s <= LONGEST_S
    return delivery


def test_the_good_answer_is_believed() -> None:
    with central() as (url, _):
        delivery, _ = delivered(url)
    assert isinstance(delivery, Accepted)


@pytest.mark.parametrize("name", PLAYED)
def test_a_network_that_misbehaves_is_never_an_acceptance_and_never_holds_the_courier(name: str) -> None:
    with playing(PLAYED[name]) as url:
        later = assert_not_sent(delivered(url))
    if name == "429 for 31 years":
        assert later.retry_after_s == 3600.0


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"twice", "at-most-3", "poison", "slow-poison"}))
def test_a_central_that_misbehaves_is_never_an_acceptance(name: str) -> None:
    with central(lambda: name) as (url, _):
        assert_not_sent(delivered(url))


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert_not_sent(delivered(f"http://127.0.0.1:{port}"))


def test_a_name_server_that_does_not_answer_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    over = threading.Event()

    def dead(*_: object, **__: object) -> list[object]:
        over.wait(DEADLINE_S * 2)
        raise socket.gaierror(socket.EAI_AGAIN, "no answer")

    monkeypatch.setattr(socket, "getaddrinfo", dead)
    later = assert_not_sent(delivered("https://central.council.example"))
    over.set()
    assert later.error_class in {ErrorClass.TIMEOUT, ErrorClass.TRANSIENT}


def test_plain_text_where_tls_is_wanted_is_not_central() -> None:
    def plain(line: socket.socket, _over: threading.Event) -> None:
        asked(line)
        line.sendall(head(2) + b"{}")

    with playing(plain) as url:
        later = assert_not_sent(delivered(url.replace("http:", "https:")))
    assert "does not speak TLS" in later.problem


@pytest.mark.parametrize(
    ("certificate", "is_ours"),
    [
        ({"begins": -60, "ends": -1}, True),
        ({"begins": 1, "ends": 30}, True),
        ({"name": "elsewhere.example"}, True),
        ({}, False),
    ],
    ids=["over", "not yet", "another name", "another authority"],
)
def test_a_certificate_that_the_authority_does_not_vouch_for_now_is_not_central(
    tmp_path: Path, certificate: dict[str, int], is_ours: bool
) -> None:
    ours = Authority.make(tmp_path / "ours")
    vouching = ours if is_ours else Authority.make(tmp_path / "theirs")
    tls = vouching.vouch(tmp_path / "tls", **certificate)  # type: ignore[arg-type]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls / "central.crt", tls / "central.key")
    with central(context=context) as (url, rows):
        later = assert_not_sent(delivered(url, ours.ca_file))
    assert later.error_class == ErrorClass.PORTAL
    assert rows.created == []
