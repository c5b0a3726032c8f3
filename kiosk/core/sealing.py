"""The council's public keys, as a terminal knows them, and what is sealed to one.

Responsible for: the shape of a key and of a seal, which key a case is sealed with, which seal is good for it.
Not responsible for: sealing (`kiosk.store.sealing`), or where keys are kept (`kiosk.council_keys`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from kiosk.core.case import CaseDraft


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


@dataclass(frozen=True, slots=True)
class SealedFile:
    """An attachment of which only central can read the bytes; named by what is uploaded."""

    sha256: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """A visit as its visitor will send it, and beside it what only central can read; in memory only.

    Attributes:
        draft: what was sealed.
        key: to which key.
        body: what central is sent, as far as it is known before the case is kept: JSON without its end.
    """

    draft: CaseDraft = field(repr=False)
    key: CouncilKey
    body: bytes = field(repr=False)
    files: tuple[SealedFile, ...] = ()

    @property
    def file_bytes(self) -> int:
        """How much its attachments add to the file."""
        return sum(len(file.content) for file in self.files)

    def is_of(self, draft: CaseDraft, key: CouncilKey) -> bool:
        """Say whether it holds this case of this visit to the letter, sealed to this key."""
        return self.key == key and self.draft == draft


def key_to_seal_with(keys: Sequence[CouncilKey], now: datetime) -> CouncilKey | None:
    """Choose the first key that is still good, as central prefers them; None when there is no key at all.

    A key that has run out is used all the same when there is no better one: central opens with it, and a case
    that is sealed to an old key is better than one that is not kept.
    """
    good = [key for key in keys if key.not_after > now]
    return good[0] if good else max(keys, key=lambda key: key.not_after, default=None)
