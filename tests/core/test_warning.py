"""No visit ends by itself before a warning that could be answered (EN 301 549, 11.2.2.1; WCAG 2.2.1)."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.core import events as e
from kiosk.core.effects import EndVisit
from kiosk.core.moves import Move, end
from kiosk.core.transitions import advance, begin
from kiosk.core.visit import Over, Scene, Visit
from tests.core.facility_for_tests import scene, visit
from tests.core.test_visit_properties import something

LEAST_S = 20.0
Later = Sequence[tuple[e.Event, float]]
Advance = Callable[[Visit, e.Event, Scene], Move]


def cut_off(happened: Later, by: Advance = advance) -> list[float]:
    """Give how long the warning had stood at each end that nobody asked for and that came too soon."""
    now_s, warned_s, found = 0.0, None, []
    current = begin(visit(), scene()).visit
    for event, later_s in happened:
        now_s += later_s
        move = by(current, event, scene(now_s))
        if EndVisit() in move.effects and isinstance(event, e.Ticked):
            stood_s = 0.0 if warned_s is None else now_s - warned_s
            if stood_s < LEAST_S:
                found.append(stood_s)
        current = move.visit
        is_warned = current.over is Over.STILL_THERE
        warned_s = (now_s if warned_s is None else warned_s) if is_warned else None
    return found


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.just(e.Ticked()) | something(), st.sampled_from([0.0, 1.0, 19.0, 31.0, 121.0, 900.0])),
        max_size=60,
    )
)
def test_no_visit_ends_by_itself_before_its_warning_stood_twenty_seconds(happened: Later) -> None:
    assert cut_off(happened) == []


AWAY = [(e.LanguageChosen("en"), 1.0), *[(e.Ticked(), 1.0)] * 400]
ASLEEP = [(e.LanguageChosen("en"), 1.0), (e.Ticked(), 900.0)]


@pytest.mark.parametrize("happened", [AWAY, ASLEEP], ids=["ticking", "a terminal that slept"])
def test_a_visit_that_ends_without_its_warning_would_be_found(happened: Later) -> None:
    def hasty(current: Visit, event: e.Event, at: Scene) -> Move:
        quiet_s = at.monotonic_s - current.touched_s
        is_over = isinstance(event, e.Ticked) and quiet_s >= at.facility.idle.after_s + LEAST_S / 2
        return end(current) if is_over else advance(current, event, at)

    assert cut_off(happened) == []
    assert cut_off(happened, hasty) != []
