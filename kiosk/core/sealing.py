"""The council's public keys, as a terminal knows them.

Responsible for: the shape of a key, and which one a case is sealed with.
Not responsible for: sealing (`kiosk.store.sealing`), or where keys are kept (`kiosk.council_keys`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CouncilKey:
    """One public key of the council.

    Attributes:
        key_id: what central calls it.
        public_bytes: 32 bytes of X25519.
        not_after: a newer key ought to be known by then.
    """

    key_id: str
    public_bytes: bytes
    not_after: datetime


def key_to_seal_with(keys: Sequence[CouncilKey], now: datetime) -> CouncilKey | None:
    """Choose the first key that is still good, as central prefers them; None when there is no key at all.

    A key that has run out is used all the same when there is no better one: central opens with it, and a case
    that is sealed to an old key is better than one that is not kept.
    """
    good = [key for key in keys if key.not_after > now]
    return good[0] if good else max(keys, key=lambda key: key.not_after, default=None)
