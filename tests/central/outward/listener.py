"""A web server of somebody else, as a list of what came and a plan of what it answers."""

from __future__ import annotations

import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qs, urlsplit

import jwt

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "66666666-7777-4888-9999-aaaaaaaaaaaa"
NOTIFY_KEY = f"kiosk-{SERVICE}-{SECRET}"
TEMPLATE = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff"


@dataclass(frozen=True)
class Came:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


class Answering(Protocol):
    def answer(self, came: Came) -> tuple[int, dict[str, str], Any]: ...


@dataclass
class Hook:
    """An endpoint of webhooks; `statuses` are its next answers, then 204."""

    statuses: list[int] = field(default_factory=list)
    came: list[Came] = field(default_factory=list)

    def answer(self, came: Came) -> tuple[int, dict[str, str], Any]:
        self.came.append(came)
        status = self.statuses.pop(0) if self.statuses else 204
        headers = {"Location": "http://127.0.0.1:9/"} if status == 302 else {}
        return status, headers, None


@dataclass
class StandInNotify:
    """GOV.UK Notify as its documents say: token, schema, the rate limit, and the list by reference."""

    now: int
    rate_limited: int = 0
    lose_answers: int = 0
    sent: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, came: Came) -> tuple[int, dict[str, str], Any]:
        wrong = self.token_fault(came.headers.get("Authorization", ""))
        if wrong:
            return 403, {}, self.errors(403, "AuthError", wrong)
        if came.method == "GET":
            asked = parse_qs(urlsplit(came.path).query)
            found = [each for each in self.sent if each["reference"] == asked["reference"][0]]
            return 200, {}, {"notifications": [{"template": {"id": each["template_id"]}} for each in found]}
        if self.rate_limited:
            self.rate_limited -= 1
            return 429, {}, self.errors(429, "RateLimitError", "Exceeded rate limit for key type LIVE")
        fault = self.schema_fault(came)
        if fault:
            return 400, {}, self.errors(400, "ValidationError", fault)
        self.sent.append({**json.loads(came.body), "kind": came.path.rpartition("/")[2]})
        if self.lose_answers:
            self.lose_answers -= 1
            return 0, {}, None
        return 201, {}, {"id": f"n{len(self.sent)}"}

    def errors(self, status: int, name: str, message: str) -> dict[str, Any]:
        return {"status_code": status, "errors": [{"error": name, "message": message}]}

    def token_fault(self, header: str) -> str:
        try:
            claims = jwt.decode(
                header.removeprefix("Bearer "),
                SECRET,
                algorithms=["HS256"],
                options={"require": ["iss", "iat"], "verify_iat": False},
            )
        except jwt.InvalidTokenError as error:
            return f"Invalid token: {type(error).__name__}"
        if claims["iss"] != SERVICE:
            return "Invalid token: service not found"
        return "" if abs(claims["iat"] - self.now) <= 30 else "Error: Your system clock must be accurate"

    def schema_fault(self, came: Came) -> str:
        document, kind = json.loads(came.body), came.path.rpartition("/")[2]
        to = {"sms": "phone_number", "email": "email_address"}[kind]
        if set(document) != {to, "template_id", "personalisation", "reference"}:
            return f"Additional or missing properties: {sorted(document)}"
        if document["template_id"] != TEMPLATE:
            return "Template not found"
        if set(document["personalisation"]) != {"ref", "what"}:
            return "Missing personalisation: ref, what"
        return "" if "@" in document[to] or document[to][-1].isdigit() else f"{to} Not a valid one"


@contextmanager
def listening(to: Answering) -> Iterator[str]:
    class Server(BaseHTTPRequestHandler):
        wbufsize = -1  # head and body in one write

        def do_GET(self) -> None:
            self.serve()

        def do_POST(self) -> None:
            self.serve()

        def serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            status, headers, document = to.answer(Came(self.command, self.path, dict(self.headers), body))
            if not status:
                self.close_connection = True
                return
            content = b"" if document is None else json.dumps(document).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
