"""What a terminal and central know each other by.

Responsible for: the values that pairing gives, and what signs on a terminal's behalf.
Not responsible for: keeping them (`kiosk.keys`), or exchanging them (`kiosk.sync`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A public key by which central signs what terminals pull; Ed25519, 32 bytes."""

    key_id: str
    public_bytes: bytes


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What pairing gave: who this terminal is at central, and the token that says so for a while.

    Attributes:
        token: of no use without the terminal's key; never logged.
        issued_at: by central's clock; a third of the way to `expires_at` it is renewed.
        signing_keys: what is signed by none of these is not believed.
    """

    terminal: str
    token: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime
    signing_keys: tuple[SigningKey, ...]

    @property
    def renew_at(self) -> datetime:
        """Return when the token is to be renewed: after a third of its life."""
        return self.issued_at + (self.expires_at - self.issued_at) / 3


class Signer(Protocol):
    """This terminal's own key; the secret half never leaves it."""

    @property
    def public_bytes(self) -> bytes:
        """Return the public half, 32 bytes."""
        ...

    def sign(self, content: bytes) -> bytes:
        """Return the Ed25519 signature of these bytes, 64 bytes."""
        ...
