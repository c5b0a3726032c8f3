"""How much is taken in at once, and when whoever is turned away may come again.

Responsible for: the decisions, as a value that is told what happened; times are monotonic seconds.
Not responsible for: HTTP (`kiosk.central.api.terminal`). Nothing here must outlive the process: what is
forgotten makes a wait shorter, and loses nothing.

When power returns to a whole council, all its terminals call at once. Each says how much waits with it
(`Outbox-Waiting`), so whoever is turned away can be told a moment within the time that all of it will take:
the longer the line, the wider the spread. It comes back about once, and finds room.
"""

from dataclasses import dataclass, field

MOST_ITEMS = 100
AT_ONCE = 16
SHORTEST_S = 5.0
LONGEST_S = 3600.0
SPREAD = 2.1
"""Twice the time that the line will take, so that there is room for those who come back and for new ones."""
FIRST_RATE = 100.0
FORGOTTEN_AFTER_S = 2 * LONGEST_S
MOST_REMEMBERED = 20_000
_SMOOTHING = 0.05


@dataclass
class Gate:
    """Let work in until `at_once` is under way; turn the rest away with a wait.

    Attributes:
        at_once: how many batches may be under way.
        rate: batches that are finished in a second while there is no room; learned.
    """

    at_once: int = AT_ONCE
    rate: float = FIRST_RATE
    under_way: int = 0
    turned_away: int = 0
    _waiting: dict[str, tuple[int, float]] = field(default_factory=dict)
    _backlog: int = 0

    @property
    def backlog(self) -> int:
        """How many batches those who were turned away still have to bring."""
        return self._backlog

    def enter(self, terminal: str, items_waiting: int, now: float) -> bool:
        """Begin a batch; False when there is no room, and `wait_s` says when to come again."""
        batches = max(1, -(-items_waiting // MOST_ITEMS))
        if self.under_way >= self.at_once:
            self.turned_away += 1
            self._remember(terminal, batches, now)
            return False
        self.under_way += 1
        self._remember(terminal, batches - 1, now)
        return True

    def leave(self, took_s: float) -> None:
        """End a batch that took so long; only while there is no room does that tell the rate."""
        if self.under_way >= self.at_once and took_s > 0:
            self.rate += _SMOOTHING * (self.at_once / took_s - self.rate)
        self.under_way -= 1

    def wait_s(self, chance: float) -> float:
        """Return how long to stay away; `chance` is a number in [0, 1)."""
        spread = SPREAD * (self._backlog + self.under_way) / max(self.rate, 1.0)
        return min(SHORTEST_S + chance * spread, LONGEST_S)

    def _remember(self, terminal: str, batches: int, now: float) -> None:
        before, _ = self._waiting.pop(terminal, (0, 0.0))
        self._backlog -= before
        if batches > 0:
            self._waiting[terminal] = (batches, now)
            self._backlog += batches
        self._forget(now)

    def _forget(self, now: float) -> None:
        while self._waiting:
            oldest = next(iter(self._waiting))
            batches, since = self._waiting[oldest]
            if now - since < FORGOTTEN_AFTER_S and len(self._waiting) <= MOST_REMEMBERED:
                return
            del self._waiting[oldest]
            self._backlog -= batches
