"""Secrets of one terminal, each in a file that only the service's account can read.

Responsible for: making the site key and the terminal's own key once, and keeping what pairing gave.
Not responsible for: what they are used for.
"""

import base64
import json
import secrets
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.durable import write_whole
from kiosk.errors import KioskError, UsageError
from kiosk.ports import Enrolment, SigningKey

SITE_KEY = "site.key"
TERMINAL_KEY = "terminal.key"
ENROLMENT = "central.enrolment"
KEY_BYTES = 32


class TerminalKey:
    """The key that this terminal signs with: Ed25519, made here, never sent and never shown."""

    def __init__(self, secret: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(secret)

    def __repr__(self) -> str:
        """Show the public half."""
        return f"TerminalKey(public={self.public_bytes.hex()})"

    @property
    def public_bytes(self) -> bytes:
        """Return the public half, 32 bytes."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, content: bytes) -> bytes:
        """Return the signature of these bytes, 64 bytes."""
        return self._key.sign(content)


def private_folder(folder: Path) -> Path:
    """Return the folder, made if need be, readable by this account only.

    Raises:
        UsageError: it cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise UsageError(
            "KIOSK-002",
            f"The data folder cannot be used ({problem.strerror}).",
            "Give another one with --data.",
            str(folder),
        ) from problem
    return folder


def site_key(folder: Path) -> bytes:
    """Return the key that card numbers are hashed with; made at the first call."""
    return _made_once(folder / SITE_KEY)


def terminal_key(folder: Path) -> TerminalKey:
    """Return the key that this terminal signs with; made at the first call."""
    return TerminalKey(_made_once(folder / TERMINAL_KEY))


def keep_enrolment(folder: Path, enrolment: Enrolment) -> None:
    """Keep what pairing or a renewal gave."""
    kept = {
        "terminal": enrolment.terminal,
        "token": enrolment.token,
        "issued_at": enrolment.issued_at.isoformat(),
        "expires_at": enrolment.expires_at.isoformat(),
        "signing_keys": {k.key_id: _text(k.public_bytes) for k in enrolment.signing_keys},
    }
    write_whole(folder / ENROLMENT, json.dumps(kept).encode())


def kept_enrolment(folder: Path) -> Enrolment | None:
    """Return what pairing gave, or None where this terminal was never paired.

    Raises:
        KioskError: the file is damaged.
    """
    path = folder / ENROLMENT
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Enrolment(
            terminal=str(kept["terminal"]),
            token=str(kept["token"]),
            issued_at=datetime.fromisoformat(kept["issued_at"]),
            expires_at=datetime.fromisoformat(kept["expires_at"]),
            signing_keys=tuple(SigningKey(i, base64.b64decode(k)) for i, k in kept["signing_keys"].items()),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as damage:
        raise KioskError(
            "KIOSK-003", "What pairing gave is damaged.", "Pair the terminal again.", str(path)
        ) from damage


def _made_once(path: Path) -> bytes:
    if not path.exists():
        write_whole(path, secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")
