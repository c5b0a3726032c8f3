"""The tokens of terminals: signed by central, good for thirty days, bound to one enrolment.

Responsible for: writing a token, and saying which enrolment a token speaks for.
Not responsible for: whether that enrolment is still let in, which is asked of the database at every request.

A token is a JSON Web Token (RFC 7519) with one algorithm, EdDSA, so that a gateway of the council's can read
it too. It is of no use alone: `cnf` names the terminal's key (RFC 7800), which signs every request.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import jwt

from kiosk.central.keyring import SigningKey

LIFE = timedelta(days=30)
ALGORITHM = "EdDSA"
ISSUER = "council-kiosk-central"


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
    public, required = key.secret.public_key(), ["sub", "jti", "exp"]
    try:
        said = jwt.decode(
            text,
            public,
            [ALGORITHM],
            # Their clock is the system's; ours comes in as `now`.
            {"verify_exp": False, "verify_iat": False, "require": required},
            issuer=ISSUER,
        )
    except jwt.InvalidTokenError as error:
        raise TokenUnknown from error
    if datetime.fromtimestamp(said["exp"], UTC) <= now:
        raise TokenOver
    return Claim(said["sub"], said["jti"])
