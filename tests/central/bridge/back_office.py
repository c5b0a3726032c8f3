"""A council's back office that speaks Open311 over HTTP, with the faults of the field as a plan."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "office-key"


@dataclass
class BackOffice:
    """What it has, and which faults it makes with the next calls: one word for each POST, then none.

    Faults: ``lost`` (kept, but the answer never comes), ``cut`` (not kept, no answer), ``down`` (400, not
    kept), ``500 kept``, ``portal`` (200, a sign-in page), ``token`` (the identifier comes later).
    """

    faults: list[str] = field(default_factory=list)
    blind: int = 0
    tokens_ready: bool = True
    requests: list[dict[str, str]] = field(default_factory=list)
    updates: list[dict[str, str]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def post(self, form: dict[str, str]) -> tuple[int, Any] | None:
        """Answer with a status and a document; None closes the line without an answer."""
        fault = self.faults.pop(0) if self.faults else ""
        if form.get("api_key") != KEY:
            return 403, [{"code": "403", "description": "api_key is wrong"}]
        if fault == "cut":
            return None
        if fault == "down":
            return 400, [{"code": "400", "description": "The CRM is down"}]
        if fault == "portal":
            return 200, "Sign in to this network"
        made = f"B{len(self.requests) + 1}"
        self.requests.append({"service_request_id": made, **form})
        if fault == "lost":
            return None
        if fault == "500 kept":
            return 500, "Oops"
        return 200, [{"token": f"T-{made}"} if fault == "token" else {"service_request_id": made}]

    def get(self, path: str, asked: dict[str, str]) -> tuple[int, Any] | None:
        room, _, name = path.partition("/")
        match room:
            case "tokens":
                made = {"service_request_id": name.removeprefix("T-")} if self.tokens_ready else {}
                return 200, [{"token": name, **made}]
            case "requests" if self.blind:
                self.blind -= 1
                return 503, "Later"
            case "requests" if "external_id" in asked:
                own = asked["external_id"]
                return 200, [each for each in self.requests if each.get("attribute[external_id]") == own]
            case "requests":
                return 200, self.requests
            case _:
                return 200, self.updates


def xml(name: str, value: Any) -> str:
    match value:
        case list():
            inside = "".join(xml("request", each) for each in value)
        case dict():
            inside = "".join(xml(each.partition("[")[0], inner) for each, inner in value.items())
        case _:
            inside = str(value).replace("&", "&amp;").replace("<", "&lt;")
    return f"<{name}>{inside}</{name}>"


def server_class(office: BackOffice) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        wbufsize = -1  # head and body in one write

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self.reply(office.get(self.path_of(parts.path), self.plain(parts.query)), parts.path)

        def do_POST(self) -> None:
            form = self.plain(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.reply(office.post(form), self.path)

        def path_of(self, path: str) -> str:
            return path.strip("/").rpartition(".")[0]

        def plain(self, text: str) -> dict[str, str]:
            return {name: ", ".join(values) for name, values in parse_qs(text).items()}

        def reply(self, answer: tuple[int, Any] | None, path: str) -> None:
            office.calls.append(f"{self.command} {self.path_of(urlsplit(path).path).partition('/')[0]}")
            if answer is None:
                self.close_connection = True
                return
            status, content = answer
            body = self.written(content, as_json=urlsplit(path).path.endswith(".json")).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def written(self, content: Any, *, as_json: bool) -> str:
            if isinstance(content, str):
                return content
            if as_json:
                return json.dumps({"service_requests": content})
            return f'<?xml version="1.0" encoding="utf-8"?>{xml("service_requests", content)}'

        def log_message(self, *_words: Any) -> None:
            pass

    return Answering


@contextmanager
def open_office(office: BackOffice) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), server_class(office)) as listening:
        listening.daemon_threads = True
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.server_port}"
        finally:
            listening.shutdown()
            thread.join()
