"""Numbers that may already be on paper, kept beside the database in a file of their own.

Responsible for: that a new or restored database never gives out a reference or queue number twice.
Not responsible for: the counters themselves (`counters`).

The file says up to which number each counter may have been given out. It is written ahead, in blocks, so that
it costs one write in 150 cases; when the database is lost, counting goes on after the block.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from kiosk.durable import write_whole
from kiosk.store.faults import store_full

BLOCK = 150


class Reserve:
    """The file of reserved numbers; used under the database's write lock only."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.store_id, self._marks = _read(path)

    def marks(self) -> dict[str, int]:
        """Return, for each counter, the highest number that may have been given out."""
        return dict(self._marks)

    def cover(self, store_id: str, numbers: Mapping[str, int], *, ahead: int = 0) -> None:
        """Make sure, on disk, that these numbers are reserved before they are given out, and so many more."""
        if store_id == self.store_id and all(self._marks.get(n, 0) >= v + ahead for n, v in numbers.items()):
            return
        kept = {name: mark for name, mark in self._marks.items() if _is_current(name, numbers)}
        blocks = {name: number + BLOCK for name, number in numbers.items()}
        marks = {**kept, **{name: max(mark, kept.get(name, 0)) for name, mark in blocks.items()}}
        self._write(store_id, marks)
        self.store_id, self._marks = store_id, marks

    def _write(self, store_id: str, marks: dict[str, int]) -> None:
        content = json.dumps({"store_id": store_id, "marks": marks}, sort_keys=True).encode("ascii")
        try:
            write_whole(self._path, content)
        except OSError as error:
            raise store_full(self._path) from error


def _is_current(name: str, numbers: Mapping[str, int]) -> bool:
    """Keep other counters, but of queues only those of a day that is still being counted."""
    days = {counter[-10:] for counter in numbers if counter.startswith("queue:")}
    return not name.startswith("queue:") or not days or name[-10:] in days


def _read(path: Path) -> tuple[str, dict[str, int]]:
    try:
        document = json.loads(path.read_bytes())
        marks = {str(name): int(mark) for name, mark in document["marks"].items()}
        return str(document["store_id"]), marks
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return "", {}  # not there yet, or unreadable: the database's own counters are all there is
