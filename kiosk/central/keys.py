"""The council's keys in one file beside the database, which only the service's account can read.

Responsible for: making the first key by itself, a second beside it, retiring, finding the one that opens.
Not responsible for: opening (`kiosk.central.sealing`), or telling terminals (`kiosk.central.api`).

The keys are in no table: a copy of the database opens nothing that waits on a terminal. Any number of
processes share the file; each looks whether it changed before it uses it.
"""

import base64
import fcntl
import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.central.sealing import CouncilKeyPair
from kiosk.durable import write_whole
from kiosk.errors import StoreError, UsageError

PRIVATE = 0o600
GOOD_FOR = timedelta(days=400)
MOST_VALID = 2


@dataclass(frozen=True, slots=True)
class _Read:
    stamp: tuple[int, int, int]
    pairs: tuple[CouncilKeyPair, ...]
    openers: dict[str, X25519PrivateKey]


class KeyFile:
    """The file of keys; any thread.

    Args:
        path: the file; made with a first key when it is not there.
        random_bytes: where private keys come from.
        now: wall-clock time, UTC.
    """

    def __init__(self, path: Path, random_bytes: Callable[[int], bytes], now: Callable[[], datetime]) -> None:
        self.path = path
        self._random_bytes = random_bytes
        self._now = now
        self._lock = threading.Lock()
        self._kept = _Read((0, 0, 0), (), {})

    def all(self) -> tuple[CouncilKeyPair, ...]:
        """Return every key, newest first; makes the first one.

        Raises:
            StoreError: the file cannot be read or made.
        """
        return self._current().pairs

    def told(self) -> tuple[CouncilKeyPair, ...]:
        """Return the keys that terminals may seal with, the preferred one first."""
        return tuple(pair for pair in self.all() if pair.retired_at is None)

    def opener(self, key_id: str) -> X25519PrivateKey | None:
        """Return the private half of a key, retired or not, or None when it was never ours."""
        return self._current().openers.get(key_id)

    def make(self) -> CouncilKeyPair:
        """Make a new key, which terminals prefer from now on.

        Raises:
            UsageError: two keys are valid already.
        """
        with self._changing() as pairs:
            if sum(pair.retired_at is None for pair in pairs) >= MOST_VALID:
                raise UsageError(
                    "CENTRAL-031",
                    "Two keys are valid already.",
                    "Retire the older one first: kiosk central keys retire ID.",
                )
            fresh = self._fresh()
            pairs.insert(0, fresh)
        return fresh

    def retire(self, key_id: str) -> CouncilKeyPair:
        """Let terminals be told of a key no longer; what is still sealed to it opens all the same.

        Raises:
            UsageError: there is no such valid key, or it is the only one.
        """
        with self._changing() as pairs:
            valid = [pair for pair in pairs if pair.retired_at is None]
            if key_id not in {pair.key_id for pair in valid}:
                raise UsageError(
                    "CENTRAL-032",
                    "No valid key has this name.",
                    "Look: kiosk central keys list.",
                    key_id,
                )
            if len(valid) == 1:
                raise UsageError(
                    "CENTRAL-033",
                    "Terminals would have no key to seal cases with.",
                    "Make a new one first: kiosk central keys new.",
                    key_id,
                )
            place = next(n for n, pair in enumerate(pairs) if pair.key_id == key_id)
            pairs[place] = replace(pairs[place], retired_at=self._now())
            return pairs[place]

    def _fresh(self) -> CouncilKeyPair:
        now = self._now()
        return CouncilKeyPair(self._random_bytes(32), now, now + GOOD_FOR)

    def _current(self) -> _Read:
        with self._lock:
            if not self.path.exists():
                with self._changing() as pairs:
                    if not pairs:
                        pairs.append(self._fresh())
            with _told(self.path):
                stat = self.path.stat()
                stamp = (stat.st_ino, stat.st_mtime_ns, stat.st_size)
                if stamp != self._kept.stamp:
                    pairs = _read(self.path)
                    openers = {p.key_id: X25519PrivateKey.from_private_bytes(p.private_bytes) for p in pairs}
                    self._kept = _Read(stamp, tuple(pairs), openers)
            return self._kept

    @contextmanager
    def _changing(self) -> Iterator[list[CouncilKeyPair]]:
        """Give the keys to be changed; written whole and durably, by one process at a time."""
        with _told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            lock = os.open(self.path.with_name(self.path.name + ".lock"), os.O_RDWR | os.O_CREAT, PRIVATE)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            pairs = _read(self.path) if self.path.exists() else []
            yield pairs
            with _told(self.path):
                _write(self.path, pairs)
        finally:
            os.close(lock)


def _read(path: Path) -> list[CouncilKeyPair]:
    with _told(path):
        return [_pair(each) for each in json.loads(path.read_bytes())["keys"]]


def _pair(kept: dict[str, Any]) -> CouncilKeyPair:
    retired = kept["retired_at"]
    return CouncilKeyPair(
        base64.b64decode(kept["private_key"], validate=True),
        datetime.fromisoformat(kept["made_at"]),
        datetime.fromisoformat(kept["not_after"]),
        datetime.fromisoformat(retired) if retired else None,
    )


def _write(path: Path, pairs: list[CouncilKeyPair]) -> None:
    kept = [
        {
            "key_id": pair.key_id,
            "private_key": base64.b64encode(pair.private_bytes).decode("ascii"),
            "made_at": pair.made_at.isoformat(),
            "not_after": pair.not_after.isoformat(),
            "retired_at": pair.retired_at.isoformat() if pair.retired_at else None,
        }
        for pair in pairs
    ]
    write_whole(path, json.dumps({"keys": kept}, indent=1).encode("ascii"))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell faults of the file in the project's own words."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            "CENTRAL-030",
            "The council's keys cannot be read or written.",
            "Check the file and its rights, or bring it back from its backup; a new file opens no old case.",
            str(path),
        ) from error
