"""A small Open311 server, written from the protocol alone, with the deviations of the field as switches."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KEY = "sesame"
KNOWN = {
    *(
        "api_key",
        "service_code",
        "lat",
        "long",
        "address_string",
        "description",
        "device_id",
        "jurisdiction_id",
    )
}
CHILD = {"services": "service", "service_requests": "request", "errors": "error", "attributes": "attribute"}
SERVICES: list[dict[str, Any]] = [
    {
        "service_code": "lamp",
        "service_name": "Lamp",
        "metadata": False,
        "type": "realtime",
        "group": "Streets",
    },
    {"service_code": "tip", "service_name": "Tip", "metadata": True, "type": "realtime", "group": "Streets"},
]
DEFINITION = {
    "service_code": "tip",
    "attributes": [{"variable": True, "code": "size", "datatype": "string", "required": False}],
}


class FaultError(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def drip(exchange: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for ever: no single wait is long."""
    never = threading.Event()
    exchange.send_response(200)
    exchange.end_headers()
    with suppress(OSError):
        while not never.wait(0.05):
            exchange.wfile.write(b" ")
            exchange.wfile.flush()


@dataclass
class SmallServer:
    deviations: frozenset[str] = frozenset()
    requests: list[dict[str, Any]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)

    def deviates(self, how: str) -> bool:
        return how in self.deviations

    def instead(self, path: str) -> Callable[[BaseHTTPRequestHandler], None] | None:
        """Return what is done instead of answering."""
        if path == "requests" and self.deviates("silent about requests"):
            return lambda _: None
        return drip if path.startswith("tokens/") and self.deviates("dripping tokens") else None

    def answer(self, method: str, path: str, asked: dict[str, str]) -> tuple[str, Any]:
        """Return the root's name and the content, or raise a fault."""
        if self.deviates("failing"):
            raise FaultError(500)
        if self.deviates("a portal"):
            return "html", "Sign in to this network"
        if asked.get("jurisdiction_id") and not self.deviates("jurisdiction ignored"):
            raise FaultError(404)
        if method == "POST":
            return "service_requests", [self.take(asked)]
        room, _, name = path.partition("/")
        match room, name:
            case "discovery", "":
                return "discovery", {"endpoints": {"endpoint": {"url": "here"}}}
            case "services", "":
                return "services", [self.listed(each) for each in SERVICES]
            case "services", "tip":
                return "service_definition", DEFINITION
            case "requests", "":
                self.check_dates(asked)
                return "service_requests", self.requests
            case "requests", _:
                return "service_requests", [self.one(name)]
            case "tokens", _:
                return "service_requests", [self.of_token(name)]
            case _:
                raise FaultError(404)

    def listed(self, service: dict[str, Any]) -> dict[str, Any]:
        return {**service, "groups": "Streets"} if self.deviates("groups beside group") else service

    def one(self, name: str) -> dict[str, Any]:
        for each in self.requests:
            if each["service_request_id"] == name:
                return each
        raise FaultError(500 if self.deviates("500 for an unknown request") else 404)

    def of_token(self, name: str) -> dict[str, Any]:
        for each in self.requests:
            if f"token-{each['service_request_id']}" == name:
                return {"service_request_id": each["service_request_id"], "token": name}
        raise FaultError(404)

    def check_dates(self, asked: dict[str, str]) -> None:
        start, end = asked.get("start_date", ""), asked.get("end_date", "")
        if "." in start and self.deviates("strict dates"):
            raise FaultError(400)
        if (start and "T" not in start) or (start[:7] == "2026-01" and not self.deviates("any range")):
            raise FaultError(400)
        assert end is not None

    def take(self, asked: dict[str, str]) -> dict[str, Any]:
        key = asked.get("api_key", "")
        if not key:
            raise FaultError(400 if self.deviates("400 without a key") else 403)
        if key != KEY and not self.deviates("any key"):
            raise FaultError(403)
        self.check_form(asked)
        own = asked.get("attribute[external_id]", "")
        if own in self.own and not self.deviates("a repeat is another request"):
            return self.named(self.own[own])
        made = f"r{len(self.requests)}"
        self.requests.append(self.kept(made, asked["service_code"]))
        if own:
            self.own[own] = made
        return self.named(made)

    def named(self, made: str) -> dict[str, Any]:
        return {"token": f"token-{made}"} if self.deviates("tokens") else {"service_request_id": made}

    def check_form(self, asked: dict[str, str]) -> None:
        strange = {name for name in asked if not name.startswith("attribute[")} - KNOWN
        if strange and self.deviates("strict parameters"):
            raise FaultError(400)
        code = asked.get("service_code", "")
        if code not in {"", "lamp", "tip"}:
            raise FaultError(400 if self.deviates("400 for an unknown service") else 404)
        has_place = ("lat" in asked and "long" in asked) or "address_string" in asked
        too_long = len(asked.get("description", "")) > 4000 and not self.deviates("any length")
        if not code or not has_place or too_long:
            raise FaultError(400)

    def kept(self, made: str, code: str) -> dict[str, Any]:
        when = "2026-11-24T09:00:00" + ("" if self.deviates("dates without offset") else "Z")
        status = "INVESTIGATING" if self.deviates("statuses of its own") else "open"
        return {
            "service_request_id": made,
            "status": status,
            "service_code": "other" if self.deviates("another service") else code,
            "requested_datetime": when,
            "updated_datetime": when,
        }

    def written(self, format_: str, root: str, content: Any) -> tuple[bytes, str]:
        charset = "" if self.deviates("no charset") else "; charset=utf-8"
        if format_ == "json":
            if self.deviates("wrapped JSON") and isinstance(content, list):
                content = {root: content}
            text = json.dumps(content)
            if self.deviates("booleans as texts"):
                text = text.replace(": true", ': "true"').replace(": false", ': "false"')
            return text.encode(), f"application/json{charset}"
        head = "" if self.deviates("XML without declaration") else '<?xml version="1.0" encoding="utf-8"?>'
        text = xml(root, content)
        if self.deviates("a namespace"):
            text = text.replace(f"<{root}>", f"<{root} xmlns='urn:other'>", 1)
        return (head + text).encode(), f"text/xml{charset}"


def xml(name: str, value: Any) -> str:
    match value:
        case list():
            inside = "".join(xml(CHILD[name], each) for each in value)
        case dict():
            inside = "".join(xml(each, inner) for each, inner in value.items())
        case bool():
            inside = str(value).lower()
        case _:
            inside = escape(str(value))
    return f"<{name}>{inside}</{name}>"


def server_class(server: SmallServer) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # one write for head and body: two would wait for each other's acknowledgement

        def do_GET(self) -> None:
            self.serve("GET", urlsplit(self.path).query)

        def do_POST(self) -> None:
            self.serve("POST", self.rfile.read(int(self.headers["Content-Length"])).decode())

        def serve(self, method: str, sent: str) -> None:
            path, _, format_ = urlsplit(self.path).path.strip("/").rpartition(".")
            if (instead := server.instead(path)) is not None:
                self.close_connection = True
                instead(self)
                return
            asked = {name: values[-1] for name, values in parse_qs(sent).items()}
            status, root, content = 200, "", None
            try:
                if format_ == "json" and server.deviates("XML only"):
                    raise FaultError(404)  # noqa: TRY301 - one place tells every fault
                root, content = server.answer(method, path, asked)
            except FaultError as fault:
                status, root = fault.status, "errors"
                content = [{"code": str(status), "description": "No."}]
                if server.deviates("errors of its own"):
                    root, content = "error", {"message": "No."}
            self.reply(status, *server.written(format_, root, content))

        def reply(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            pass

    return Answering


@contextmanager
def serving(server: SmallServer) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), server_class(server)) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}"
        finally:
            listening.shutdown()
            thread.join()
