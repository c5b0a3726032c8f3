"""Starting with what central published, and taking up a newer version while nobody is at the terminal.

Responsible for: which configuration a terminal uses, and going back where one cannot be used.
Not responsible for: when a visit is over (`kiosk.conductor`), or reading a configuration (`kiosk.settings`).

What belongs to this terminal alone (its name, panel, devices, central) always comes from the folder that
facilities made; a version that is published brings everything else.
"""

from collections.abc import Callable
from pathlib import Path

from kiosk.bundles import Bundles
from kiosk.logs import Log
from kiosk.settings import Loaded

Read = Callable[[Path, Path], Loaded]
"""Reads a published folder with what is local from the second one."""


class TakingUp:
    """Weigh versions before they are used; every call blocks.

    Args:
        bundles: what is kept.
        local: the folder that facilities made on this terminal.
        read: reads a configuration as `kiosk check` does.
        log: takes events.
    """

    def __init__(self, bundles: Bundles, local: Path, read: Read, log: Log) -> None:
        self.bundles = bundles
        self._local = local
        self._read = read
        self._log = log

    def begin(self, by_hand: Loaded) -> Loaded:
        """Return what to start with: the newest version that can be used, else what was made by hand."""
        loaded = self._begin(by_hand)
        if not self.bundles.is_noted:
            self._log("bundle.not-noted", code="STORE-020")
        return loaded

    def _begin(self, by_hand: Loaded) -> Loaded:
        self.bundles.begin()
        waiting = self.bundles.standing.staged
        if waiting and self.bundles.is_whole(waiting) and self.weigh(waiting) is not None:
            self.taken(waiting)
        while (version := self.bundles.standing.active) > 0:
            damaged = not self.bundles.is_whole(version)
            loaded = None if damaged else self._read(self.bundles.config_of(version), self._local)
            if loaded is not None and loaded.is_usable:
                self._log("bundle.in-use", version=version)
                return loaded
            why = _why(loaded) if loaded is not None else "its files are damaged"
            back = self.bundles.go_back(why, damaged=damaged)
            self._log("bundle.went-back", version=version, to=back)
        return by_hand

    def weigh(self, version: int) -> Loaded | None:
        """Return a staged version as the terminal would use it, or None once it is refused."""
        loaded = self._read(self.bundles.config_of(version), self._local)
        if loaded.is_usable:
            return loaded
        self.bundles.refuse(version, _why(loaded))
        self._log("bundle.refused", version=version, problems=len(loaded.problems))
        return None

    def taken(self, version: int) -> None:
        """Note durably that a version is in use."""
        self.bundles.take_up(version)
        self._log("bundle.taken-up", version=version)


def _why(loaded: Loaded) -> str:
    first = loaded.problems[0] if loaded.problems else None
    more = f" and {len(loaded.problems) - 1} more problems" if len(loaded.problems) > 1 else ""
    return f"{first}{more}" if first else "it cannot be read"
