"""What all tables share: how moments and checksums are written.

Responsible for: the text of times, the checksum of a row, and text that any program can read.
Not responsible for: any table.
"""

import hashlib
import json
from datetime import UTC, datetime
from functools import lru_cache

Value = int | float | str | bytes | None
"""What a column of SQLite can hold."""


@lru_cache(maxsize=8)  # one save writes one moment into five rows
def moment_text(at: datetime) -> str:
    """Write an aware time as UTC with milliseconds and ``Z``; such texts sort as the times do.

    Raises:
        ValueError: the time has no zone.
    """
    if at.tzinfo is None:
        raise ValueError("a time without a zone cannot be kept")
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read a time that `moment_text` wrote."""
    return datetime.fromisoformat(text)


def checksum(*fields: object) -> str:
    """Return the SHA-256, in hex, of the fields of a row that never change."""
    return sha256_hex(_ENCODE(fields).encode("ascii"))


_ENCODE = json.JSONEncoder(
    separators=(",", ":"), check_circular=False
).encode  # made once: `json.dumps` makes a new one each time


def sha256_hex(content: bytes) -> str:
    """Return the SHA-256 of some bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def readable(text: str) -> str:
    """Put U+FFFD for half characters, which cannot be written as UTF-8; pairs of halves become whole."""
    return (
        text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )
