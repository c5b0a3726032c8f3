"""What a visitor said, sealed so that this terminal cannot read it back.

Responsible for: sealing bytes to one key of the council, and the slow half of it before a visitor waits.
Not responsible for: what is sealed (`payload`), or which key (`kiosk.core.sealing`).

HPKE, RFC 9180: base mode, X25519, HKDF-SHA256, AES-256-GCM. A new key pair is made for every seal and its
private half is forgotten at once, so neither this machine nor a thief of its disk can open what it sealed.
The pair, and what it agrees on with the council's key, depend on no visit: they are made ahead, and taken out
of the pool when they are used, so none is used twice. The library seals in one go only; the schedule of keys
between its X25519 and its AES is written out here, and the library opens what is sealed so.
"""

import hmac
from collections import deque
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.core.sealing import CouncilKey

SPARES = 32
"""More than visits between two rounds of the courier."""
_KEM = b"KEM\x00\x20"
_SUITE = b"HPKE\x00\x20\x00\x01\x00\x02"
_KEY_BYTES, _NONCE_BYTES = 32, 12


@dataclass(frozen=True, slots=True)
class Agreement:
    """What a key pair agreed on with the council's key; good for one seal.

    Attributes:
        public_bytes: the council's key.
        enc: the pair's public half, which the seal begins with.
        secret: the rest of the seal's keys come from it.
    """

    public_bytes: bytes
    enc: bytes
    secret: bytes = field(repr=False)


class SpareAgreements:
    """Agreements made ahead for the key that was used last; may be called from any thread."""

    def __init__(self) -> None:
        self._ready: deque[Agreement] = deque()
        self._key: CouncilKey | None = None

    def prepare(self) -> None:
        """Fill up for the key that was used last; takes a tenth of a millisecond for each that is missing."""
        while self._key is not None and len(self._ready) < SPARES:
            self._ready.append(agree(self._key))

    def take(self, key: CouncilKey) -> Agreement:
        """Give an agreement away that nobody else gets; one is made when none is ready for this key.

        Raises:
            ValueError: the key is not one of X25519.
        """
        self._key = key
        while self._ready:
            try:
                ready = self._ready.popleft()
            except IndexError:
                break  # another thread took the last one
            if ready.public_bytes == key.public_bytes:
                return ready
        return agree(key)


def agree(key: CouncilKey) -> Agreement:
    """Make a key pair, agree on a secret with the council's key, and forget the private half.

    Raises:
        ValueError: the key is not one of X25519.
    """
    pair = X25519PrivateKey.generate()
    enc = pair.public_key().public_bytes_raw()
    shared = pair.exchange(X25519PublicKey.from_public_bytes(key.public_bytes))
    prk = _extract(_KEM, b"", b"eae_prk", shared)
    agreed = _expand(_KEM, prk, b"shared_secret", enc + key.public_bytes, _KEY_BYTES)
    return Agreement(key.public_bytes, enc, _extract(_SUITE, agreed, b"secret", b""))


def seal(agreement: Agreement, content: bytes, bound_to: bytes) -> bytes:
    """Seal some bytes, which adds 48.

    Args:
        agreement: used for nothing else.
        content: what to seal.
        bound_to: what it belongs to, as the `info` of HPKE; it opens together with the same only.
    """
    context = _BASE_MODE + _extract(_SUITE, b"", b"info_hash", bound_to)
    key = _expand(_SUITE, agreement.secret, b"key", context, _KEY_BYTES)
    nonce = _expand(_SUITE, agreement.secret, b"base_nonce", context, _NONCE_BYTES)
    return agreement.enc + AESGCM(key).encrypt(nonce, content, None)


def _extract(suite: bytes, salt: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt, b"HPKE-v1" + suite + label + secret, "sha256")


def _expand(suite: bytes, prk: bytes, label: bytes, context: bytes, length: int) -> bytes:
    """Expand to at most one block of SHA-256, which is all that this suite asks for."""
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + context
    return hmac.digest(prk, labelled + b"\x01", "sha256")[:length]


_BASE_MODE = b"\x00" + _extract(_SUITE, b"", b"psk_id_hash", b"")
