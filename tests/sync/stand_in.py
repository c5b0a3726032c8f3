"""A small central on loopback that answers as agreed, or with one of the faults of real networks.

It shares no code with the courier: it reads the bytes that arrive and keeps rows as a database would.
"""

import base64
import hashlib
import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from kiosk.keys import TerminalKey
from kiosk.ports import Enrolment, SigningKey
from kiosk.sync import CentralAddress

PAIRED = {
    "terminal": "front-desk",
    "token": "secret",
    "issued_at": "2026-05-01T00:00:00Z",
    "expires_at": "2026-05-31T00:00:00Z",
    "signing_keys": [{"key_id": "k1", "public_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}],
}
KEY = TerminalKey(bytes(range(32)))
CENTRALS_KEY = TerminalKey(b"centrals own key, 32 bytes long.")


def address(
    url: str, terminal: str = "front-desk", *, ca_file: Path | None = None, deadline_s: float = 0.4
) -> CentralAddress:
    """Say where a stand-in is, as a terminal that was paired at the start of May knows it."""
    begin = datetime(2026, 5, 1, tzinfo=UTC)
    believed = (SigningKey("central-1", CENTRALS_KEY.public_bytes),)
    enrolment = Enrolment(terminal, "secret", begin, begin + timedelta(days=30), believed)
    return CentralAddress(url, enrolment, KEY, ca_file, deadline_s)


def signed_keys(*keys: dict[str, str], by: TerminalKey = CENTRALS_KEY) -> dict[str, str]:
    """Tell council keys as central does."""
    document = json.dumps({"format": 1, "keys": keys})
    signature = by.sign(b"council-kiosk/council-keys/1\n" + document.encode())
    return {
        "document": document,
        "signature": base64.b64encode(signature).decode(),
        "key_id": "central-1",
    }


Respond = Callable[["Exchange"], None]


@dataclass
class Rows:
    """What central has, under one lock; `created` may show a case twice if its key was not kept."""

    by_key: dict[str, str] = field(default_factory=dict)
    created: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    too_new: set[str] = field(default_factory=set)
    orders: list[dict[str, object]] = field(default_factory=list)
    outcomes: dict[str, dict[str, str]] = field(default_factory=dict)
    heartbeats: list[dict[str, object]] = field(default_factory=list)
    tombstones: list[dict[str, str]] = field(default_factory=list)
    keys: dict[str, str] = field(default_factory=signed_keys)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def result(self, item: dict[str, str]) -> dict[str, object]:
        key, sha256 = item["key"], hashlib.sha256(item["body"].encode()).hexdigest()
        if json.loads(item["body"])["case_id"] in self.refused:
            problem = {"type": "about:blank", "title": "Not a street here", "detail": "Ask again."}
            return {"key": key, "status": "rejected", "central_id": None, "problem": problem}
        if json.loads(item["body"])["case_id"] in self.too_new:
            problem = {"type": "/problems/schema-unknown", "title": "Not known", "detail": "Update central."}
            return {"key": key, "status": "rejected", "central_id": None, "problem": problem}
        known = self.by_key.get(key)
        if known is None:
            self.by_key[key] = sha256
            self.created.append(json.loads(item["body"])["case_id"])
        status = {None: "created", sha256: "duplicate"}.get(known, "conflict")
        return {"key": key, "status": status, "central_id": f"central-{key}", "problem": None}

    def take(self, body: bytes) -> dict[str, object]:
        batch = json.loads(body)
        with self.lock:
            results = [self.result(item) for item in batch["items"]]
        return {"batch_id": batch["batch_id"], "results": results}


class Exchange(BaseHTTPRequestHandler):
    """One request, and the ways to answer it."""

    protocol_version = "HTTP/1.1"
    rows: ClassVar[Rows]
    next_fault: ClassVar[Callable[[], str]]
    release: ClassVar[threading.Event]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - their name
        """Say nothing."""

    def do_GET(self) -> None:
        self.answer(b"")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, body: bytes) -> None:
        self.rows.requests.append(f"{self.command} {self.path}")
        self.rows.headers.append(dict(self.headers.items()))
        self.rows.bodies.append(body)
        fault = type(self).next_fault()
        if fault:
            FAULTS[fault](self, body)
        else:
            self.agreed(body)

    def agreed(self, body: bytes) -> None:
        path = self.path.partition("?")[0]
        if path.endswith("/batches"):
            self.json(200, self.rows.take(body))
        elif path.endswith("/appointments"):
            self.appointments()
        elif path.endswith("/council-keys"):
            self.json(200, self.rows.keys)
        elif path.endswith("/tombstones"):
            self.json(200, {"tombstones": self.rows.tombstones, "most": 500})
        elif path.endswith("/print-orders"):
            self.json(200, {"orders": self.rows.orders})
        elif path.endswith("/outcome"):
            order_id = path.split("/")[-2]
            self.rows.outcomes[order_id] = json.loads(body)
            self.json(200, {"order_id": order_id, "recorded": True})
        elif path.endswith("/heartbeats"):
            self.rows.heartbeats.append(json.loads(body)["facts"])
            self.json(200, {"received": True})
        elif path.endswith("/pairings"):
            self.json(201, PAIRED)
        elif path.endswith("/tokens"):
            self.json(201, {**PAIRED, "token": "renewed"})

    def appointments(self) -> None:
        if self.headers.get("If-None-Match") == '"v1"':
            self.send(304, b"", "application/json")
            return
        one = {
            "appointment_id": "a1", "reference": "AB12", "full_name": "Ann Test", "birth_date": None,
            "starts_at": "2026-05-01T10:00:00Z", "service": "housing", "queue": "H", "with_whom": "",
            "checked_in": False,
        }  # fmt: skip
        self.json(200, {"appointments": [one]}, {"ETag": '"v1"'})

    def json(self, status: int, content: object, more: dict[str, str] | None = None) -> None:
        self.send(status, json.dumps(content).encode(), "application/json", more)

    def problem(self, status: int, more: dict[str, str] | None = None) -> None:
        content = json.dumps({"type": "about:blank", "title": f"Refused with {status}"}).encode()
        self.send(status, content, "application/problem+json", more)

    def send(self, status: int, content: bytes, media_type: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        length = {} if status == 304 else {"Content-Type": media_type, "Content-Length": str(len(content))}
        for name, value in {**length, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def hang_up(self) -> None:
        self.close_connection = True

    def drip(self, content: bytes) -> None:
        """One byte now and then, for ever: no single wait is long."""
        while not self.release.wait(0.02):
            self.wfile.write(content)


def _answer_lost(exchange: Exchange, body: bytes) -> None:
    if exchange.path.endswith("/batches"):
        exchange.rows.take(body)
    exchange.hang_up()


def _twice(exchange: Exchange, body: bytes) -> None:
    if exchange.path.endswith("/batches"):
        exchange.rows.take(body)
    exchange.agreed(body)


def _wrong_key(exchange: Exchange, body: bytes) -> None:
    answer = exchange.rows.take(body)
    results = [{**one, "key": "somebody-else"} for one in answer["results"]]  # type: ignore[attr-defined]
    exchange.json(200, {**answer, "results": results})


def _wrong_batch(exchange: Exchange, body: bytes) -> None:
    exchange.json(200, {**exchange.rows.take(body), "batch_id": "another"})


def _slow_header(exchange: Exchange, _body: bytes) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    exchange.drip(b"x")


def _slow_body(exchange: Exchange, _body: bytes) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9999\r\n\r\n")
    exchange.drip(b" ")


def _endless(exchange: Exchange, _body: bytes) -> None:
    exchange.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
    while not exchange.release.is_set():
        exchange.wfile.write(b" " * 65536)


def _mute(exchange: Exchange, _body: bytes) -> None:
    exchange.release.wait(20)
    exchange.hang_up()


def _truncated(exchange: Exchange, _body: bytes) -> None:
    exchange.wfile.write(
        b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"a"'
    )
    exchange.hang_up()


def _sends(status: int, content: bytes, media_type: str, **more: str) -> Callable[[Exchange, bytes], None]:
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    return lambda exchange, _body: exchange.send(status, content, media_type, headers)


def _refuses(status: int) -> Callable[[Exchange, bytes], None]:
    return lambda exchange, _body: exchange.problem(status)


def _too_many(limit: int, status: int) -> Callable[[Exchange, bytes], None]:
    def respond(exchange: Exchange, body: bytes) -> None:
        if exchange.path.endswith("/batches") and len(json.loads(body)["items"]) > limit:
            exchange.problem(status)
        else:
            exchange.agreed(body)

    return respond


_HTML = b"<html>Welcome to the guest network</html>"
_DEEP = b"[" * 200_000
FAULTS: dict[str, Callable[[Exchange, bytes], None]] = {
    "answer-lost": _answer_lost,
    "twice": _twice,
    "cut": lambda exchange, _body: exchange.hang_up(),
    "portal": _sends(200, _HTML, "text/html"),
    "portal-as-json": _sends(200, _HTML, "application/json"),
    "redirect": _sends(302, b"", "text/html", Location="/login"),
    "wrong-key": _wrong_key,
    "wrong-batch": _wrong_batch,
    "slow-header": _slow_header,
    "slow-body": _slow_body,
    "endless": _endless,
    "mute": _mute,
    "truncated": _truncated,
    "list": _sends(200, b"[]", "application/json"),
    "deep": _sends(200, _DEEP, "application/json"),
    "long-number": _sends(200, b'{"batch_id":' + b"9" * 10_000 + b"}", "application/json"),
    "nan": _sends(200, b'{"batch_id":NaN}', "application/json"),
    "packed": _sends(200, b"\x1f\x8b\x08", "application/json", Content_Encoding="gzip"),
    "accepted-202": _sends(202, b"{}", "application/json"),
    "empty": _sends(204, b"", "application/json"),
    "html-403": _sends(403, _HTML, "text/html"),
    "html-404": _sends(404, _HTML, "text/html"),
    "busy": _sends(503, _HTML, "text/html", Retry_After="7"),
    "fault-500": _sends(500, _HTML, "text/html"),
    "refused-400": _refuses(400),
    "refused-401": _refuses(401),
    "refused-410": _refuses(410),
    "refused-413": _refuses(413),
    "refused-426": _refuses(426),
    "at-most-3": _too_many(3, 413),
    "poison": lambda exchange, body: exchange.problem(422) if b"poison" in body else exchange.agreed(body),
    "slow-poison": lambda exchange, body: (
        _mute(exchange, body) if b"poison" in body else exchange.agreed(body)
    ),
}


@contextmanager
def central(
    next_fault: Callable[[], str] = lambda: "", context: ssl.SSLContext | None = None
) -> Iterator[tuple[str, Rows]]:
    """Run a central on a free port of loopback; give its address and what it has."""
    rows, release = Rows(), threading.Event()
    behaviour = {"rows": rows, "next_fault": staticmethod(next_fault), "release": release}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Told", (Exchange,), behaviour))
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the courier hangs up: expected here
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        scheme = "https" if context else "http"
        yield f"{scheme}://localhost:{server.server_port}", rows
    finally:
        release.set()
        server.shutdown()
        server.server_close()
        thread.join()
