"""The council's public keys on this terminal, in a file beside the database.

Responsible for: keeping what central told, through power cuts, and telling it to whoever seals.
Not responsible for: fetching keys (`kiosk.sync`), or sealing (`kiosk.store`).

A file of its own, so that the keys are still there when a damaged database is set aside.
"""

import base64
import json
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from kiosk.core.sealing import CouncilKey
from kiosk.durable import write_whole

COUNCIL_KEYS = "council.keys"


class KeyShelf:
    """The keys in one folder; any thread.

    Args:
        folder: where this terminal keeps its data.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / COUNCIL_KEYS
        self._lock = threading.Lock()
        self._keys = _read(self._path)

    def known(self) -> Sequence[CouncilKey]:
        """Return the keys, the preferred one first; does not block."""
        return self._keys

    def keep(self, keys: Sequence[CouncilKey]) -> bool:
        """Keep what central tells now, durably; False when it is known already or says nothing; blocks."""
        with self._lock:
            told = tuple(keys)
            if not told or told == self._keys:
                return False
            _write(self._path, told)
            self._keys = told
            return True


def _read(path: Path) -> tuple[CouncilKey, ...]:
    """Read the file; one that cannot be read is as good as none, for central tells the keys again."""
    try:
        kept = json.loads(path.read_bytes())["keys"]
        return tuple(
            CouncilKey(
                str(key["key_id"]),
                base64.b64decode(key["public_key"], validate=True),
                datetime.fromisoformat(key["not_after"]),
            )
            for key in kept
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _write(path: Path, keys: Sequence[CouncilKey]) -> None:
    kept = [
        {
            "key_id": key.key_id,
            "public_key": base64.b64encode(key.public_bytes).decode("ascii"),
            "not_after": key.not_after.isoformat(),
        }
        for key in keys
    ]
    write_whole(path, json.dumps({"keys": kept}).encode("ascii"))
