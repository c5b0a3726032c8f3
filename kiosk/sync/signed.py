"""Texts that central signed. Pure.

Responsible for: believing a text only when one of the keys that pairing told has signed it, for this purpose.
Not responsible for: what the text says (`kiosk.sync.bundle`, `kiosk.sync.wire`).
"""

import base64
from collections.abc import Sequence

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.ports import SigningKey
from kiosk.sync import wire

BUNDLE = b"council-kiosk/bundle/1\n"
COUNCIL_KEYS = b"council-kiosk/council-keys/1\n"


def signed_text(answer: wire.Json, member: str, purpose: bytes, keys: Sequence[SigningKey]) -> str:
    """Return the text in a member of an answer, beside `signature` (Ed25519, base64) and `key_id`.

    Args:
        answer: what central told.
        member: which of its members is the signed text.
        purpose: stands before the text where it is signed, so that no text is taken for another sort.
        keys: those that pairing told.

    Raises:
        NotAsAgreed: it is not signed by one of these keys.
    """
    text, signature, key_id = answer.get(member), answer.get("signature"), answer.get("key_id")
    if not isinstance(text, str) or not isinstance(signature, str):
        raise wire.NotAsAgreed("not a signed text")
    if not any(_has_signed(key, purpose + _raw(text), signature) for key in keys if key.key_id == key_id):
        raise wire.NotAsAgreed("not signed by the central service that this terminal was paired with")
    return text


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _has_signed(key: SigningKey, content: bytes, signature: str) -> bool:
    try:
        raw = base64.b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(key.public_bytes).verify(raw, content)
    except (InvalidSignature, ValueError):
        return False
    return True
