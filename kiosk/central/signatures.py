"""The signature on every request of a terminal, as central reads it: RFC 9421 in one fixed form. Pure.

Responsible for: taking the three headers apart, and saying what is wrong with them.
Not responsible for: which key a terminal has, or whether a nonce was seen before.

The form is fixed, so nothing is negotiated: four components and five parameters, in this order.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kiosk.central.keyring import is_signed

WINDOW = timedelta(minutes=5)
"""How far a terminal's clock may be from ours, and how long a nonce is remembered on each side."""

COMPONENTS = ("@method", "@path", "@query", "content-digest")
COVERED = " ".join(f'"{name}"' for name in COMPONENTS)
HOW = re.compile(
    rf"kiosk=(?P<how>\({re.escape(COVERED)}\);created=(?P<created>[0-9]{{1,12}})"
    r';nonce="(?P<nonce>[A-Za-z0-9-]{16,64})";keyid="(?P<keyid>[A-Za-z0-9%._-]{1,200})";alg="ed25519")'
)
SIGNATURE = re.compile(r"kiosk=:(?P<text>[A-Za-z0-9+/]{86}==):")


class Unsigned(Exception):
    """The request is not signed as agreed; `kind` is one of `kiosk.central.problems.KINDS`."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: `path` and `query` as they were sent, quoted."""

    method: str
    path: str
    query: str
    body: bytes
    headers: Mapping[str, str]


def nonce_of(asked: Asked, terminal: str, public_bytes: bytes, now: datetime) -> str:
    """Return the nonce of a request that this terminal has signed, just now, over these very bytes.

    Raises:
        Unsigned: it has not.
    """
    given, signature = asked.headers.get("signature-input", ""), asked.headers.get("signature", "")
    if not given or not signature:
        raise Unsigned("signature-missing")
    said, signed = HOW.fullmatch(given), SIGNATURE.fullmatch(signature)
    if said is None or signed is None or said["keyid"] != terminal:
        raise Unsigned("signature-wrong")
    if not _digest_is(asked.headers.get("content-digest", ""), asked.body):
        raise Unsigned("signature-wrong")
    if not is_signed(public_bytes, _signed_text(asked, said["how"]), _decoded(signed["text"])):
        raise Unsigned("signature-wrong")
    if abs(datetime.fromtimestamp(int(said["created"]), UTC) - now) > WINDOW:
        raise Unsigned("signature-stale")
    return said["nonce"]


def _signed_text(asked: Asked, how: str) -> bytes:
    values = (asked.method, asked.path, f"?{asked.query}", asked.headers["content-digest"])
    lines = [f'"{name}": {value}' for name, value in zip(COMPONENTS, values, strict=True)]
    return "\n".join([*lines, f'"@signature-params": {how}']).encode("utf-8", "surrogateescape")


def _digest_is(header: str, body: bytes) -> bool:
    wanted = base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")
    return hmac.compare_digest(header.encode("utf-8", "replace"), f"sha-256=:{wanted}:".encode())


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise Unsigned("signature-wrong") from error


def pairing_is_proven(code: str, public_bytes: bytes, proof: bytes) -> bool:
    """Say whether whoever brings this key holds its secret half, and brings it with this very code."""
    return is_signed(
        public_bytes, b"council-kiosk/pairing/1\n" + code.encode("utf-8") + b"\n" + public_bytes, proof
    )
