"""Secrets of one terminal, each in a file that only the service's account can read.

Responsible for: making the site key once, and keeping the token that central gave.
Not responsible for: what they are used for.
"""

import os
import secrets
from pathlib import Path

from kiosk.errors import KioskError, UsageError

SITE_KEY = "site.key"
TOKEN = "central.token"  # noqa: S105 - the name of a file
PRIVATE = 0o600
KEY_BYTES = 32


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
    path = folder / SITE_KEY
    if not path.exists():
        _write_private(path, secrets.token_bytes(KEY_BYTES))
    return path.read_bytes()


def keep_token(folder: Path, terminal: str, token: str) -> None:
    """Keep what pairing gave: which terminal this is, and the token that proves it."""
    _write_private(folder / TOKEN, f"{terminal}\n{token}\n".encode())


def kept_token(folder: Path) -> tuple[str, str] | None:
    """Return terminal and token, or None where this terminal was never paired."""
    path = folder / TOKEN
    if not path.exists():
        return None
    terminal, _, token = path.read_text("utf-8").strip().partition("\n")
    if not terminal or not token:
        raise KioskError("KIOSK-003", "The kept token is damaged.", "Pair the terminal again.", str(path))
    return terminal, token


def _write_private(path: Path, content: bytes) -> None:
    fresh = path.with_suffix(".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    fresh.replace(path)
