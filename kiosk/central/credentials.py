"""Tokens, one-time codes and passwords: making them, and comparing what is kept of them.

Responsible for: that nothing kept here lets anybody in who reads it.
Not responsible for: where hashes are kept (`kiosk.central.tables`), or who may do what.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable

RandomBytes = Callable[[int], bytes]

# 32 signs that nobody takes for another: no I, L, O, U; a code survives being read aloud.
SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
CODE_GROUPS = (4, 4)
PASSWORD_GROUPS = (4, 4, 4, 4)
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**14, 8, 1
SCRYPT_MEMORY = 64 * 1024 * 1024


def make_token(random_bytes: RandomBytes) -> str:
    """Make a bearer token of 256 bits."""
    return base64.urlsafe_b64encode(random_bytes(32)).decode("ascii").rstrip("=")


def token_hash(token: str) -> str:
    """Return what is kept of a token; it is long enough to need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def make_code(random_bytes: RandomBytes) -> str:
    """Make a pairing code of 40 bits, in two groups."""
    return _grouped(random_bytes, CODE_GROUPS)


def make_password(random_bytes: RandomBytes) -> str:
    """Make a password of 80 bits, in four groups."""
    return _grouped(random_bytes, PASSWORD_GROUPS)


def _grouped(random_bytes: RandomBytes, sizes: tuple[int, ...]) -> str:
    return "-".join("".join(SIGNS[byte % 32] for byte in random_bytes(size)) for size in sizes)


def as_made(typed: str) -> str:
    """Return a typed code or password as it was made, whatever spaces, hyphens or case were typed."""
    return "".join(sign for sign in typed.upper().translate(MISREAD) if sign in SIGNS)


def hash_password(password: str, random_bytes: RandomBytes) -> str:
    """Return what is kept of a password: scrypt with a salt; takes about 50 ms and 16 MiB."""
    salt = random_bytes(16)
    return f"scrypt${SCRYPT_N}${SCRYPT_R}${SCRYPT_P}${salt.hex()}${_scrypt(password, salt).hex()}"


def password_is(password: str, kept: str) -> bool:
    """Compare a password with what is kept of one; takes as long when it is wrong."""
    *_, salt, digest = kept.split("$")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(digest))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        as_made(password).encode("ascii"),
        salt=salt,
        n=SCRYPT_N,
        r=SCRYPT_R,
        p=SCRYPT_P,
        maxmem=SCRYPT_MEMORY,
    )


NOBODY = f"scrypt${SCRYPT_N}${SCRYPT_R}${SCRYPT_P}${'00' * 16}${'00' * 32}"
"""Compared with when nobody has a name, so that the time of the answer tells nothing."""
