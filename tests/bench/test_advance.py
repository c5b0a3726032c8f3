"""How long a decision takes: median and worst of many, over a whole visit."""

import time

import pytest

from kiosk.core import events as e
from kiosk.core.frames import from_line, to_line
from kiosk.core.seen import seen
from kiosk.core.transitions import advance, begin
from kiosk.core.views import View
from tests.core.facility_for_tests import scene, visit

ROUNDS = 300
TOUCHES: tuple[e.Event, ...] = (
    e.LanguageChosen("en"),
    e.GroupChosen("bins"),
    e.ServiceChosen("every-kind"),
    e.Continued("before"),
    e.OptionTouched("bin", "brown"),
    e.Continued("bin"),
    e.Ticked(),
    e.Continued("what"),
    e.HelpAsked(),
    e.HelpClosed(),
)
TARGET_MS = 1.0


@pytest.mark.bench
def test_a_decision_takes_less_than_a_millisecond() -> None:
    decided: list[float] = []
    carried: list[float] = []
    for _ in range(ROUNDS):
        now = scene()
        current = begin(visit(), now).visit
        for event in TOUCHES:
            began = time.perf_counter()
            current = advance(current, event, now).visit
            decided.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            from_line(to_line(seen(current, now)), View)
            carried.append((time.perf_counter() - began) * 1000)
    decided.sort()
    carried.sort()
    middle, late = decided[len(decided) // 2], decided[int(len(decided) * 0.99)]
    print(f"\nadvance(): median {middle:.3f} ms, 99th percentile {late:.3f} ms (target {TARGET_MS} ms)")
    print(f"view made, written and read again: median {carried[len(carried) // 2]:.3f} ms")
    assert middle < TARGET_MS
