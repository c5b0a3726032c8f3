"""When, what next and how much: the courier's decisions."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.case import CaseId
from kiosk.core.sync import ErrorClass
from kiosk.ports import Parcel
from kiosk.sync import pacing
from kiosk.sync.pacing import Course, Pace, Task

PACE = Pace()
CHANCE = st.floats(0, 1, exclude_max=True)


def begun(now: float = 0.0) -> Course:
    return pacing.first_course(now, PACE, 0.0)


def failed(course: Course, error: ErrorClass, now: float, wait: float | None = None) -> Course:
    return pacing.after_failure(course, error, wait, now=now, pace=PACE, chance=0.5)


@given(st.integers(0, 10_000), CHANCE)
def test_the_wait_is_full_jitter_doubling_to_a_cap(failures: int, chance: float) -> None:
    ceiling = min(300.0, 2.0 * 2 ** min(failures, 20))
    assert pacing.wait_s(failures, PACE, chance) == chance * ceiling


def test_while_central_is_down_one_probe_is_made_at_a_time() -> None:
    course = failed(begun(), ErrorClass.TRANSIENT, now=0.0)
    assert pacing.next_task(course, 0.5) == (None, 0.5)
    assert pacing.next_task(course, 1.0) == (Task.DELIVER, 0.0)
    course = pacing.done(course, Task.DELIVER, now=1.0, pace=PACE, chance=0)
    course = pacing.done(course, Task.REPORT, now=1.0, pace=PACE, chance=0)
    assert pacing.next_task(course, 1.0) == (Task.ORDERS, 0.0)
    course = pacing.done(course, Task.ORDERS, now=1.0, pace=PACE, chance=0)
    assert pacing.next_task(course, 1.0)[0] is None, "heartbeats and lists wait until central is back"


def test_a_new_case_is_tried_at_once_but_not_without_end() -> None:
    course = begun()
    for _ in range(10):
        course = failed(course, ErrorClass.TRANSIENT, now=100.0)
    assert course.not_before > 200
    poked = pacing.poked(course, 101.0, PACE)
    assert poked.not_before == 102.0
    assert pacing.next_task(poked, 102.0) == (Task.DELIVER, 0.0)


def test_patience_that_central_asked_for_is_not_shortened_by_a_new_case() -> None:
    course = failed(begun(), ErrorClass.TRANSIENT, now=0.0, wait=60.0)
    assert course.not_before == 61.0
    assert pacing.poked(course, 1.0, PACE).not_before == 61.0


def test_what_only_people_can_end_is_tried_seldom() -> None:
    for error in (ErrorClass.AUTH, ErrorClass.GONE, ErrorClass.UPGRADE):
        course = failed(begun(), error, now=0.0)
        assert course.not_before == 225.0
        assert pacing.poked(course, 1.0, PACE).not_before == 225.0


def test_an_agreed_answer_ends_every_wait() -> None:
    course = pacing.after_answer(failed(begun(), ErrorClass.AUTH, now=0.0), 300.0)
    assert (course.failures, course.not_before, course.paced) == (0, 300.0, False)


def test_a_batch_that_may_be_too_much_is_halved_and_grows_again() -> None:
    course = begun()
    sizes = []
    for _ in range(8):
        course = pacing.smaller(course, ErrorClass.TIMEOUT, course.batch)
        sizes.append(course.batch)
    assert sizes == [50, 25, 12, 6, 3, 1, 1, 1]
    for _ in range(8):
        course = pacing.larger(course)
    assert course.batch == 100
    assert pacing.smaller(course, ErrorClass.TRANSIENT, 100).batch == 100


def test_central_that_answers_but_takes_nothing_is_left_alone_longer_and_longer() -> None:
    course, waits = begun(), []
    for _ in range(6):
        course = pacing.after_batch(course, progress=False, now=0.0, pace=PACE, chance=0.9)
        waits.append(course.due[Task.DELIVER])
    assert waits == sorted(waits)
    assert waits[0] >= 1.8
    assert pacing.after_batch(course, progress=True, now=5.0, pace=PACE, chance=0.9).due[Task.DELIVER] == 5.0


def test_heartbeats_come_each_minute_give_or_take_a_fifth() -> None:
    for chance, seconds in ((0.0, 48.0), (0.5, 60.0), (0.999, 72.0)):
        course = pacing.done(begun(), Task.HEARTBEAT, now=0.0, pace=PACE, chance=chance)
        assert round(course.due[Task.HEARTBEAT], 0) == seconds


def test_a_whole_council_does_not_call_at_the_same_moment_after_a_power_cut() -> None:
    pace = Pace(start_spread_s=60.0)
    assert pacing.next_task(pacing.first_course(0.0, pace, 0.5), 0.0) == (None, 30.0)
    poked = pacing.poked(pacing.first_course(0.0, pace, 0.5), 1.0, pace)
    assert pacing.next_task(poked, 1.0) == (Task.DELIVER, 0.0)


@given(st.lists(st.integers(0, 900_000), min_size=1, max_size=150))
def test_a_batch_fits_and_is_never_empty(sizes: list[int]) -> None:
    parcels = [Parcel(n, str(n), CaseId(str(n)), "k", bytes(size), "", 0) for n, size in enumerate(sizes)]
    batch = pacing.fitting(parcels)
    assert 1 <= len(batch) <= 100
    assert list(batch) == parcels[: len(batch)]
    assert len(batch) == 1 or sum(len(p.body) for p in batch) <= pacing.MOST_BODY_BYTES


@given(
    st.lists(st.tuples(st.sampled_from(["fail", "answer", "poke", "work"]), st.floats(0, 400)), max_size=40),
    CHANCE,
    st.sampled_from(ErrorClass),
)
def test_there_is_always_a_next_moment_not_far_away(
    story: list[tuple[str, float]], chance: float, error: ErrorClass
) -> None:
    """Whatever happens, the courier neither stops for ever nor spins."""
    course, now = begun(), 0.0
    for what, seconds in story:
        now += seconds
        match what:
            case "fail":
                course = pacing.after_failure(course, error, None, now=now, pace=PACE, chance=chance)
            case "answer":
                course = pacing.after_answer(course, now)
            case "poke":
                course = pacing.poked(course, now, PACE)
            case _:
                task, _ = pacing.next_task(course, now)
                if task is not None:
                    course = pacing.done(course, task, now=now, pace=PACE, chance=chance)
    for _ in range(20):
        task, wait = pacing.next_task(course, now)
        if task is None:
            assert 0 < wait <= PACE.cap_s
            return
        course = pacing.done(course, task, now=now, pace=PACE, chance=chance)
    raise AssertionError("the courier spins")
