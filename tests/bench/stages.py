"""Where the time of a touch goes: functions that are timed while they work, each without what it calls.

Only time of the threads that work counts; what nobody worked in is a hand-over from one thread to the next.
"""

import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import pytest

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Stages:
    """The stages of many runs, in the order in which they are first met."""

    took_us: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    _now: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    _inner: threading.local = field(default_factory=threading.local)

    def watch(self, patch: pytest.MonkeyPatch, owner: object, name: str, stage: str) -> None:
        """Let a function of a module or class be timed as a part of a stage."""
        patch.setattr(owner, name, self.timed(getattr(owner, name), stage))

    def timed(self, work: Callable[P, R], stage: str) -> Callable[P, R]:
        """Return the same function, timed."""

        def run(*given: P.args, **named: P.kwargs) -> R:
            outer, self._inner.us = getattr(self._inner, "us", 0.0), 0.0
            began = time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                took = (time.perf_counter() - began) * 1e6
                self._now[stage] += took - self._inner.us
                self._inner.us = outer + took

        return run

    def begin(self) -> None:
        """Forget what was timed since the last end."""
        self._now.clear()

    def end(self, whole_us: float, rest: str) -> None:
        """Close one run; what no stage took of its time goes to `rest`."""
        for stage, took in {**self._now, rest: whole_us - sum(self._now.values())}.items():
            self.took_us[stage].append(took)

    def __str__(self) -> str:
        rows = ((stage, statistics.median(took)) for stage, took in self.took_us.items())
        return "\n".join(f"  {stage:44} {median:7.0f}" for stage, median in rows)
