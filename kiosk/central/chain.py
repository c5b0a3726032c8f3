"""The hash chain of the audit: each row carries a hash of itself and of the row before.

Responsible for: what is hashed, and finding the first row where the chain does not hold.
Not responsible for: rows (`kiosk.central.tables.journal`).

Whoever can change every later row as well can make a new chain: write the last number and hash down
elsewhere, and have them looked for later.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

BEGINNING = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One row of the audit with its hash."""

    seq: int
    at: datetime
    actor: str
    act: str
    subject: str
    hash: str = ""


def hash_of(before: str, link: Link) -> str:
    """Return the hash of a row that stands after one with the hash `before`."""
    at = link.at.astimezone(UTC).isoformat(timespec="microseconds")
    words = json.dumps([before, link.seq, at, link.actor, link.act, link.subject], ensure_ascii=True)
    return hashlib.sha256(words.encode("ascii")).hexdigest()


def first_break(links: Iterable[Link]) -> int | None:
    """Return the number of the first row that was changed, put in or follows one taken out, or None."""
    before, expected = BEGINNING, 1
    for link in links:
        if link.seq != expected or link.hash != hash_of(before, link):
            return expected
        before, expected = link.hash, expected + 1
    return None
