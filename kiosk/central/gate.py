"""How much is taken in at once, and when whoever is turned away may come again.

Responsible for: the decisions, as a value that is told what happened; times are monotonic seconds.
Not responsible for: HTTP (`kiosk.central.api.terminal`). Nothing here must outlive the process: what is
forgotten makes a wait shorter, and loses nothing.

When power returns to a whole council, all its terminals call at once. Each says how much waits with it
(`Outbox-Waiting`), so whoever is turned away is given a place in a line: the moment when those before it will
have brought what they have. It comes back about once, and finds room.
"""

from dataclasses import dataclass, field

MOST_ITEMS = 100
AT_ONCE = 16
SHORTEST_S = 5.0
LONGEST_S = 3600.0
FULL = 0.7
"""How much of what can be taken in the line gives away: the rest is for those who come late, early or new."""
FIRST_RATE = 100.0
FORGOTTEN_AFTER_S = 2 * LONGEST_S
MOST_REMEMBERED = 20_000
_SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class _Place:
    """What a terminal will bring, since when that is known, and when it is its turn."""

    batches: int = 0
    since: float = 0.0
    turn: float = 0.0


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
    _line: dict[str, _Place] = field(default_factory=dict)
    _line_ends: float = 0.0
    _backlog: int = 0

    @property
    def backlog(self) -> int:
        """How many batches those who were turned away still have to bring."""
        return self._backlog

    def enter(self, terminal: str, items_waiting: int, now: float) -> bool:
        """Begin a batch; False when there is no room, and `wait_s` says when to come again."""
        batches = max(1, -(-items_waiting // MOST_ITEMS))
        turn = self._line.get(terminal, _Place()).turn
        if self.under_way >= self.at_once:
            self.turned_away += 1
            early = turn - now >= SHORTEST_S
            self._remember(terminal, _Place(batches, now, turn if early else self._next_turn(batches, now)))
            return False
        self.under_way += 1
        self._remember(terminal, _Place(batches - 1, now, turn))
        return True

    def leave(self, took_s: float) -> None:
        """End a batch that took so long; only while there is no room does that tell the rate."""
        if self.under_way >= self.at_once and took_s > 0:
            self.rate += _SMOOTHING * (self.at_once / took_s - self.rate)
        self.under_way -= 1

    def wait_s(self, terminal: str, now: float) -> float:
        """Return how long a terminal that was turned away is to stay away."""
        turn = self._line.get(terminal, _Place()).turn
        return min(max(turn - now, SHORTEST_S), LONGEST_S)

    def _next_turn(self, batches: int, now: float) -> float:
        """Give the end of the line away; it is not further off than what is known to wait can make it."""
        rate, soonest = max(self.rate, 1.0), now + SHORTEST_S
        turn = min(max(self._line_ends, soonest), soonest + 2 * self._backlog / rate)
        self._line_ends = turn + batches / (FULL * rate)
        return turn

    def _remember(self, terminal: str, place: _Place) -> None:
        self._backlog -= self._line.pop(terminal, _Place()).batches
        if place.batches > 0:
            self._line[terminal] = place
            self._backlog += place.batches
        self._forget(place.since)

    def _forget(self, now: float) -> None:
        while self._line:
            oldest = next(iter(self._line))
            place = self._line[oldest]
            if now - place.since < FORGOTTEN_AFTER_S and len(self._line) <= MOST_REMEMBERED:
                return
            del self._line[oldest]
            self._backlog -= place.batches
