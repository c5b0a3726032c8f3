"""The signature on every request of a terminal: RFC 9421 in one fixed form, with RFC 9530 for the body.

Responsible for: the headers that prove which terminal asks what, when, and with which bytes. Pure.
Not responsible for: the key (`kiosk.keys`), or sending (`client`).

The form is fixed so that both ends can hold it against a pattern: these four components in this order, these
five parameters in this order, Ed25519 and SHA-256 and nothing else. Central takes a nonce once.
"""

import base64
import hashlib
from dataclasses import dataclass

from kiosk.ports import Signer

COMPONENTS = ("@method", "@path", "@query", "content-digest")
_PAIRING = b"council-kiosk/pairing/1\n"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as it is signed.

    Attributes:
        path: as it is sent, quoted, from ``/v1`` on.
        query: without the question mark; empty when there is none.
    """

    method: str
    path: str
    query: str
    body: bytes


def signed_headers(asked: Asked, key: Signer, *, terminal: str, created: int, nonce: str) -> dict[str, str]:
    """Return the three headers that sign a request.

    Args:
        asked: what is asked.
        key: signs.
        terminal: the terminal's name, as `keyid`.
        created: seconds since 1970 by central's clock, as far as it is known.
        nonce: never used before; letters, digits and hyphens.
    """
    digest = f"sha-256=:{_base64(hashlib.sha256(asked.body).digest())}:"
    covered = " ".join(f'"{name}"' for name in COMPONENTS)
    how = f'({covered});created={created};nonce="{nonce}";keyid="{terminal}";alg="ed25519"'
    values = (asked.method, asked.path, f"?{asked.query}", digest)
    lines = [f'"{name}": {value}' for name, value in zip(COMPONENTS, values, strict=True)]
    signature = key.sign("\n".join([*lines, f'"@signature-params": {how}']).encode("ascii"))
    return {
        "Content-Digest": digest,
        "Signature-Input": f"kiosk={how}",
        "Signature": f"kiosk=:{_base64(signature)}:",
    }


def pairing_proof(code: str, key: Signer) -> str:
    """Prove to hold the secret half of the key that is enrolled with this one-time code."""
    return _base64(key.sign(_PAIRING + code.encode("utf-8") + b"\n" + key.public_bytes))


def public_text(key: Signer) -> str:
    """Write the public half as it travels."""
    return _base64(key.public_bytes)


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
