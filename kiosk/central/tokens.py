"""The tokens of terminals: signed by central, good for thirty days, bound to one enrolment.

Responsible for: writing a token, and saying which enrolment a token speaks for.
Not responsible for: whether that enrolment is still let in, which is asked of the database at every request.

A token is a JSON Web Token (RFC 7519) with one algorithm, EdDSA, so that a gateway of the council's can read
it too. It is of no use alone: `cnf` names the terminal's key (RFC 7800), which signs every request.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.central.keyring import SigningKey

LIFE = timedelta(days=30)
ALGORITHM = "EdDSA"
ISSUER = "council-kiosk-central"
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says: which terminal, and which of its enrolments."""

    terminal: str
    enrolment: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token with its life."""

    text: str
    issued_at: datetime
    expires_at: datetime


class TokenOver(Exception):
    """The token was good once."""


class TokenUnknown(Exception):
    """This central has not signed it."""


def issue(key: SigningKey, claim: Claim, public_bytes: bytes, now: datetime) -> Token:
    """Write a token for a terminal that holds the other half of `public_bytes`."""
    issued_at = now.replace(microsecond=0)
    expires_at = issued_at + LIFE
    said = {
        "iss": ISSUER,
        "sub": claim.terminal,
        "jti": claim.enrolment,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "cnf": {"jkt": hashlib.sha256(public_bytes).hexdigest()},
    }
    text = jwt.encode(said, key.secret, ALGORITHM, {"kid": key.key_id})
    return Token(text, issued_at, expires_at)


def read(key: SigningKey, text: str, now: datetime) -> Claim:
    """Return what a token says.

    Raises:
        TokenOver: its time is over.
        TokenUnknown: it is not one of ours.
    """
    try:
        claim, ends_at = _signed(key.public_bytes, text)
    except jwt.InvalidTokenError as error:
        raise TokenUnknown from error
    if ends_at <= now:
        raise TokenOver
    return claim


@lru_cache(maxsize=MOST_REMEMBERED)
def _signed(public_bytes: bytes, text: str) -> tuple[Claim, datetime]:
    """Return what a token says and when it ends; what this key has signed once, it has signed."""
    said = jwt.decode(
        text,
        Ed25519PublicKey.from_public_bytes(public_bytes),
        [ALGORITHM],
        # Their clock is the system's; ours comes in as `now`.
        {"verify_exp": False, "verify_iat": False, "require": ["sub", "jti", "exp"]},
        issuer=ISSUER,
    )
    return Claim(said["sub"], said["jti"]), datetime.fromtimestamp(said["exp"], UTC)
