"""The central API that is tried: pairing, signed calls and batches, written again from the integrators' page.

Responsible for: asking as a terminal asks; it shares no code with one.
Not responsible for: the rules (`central_api`).

Source: docs/central-api.md, RFC 9421 and RFC 9530 in the one form that the page fixes.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.conformance.checks import NotTried, unless
from kiosk.conformance.line import Answer, Line

COMPONENTS = '("@method" "@path" "@query" "content-digest")'
JSON = {"Content-Type": "application/json"}
LANGUAGE = "en"
SERVICE = "conformance-test"


def base64_of(content: bytes) -> str:
    """Write bytes as they travel."""
    return base64.b64encode(content).decode("ascii")


@dataclass
class Terminal:
    """A terminal that was paired for this run."""

    name: str
    token: str
    key: Ed25519PrivateKey


@dataclass
class Subject:
    """One server.

    Attributes:
        code: a one-time pairing code, or an empty text.
        service: the service of the cases that are handed over.
        now: seconds since 1970.
    """

    line: Line
    now: Callable[[], float]
    code: str = ""
    service: str = SERVICE
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    def pairing(self, code: str, *, proven: bool = True) -> Answer:
        """Bring a code and a key, with its proof or a wrong one."""
        public = self.key.public_key().public_bytes_raw()
        words = b"council-kiosk/pairing/1\n" + code.encode() + b"\n" + public
        proof = self.key.sign(words if proven else words + b"x")
        document = {"code": code, "public_key": base64_of(public), "proof": base64_of(proof)}
        return self.line.ask("POST", "v1/pairings", json=document)

    @cached_property
    def terminal(self) -> Terminal:
        """The terminal, paired at the first use."""
        if not self.code:
            raise NotTried("it needs --code, a one-time pairing code")
        found = self.pairing(self.code).expect(201).json()
        return Terminal(str(found["terminal"]), str(found["token"]), self.key)

    def ask(
        self,
        method: str,
        path: str,
        document: Any = None,
        *,
        changed: dict[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Ask as the terminal, signed; `changed` headers, or another `body` than was signed, spoil it."""
        content = b"" if document is None else json.dumps(document).encode()
        headers = {**JSON, **self.signed(method, path, content), **(changed or {})}
        sent = content if body is None else body
        return self.line.ask(method, path.lstrip("/"), data=sent, headers=headers)

    def signed(self, method: str, path: str, body: bytes, nonce: str = "") -> dict[str, str]:
        """Return the headers of a signed request."""
        terminal = self.terminal
        digest = f"sha-256=:{base64_of(hashlib.sha256(body).digest())}:"
        nonce = nonce or uuid.uuid4().hex
        how = f'{COMPONENTS};created={int(self.now())};nonce="{nonce}";keyid="{terminal.name}";alg="ed25519"'
        bare, _, query = path.partition("?")
        values = {"@method": method, "@path": bare, "@query": f"?{query}", "content-digest": digest}
        lines = [f'"{name}": {value}' for name, value in values.items()]
        signature = terminal.key.sign("\n".join([*lines, f'"@signature-params": {how}']).encode())
        return {
            "Authorization": f"Bearer {terminal.token}",
            "Content-Digest": digest,
            "Signature-Input": f"kiosk={how}",
            "Signature": f"kiosk=:{base64_of(signature)}:",
        }

    @property
    def batches(self) -> str:
        """Where the terminal hands cases over."""
        return f"/v1/terminals/{self.terminal.name}/batches"

    def item(self, **changed: Any) -> dict[str, Any]:
        """Return a right item, with something in its case changed."""
        case_id = str(uuid.uuid4())
        case = {
            "schema": 1,
            "case_id": case_id,
            "reference": "ZZ-0000-T",
            "service": self.service,
            "language": LANGUAGE,
            "created_at": "2026-11-24T09:00:00Z",
            "terminal": self.terminal.name,
            "answers": {"note": "Conformance test of a reception kiosk. Nothing is to be done."},
            **changed,
        }
        body = json.dumps(case)
        digest = hashlib.sha256(body.encode()).hexdigest()
        return {"key": f"{case_id}:case.create:1", "kind": "case.create", "sha256": digest, "body": body}

    def deliver(self, *items: dict[str, Any]) -> list[dict[str, Any]]:
        """Hand items over; returns one result for each, in order, with the keys repeated."""
        answer = self.ask("POST", self.batches, {"batch_id": "conformance", "items": list(items)}).expect(200)
        unless(answer.media_type.startswith("application/json"), f"Content-Type is '{answer.media_type}'")
        found = answer.json()
        unless(isinstance(found, dict) and found.get("batch_id") == "conformance", "batch_id is not repeated")
        results = found.get("results")
        unless(isinstance(results, list) and len(results) == len(items), "not one result for each item")
        unless(
            [each.get("key") for each in results] == [each["key"] for each in items], "a key is not repeated"
        )
        return list(results)
