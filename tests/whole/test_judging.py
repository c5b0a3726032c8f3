"""How one screen is judged, on rectangles that no screen would have."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.access import Access
from kiosk.core.glass_lines import Lettered, Panel, Seen, Target
from kiosk.rehearse.judging import placed

PX_PER_MM = 4
PANEL = Panel(1080, 1920, 1080 / PX_PER_MM, 1920 / PX_PER_MM)
Place = tuple[int, int, int, int]
LEAST_PX = 2.54 * PX_PER_MM - 1.5
places = st.tuples(st.integers(0, 900), st.integers(0, 1700), st.integers(20, 180), st.integers(20, 220))


def far(one: Place, other: Place) -> int:
    """Give the distance of two rectangles: the larger of those along each side; under 0 where they share."""
    left, top = max(one[0], other[0]), max(one[1], other[1])
    right = min(one[0] + one[2], other[0] + other[2])
    low = min(one[1] + one[3], other[1] + other[3])
    return max(left - right, top - low)


def found(seen: Seen, sort: str) -> set[frozenset[str]]:
    """Give the pairs of names that a finding of a sort is of."""
    told = (each for each in placed(seen, PANEL, Access()) if each.sort == sort)
    return {frozenset(each.what.partition(":")[0].split(" | ")) for each in told}


@given(st.lists(places, max_size=12))
def test_of_all_controls_just_those_pairs_are_found_that_are_near(
    stood: list[Place],
) -> None:
    targets = tuple(Target("button", f"b{at}", *each, touchable=True) for at, each in enumerate(stood))
    near = {
        frozenset((f"b{one}", f"b{other}"))
        for one, other in combinations(range(len(stood)), 2)
        if far(stood[one], stood[other]) < LEAST_PX
    }
    assert found(Seen("Welcome", 1, targets), "near") == near


@given(st.lists(places, max_size=12))
def test_of_all_texts_just_those_pairs_are_found_that_overlap(stood: list[Place]) -> None:
    texts = tuple(Lettered(f"t{at}", *each, cap_mm=9.0, is_cut=False) for at, each in enumerate(stood))
    over = {
        frozenset((f"t{one}", f"t{other}"))
        for one, other in combinations(range(len(stood)), 2)
        if far(stood[one], stood[other]) < -1.5
    }
    assert found(Seen("Welcome", 1, (), texts), "overlapping") == over
