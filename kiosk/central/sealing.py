"""Opening what terminals sealed, and the life of the council's keys, as values.

Responsible for: one key pair, its dates, how the public halves are told, opening one sealed text with a pair.
Not responsible for: where keys are kept (`kiosk.central.keys`), or what a case is (`kiosk.central.bodies`).

HPKE, RFC 9180: base mode, X25519, HKDF-SHA256, AES-256-GCM. The identifier of a key is a part of the SHA-256
of its public half, so nobody can give one key the name of another.
"""

import base64
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

COUNCIL_KEYS: Final = b"council-kiosk/council-keys/1\n"
"""Stands before the list of keys where central signs it."""
SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
ID_DIGITS = 16


class CannotBeOpened(ValueError):
    """It was sealed to another key, for another case, or changed on the way."""


@dataclass(frozen=True, slots=True)
class CouncilKeyPair:
    """A key pair of the council.

    Attributes:
        private_bytes: 32 bytes that never leave central; not shown when the pair is printed.
        not_after: terminals ought to have a newer key by then; central opens with this one all the same.
        retired_at: since when terminals are no longer told of it, or None.
    """

    private_bytes: bytes
    made_at: datetime
    not_after: datetime
    retired_at: datetime | None = None

    def __repr__(self) -> str:
        """Show which key it is, and nothing that opens anything."""
        return f"CouncilKeyPair({self.key_id})"

    @property
    def public_bytes(self) -> bytes:
        """The half that terminals seal with."""
        return X25519PrivateKey.from_private_bytes(self.private_bytes).public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """What the pair is called, by everybody."""
        return hashlib.sha256(self.public_bytes).hexdigest()[:ID_DIGITS]


def told_keys(pairs: Iterable[CouncilKeyPair]) -> str:
    """Write down the public halves for terminals, in the order given; the text is signed as it is."""
    told = [
        {
            "key_id": pair.key_id,
            "public_key": base64.b64encode(pair.public_bytes).decode("ascii"),
            "not_after": pair.not_after.isoformat(),
        }
        for pair in pairs
    ]
    return json.dumps({"format": 1, "keys": told}, sort_keys=True, separators=(",", ":"))


def open_sealed(key: X25519PrivateKey, ciphertext: bytes, bound_to: bytes) -> bytes:
    """Open one sealed text.

    Raises:
        CannotBeOpened: key, case and content do not belong together.
    """
    try:
        return SUITE.decrypt(ciphertext, key, info=bound_to)
    except (InvalidTag, ValueError) as error:
        raise CannotBeOpened("it does not open") from error
