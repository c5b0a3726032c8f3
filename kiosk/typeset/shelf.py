"""Finished things kept for the next time, within a number of bytes.

Responsible for: forgetting the least recently used first.
Not responsible for: threads (its owner holds a lock).
"""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Shelf(Generic[Key, Value]):
    """A cache bounded in bytes; what is bigger than the whole is not kept at all."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.used_bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def find(self, key: Key) -> Value | None:
        """Give what was kept under a key and count it as used, or None."""
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: Key, value: Value, cost_bytes: int) -> None:
        """Keep a value, forgetting old ones as needed."""
        self._forget(key)
        if cost_bytes > self._limit_bytes:
            return
        self._kept[key] = (value, cost_bytes)
        self.used_bytes += cost_bytes
        while self.used_bytes > self._limit_bytes:
            self._forget(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self.used_bytes = 0

    def _forget(self, key: Key) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self.used_bytes -= found[1]
