"""What tests of the central service say to it: cases, sign-ins, what tools ask. It has no fixtures."""

from __future__ import annotations

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from httpx2 import Auth
from requests.auth import AuthBase

from kiosk.central import credentials
from kiosk.central.pairing import make_pairing_code
from kiosk.central.settings import utc_now
from kiosk.central.tables import people
from kiosk.central.upkeep import Upkeep
from kiosk.keys import TerminalKey
from kiosk.sync.signing import Asked, pairing_proof, public_text, signed_headers
from tests.central.cluster import run

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from fastapi.testclient import TestClient
    from httpx2 import Request, Response
    from requests import PreparedRequest

    from kiosk.central.ground import Ground

HOST = "http://localhost"


@dataclass
class MovedClock:
    now: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


def case_item(
    *, key: str = "", answers: Any = None, service: str = "council-tax", **other: Any
) -> dict[str, str]:
    case_id = other.pop("case_id", str(uuid.uuid4()))
    body = {
        "schema": 1,
        "case_id": case_id,
        "reference": "K7-3042-X",
        "service": service,
        "lgsl": 57,
        "language": "en",
        "created_at": "2026-11-24T08:59:00Z",
        "terminal": "lobby-1",
        "queue": "A",
        "queue_number": "A012",
        "appointment_id": "",
        "answers": {"about": "a bill"} if answers is None else answers,
        **other,
    }
    return frozen(json.dumps(body), key or f"{case_id}:case.create:1")


def frozen(text: str, key: str) -> dict[str, str]:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {"key": key, "kind": "case.create", "sha256": digest, "body": text}


def pairing_request(code: str, key: TerminalKey) -> dict[str, str]:
    return {"code": code, "public_key": public_text(key), "proof": pairing_proof(code, key)}


@dataclass
class Signing(Auth):
    """Sign what goes out under a terminal's token, as a terminal does; leave everything else alone."""

    clock: MovedClock
    keys: dict[str, tuple[str, TerminalKey]] = field(default_factory=dict)
    requires_request_body = True

    def auth_flow(self, request: Request) -> Generator[Request, Response, None]:
        known = self.keys.get(request.headers.get("authorization", ""))
        if known is not None and "signature" not in request.headers:
            path, _, query = request.url.raw_path.decode("ascii").partition("?")
            request.headers.update(self.headers(Asked(request.method, path, query, request.content), *known))
        yield request

    def headers(self, asked: Asked, terminal: str, key: TerminalKey) -> dict[str, str]:
        created, nonce = int(self.clock.now.timestamp()), str(uuid.uuid4())
        return signed_headers(asked, key, terminal=terminal, created=created, nonce=nonce)


@dataclass
class TerminalAuth(AuthBase):
    """Sign what `requests` sends as a terminal, by the real clock."""

    terminal: str
    token: str
    key: TerminalKey

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        path, _, query = request.path_url.partition("?")
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        asked = Asked(request.method or "", path, query, body)
        created, nonce = int(utc_now().timestamp()), str(uuid.uuid4())
        signed = signed_headers(asked, self.key, terminal=self.terminal, created=created, nonce=nonce)
        request.headers.update({"Authorization": f"Bearer {self.token}", **signed})
        return request


@dataclass
class Central:
    browser: TestClient
    ground: Ground
    clock: MovedClock
    signing: Signing
    tokens: dict[str, str] = field(default_factory=dict)

    def pair(self, terminal: str = "lobby-1") -> dict[str, str]:
        chance = self.ground.chance
        code = self.ground.database.write_now(lambda c: make_pairing_code(c, chance, terminal, "console"))
        key = TerminalKey(chance.random_bytes(32))
        answer = self.browser.post("/v1/pairings", json=pairing_request(code, key))
        assert answer.status_code == 201, answer.text
        self.tokens[terminal] = answer.json()["token"]
        self.signing.keys[f"Bearer {self.tokens[terminal]}"] = (terminal, key)
        return self.as_terminal(terminal)

    def as_terminal(self, terminal: str = "lobby-1") -> dict[str, str]:
        return {"Authorization": f"Bearer {self.tokens[terminal]}"}

    def as_tool(self) -> dict[str, str]:
        token = credentials.make_token(self.ground.chance.random_bytes)
        ends_at = self.clock.now + timedelta(hours=12)
        hashed = credentials.token_hash(token)
        self.ground.database.write_now(lambda c: people.add_desk_token(c, hashed, "test", ends_at))
        return {"Authorization": f"Bearer {token}"}

    def deliver(self, *items: dict[str, Any], terminal: str = "lobby-1") -> list[dict[str, Any]]:
        answer = self.browser.post(
            f"/v1/terminals/{terminal}/batches",
            headers=self.as_terminal(terminal),
            json={"batch_id": "b1", "items": list(items)},
        )
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def ask(self, method: str, path: str, **document: Any) -> Response:
        return self.browser.request(method, f"/v1/desk{path}", headers=self.as_tool(), json=document or None)

    def book(self, **other: Any) -> dict[str, Any]:
        wanted = {
            "full_name": "Olivia Hartley",
            "starts_at": "2026-11-24T17:30:00Z",
            "service": "council-tax",
        }
        answer = self.ask("POST", "/appointments", **{**wanted, **other})
        assert answer.status_code == 201, answer.text
        booked: dict[str, Any] = answer.json()
        return booked

    def add_staff(self, name: str = "Morgan Reid", *, rights: Collection[people.Right] = ()) -> str:
        chance = self.ground.chance
        password = credentials.make_password(chance.random_bytes)
        hashed = credentials.hash_password(password, chance.random_bytes)
        now = self.clock.now
        enter = partial(people.put_staff, name=name, password_hash=hashed, at=now, rights=rights)
        self.ground.database.write_now(enter)
        return password

    def sign_in(self, password: str, name: str = "Morgan Reid") -> Response:
        page = self.browser.get("/desk/sign-in")
        form = {"name": name, "password": password, "form_word": field_of(page, "form_word")}
        return self.browser.post("/desk/sign-in", data=form)


def field_of(page: Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found[1]


def everything_kept(database: str) -> bytes:
    """Return all that a database keeps: a file's bytes with its log, or a dump of a server's."""
    if database.startswith("sqlite"):
        file = Path(database.removeprefix("sqlite:///"))
        return b"".join(each.read_bytes() for each in sorted(file.parent.glob(f"{file.name}*")))
    return run("pg_dump", database.replace("+asyncpg", "")).stdout.encode()


def upkeep(central: Central) -> int:
    """Do what is done every minute, and return how much was erased."""
    portal = central.browser.portal
    assert portal is not None
    begun = central.ground.now()

    def steady() -> float:
        return (central.ground.now() - begun).total_seconds()

    return portal.call(Upkeep(central.ground, steady).step)
