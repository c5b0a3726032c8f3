"""Central's own signing key: it signs what terminals believe, their tokens and what they pull.

Responsible for: making the key once, in a file that only the service's account can read, and signing with it.
Not responsible for: what is signed (`kiosk.central.tokens`, `kiosk.central.bundles`).

The key is a file and not a row: whoever gets hold of a copy of the database can sign nothing. All processes
of one central share the file.
"""

import base64
import hashlib
import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from kiosk.durable import sync_folder
from kiosk.errors import UsageError

KEY_BYTES = 32
PRIVATE = 0o600


class SigningKey:
    """The key that central signs with: Ed25519; the secret half is never shown.

    Attributes:
        secret: for libraries that sign themselves.
    """

    def __init__(self, secret: bytes) -> None:
        self.secret = Ed25519PrivateKey.from_private_bytes(secret)
        self.public_bytes = self.secret.public_key().public_bytes_raw()
        self.key_id = hashlib.sha256(self.public_bytes).hexdigest()[:16]

    def __repr__(self) -> str:
        """Show which key it is."""
        return f"SigningKey({self.key_id})"

    def sign(self, content: bytes) -> bytes:
        """Return the signature of these bytes, 64 bytes."""
        return self.secret.sign(content)

    def sign_text(self, purpose: bytes, text: str) -> str:
        """Sign a text for one purpose, as it travels: base64."""
        return base64.b64encode(self.sign(purpose + text.encode())).decode("ascii")

    def vouches_for(self, content: bytes, signature: bytes) -> bool:
        """Say whether this key has signed these bytes."""
        return is_signed(self.public_bytes, content, signature)

    def public_text(self) -> str:
        """Write the public half as it travels."""
        return base64.b64encode(self.public_bytes).decode("ascii")


def is_signed(public_bytes: bytes, content: bytes, signature: bytes) -> bool:
    """Say whether a signature over these bytes was made with the other half of this key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_bytes).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def open_signing_key(path: Path) -> SigningKey:
    """Return the key in this file; made at the first call, and only once however many call.

    Raises:
        UsageError: the file cannot be used.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        secret = path.read_bytes()
    except OSError as problem:
        raise _unusable(path, problem.strerror or "") from problem
    if len(secret) != KEY_BYTES:
        raise _unusable(path, "it is not a key")
    return SigningKey(secret)


def _make(path: Path) -> None:
    """Write the whole file under another name first: who finds the file finds all of it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(KEY_BYTES))
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        return
    finally:
        draft.unlink()
    sync_folder(path.parent)


def _unusable(path: Path, why: str) -> UsageError:
    return UsageError(
        "CENTRAL-026", f"The signing key cannot be used ({why}).", "Give another file with --keys.", str(path)
    )
