"""The courier's decisions, as pure functions: what to do next, how much at once, how long to wait.

Responsible for: back-off with full jitter, batch sizes, the time-table of pulls and heartbeats.
Not responsible for: doing any of it (`courier`). Times are monotonic seconds; chances are numbers in [0, 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from kiosk.core.sync import ErrorClass
from kiosk.ports import Parcel

MOST_PARCELS = 100
MOST_BODY_BYTES = 700 * 1024
"""Bodies travel as JSON text inside JSON and grow on the way; the whole batch stays about a MiB."""

_HARD = {ErrorClass.AUTH, ErrorClass.GONE, ErrorClass.UPGRADE}
"""Only people can end these, so trying soon helps nobody."""
_SPLITTING = {ErrorClass.TIMEOUT, ErrorClass.TOO_LARGE, ErrorClass.INVALID}
_ITEM_FAULTS = {ErrorClass.TOO_LARGE, ErrorClass.INVALID}
_LARGEST_POWER = 16


class Task(Enum):
    """What the courier can do."""

    DELIVER = "deliver"
    REPORT = "report"
    ORDERS = "orders"
    FORGET = "forget"
    APPOINTMENTS = "appointments"
    AHEAD = "ahead"
    BUNDLE = "bundle"
    RENEW = "renew"
    KEYS = "keys"
    HEARTBEAT = "heartbeat"
    TIDY = "tidy"


_ORDER = tuple(Task)
"""Of several due tasks the earlier in the list comes first: what visitors and staff wait for."""
_SIDE_TASKS = {Task.FORGET, Task.APPOINTMENTS, Task.AHEAD, Task.BUNDLE, Task.KEYS, Task.RENEW, Task.REPORT}
_REQUEST_FAULTS = {ErrorClass.PORTAL, ErrorClass.INVALID, ErrorClass.CONFLICT, ErrorClass.TOO_LARGE}
_PROBES = (Task.DELIVER, Task.REPORT, Task.ORDERS)
"""While central is down one of these is tried at a time; the first that is due."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often things are done; seconds.

    Attributes:
        start_spread_s: the first call is made at a random moment within this, so that a whole council
            whose power returns does not call at once; a new case does not wait for it.
        link_spread_s: when the network is there again, a try is made at a random moment within this.
        poke_s: while central is down, a new case is tried at once, but not more often than this.
    """

    base_s: float = 2.0
    cap_s: float = 300.0
    orders_s: float = 3.0
    appointments_s: float = 60.0
    ahead_s: float = 1800.0
    keys_s: float = 1800.0
    forget_s: float = 600.0
    days_ahead: int = 3
    bundle_s: float = 120.0
    renew_s: float = 3600.0
    heartbeat_s: float = 60.0
    tidy_s: float = 20.0
    start_spread_s: float = 0.0
    link_spread_s: float = 3.0
    poke_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Course:
    """Where the courier stands.

    Attributes:
        failures: calls in a row without an agreed answer.
        stalled: batches in a row that central answered without taking any parcel.
        batch: how many parcels the next batch may have.
        not_before: no call before this moment.
        paced: the wait was asked for by central, or only people can end it: a new case does not shorten it.
        due: when each task is to be done next; DELIVER and REPORT are due when there is something.
    """

    failures: int = 0
    stalled: int = 0
    batch: int = MOST_PARCELS
    not_before: float = 0.0
    paced: bool = False
    last_call: float = float("-inf")
    due: dict[Task, float] = field(default_factory=dict)


def first_course(now: float, pace: Pace, chance: float) -> Course:
    """Begin: everything is due after a random part of the start spread."""
    begin = now + pace.start_spread_s * chance
    due = dict.fromkeys(_ORDER, begin)
    return Course(not_before=begin, due={**due, Task.TIDY: begin + pace.tidy_s})


def wait_s(failures: int, pace: Pace, chance: float) -> float:
    """Return the back-off after so many failures in a row: full jitter."""
    return chance * min(pace.cap_s, pace.base_s * 2.0 ** min(failures, _LARGEST_POWER))


def after_failure(
    course: Course, error: ErrorClass, retry_after_s: float | None, *, now: float, pace: Pace, chance: float
) -> Course:
    """Go on after a call without an agreed answer."""
    failures = course.failures + 1
    hard = error in _HARD
    wait = pace.cap_s * (1.0 + chance) / 2.0 if hard else wait_s(failures - 1, pace, chance)
    if retry_after_s is not None:
        # A little later than asked, by chance: else all terminals that were asked come back at once.
        wait = retry_after_s + chance * pace.base_s
    paced = hard or retry_after_s is not None
    return replace(course, failures=failures, not_before=now + wait, paced=paced, last_call=now)


def after_answer(course: Course, now: float) -> Course:
    """Go on after an agreed answer."""
    return replace(course, failures=0, not_before=now, paced=False, last_call=now)


def poked(course: Course, now: float, pace: Pace) -> Course:
    """There is a new case: deliver it now, unless central asked for patience."""
    due = {**course.due, Task.DELIVER: now, Task.REPORT: now}
    if course.paced:
        return replace(course, due=due)
    soon = max(now, course.last_call + pace.poke_s) if course.failures else now
    return replace(course, due=due, not_before=min(course.not_before, soon))


def link_back(course: Course, now: float, pace: Pace, chance: float) -> Course:
    """The network is there again: try soon, unless central asked for patience or the start is spread."""
    soon = now + pace.link_spread_s * chance
    due = {**course.due, Task.DELIVER: min(course.due[Task.DELIVER], soon)}
    if course.paced or not course.failures:
        return replace(course, due=due)
    return replace(course, due=due, not_before=min(course.not_before, soon))


def done(course: Course, task: Task, *, now: float, pace: Pace, chance: float) -> Course:
    """Note that a task was done, and when it is due again."""
    return replace(course, due={**course.due, task: now + _interval_s(task, pace, chance)})


def again(course: Course, task: Task, now: float) -> Course:
    """Note that a task is still to be done, as soon as anything may be."""
    return replace(course, due={**course.due, task: now})


def put_off(course: Course, task: Task, *, now: float, pace: Pace) -> Course:
    """Note that a task failed by itself while central is there: much later again."""
    return replace(course, due={**course.due, task: now + pace.cap_s})


def after_batch(course: Course, *, progress: bool, now: float, pace: Pace, chance: float) -> Course:
    """Go on after a batch that central answered: at once if it took any, else later and later."""
    if progress:
        return replace(larger(course), stalled=0, due={**course.due, Task.DELIVER: now})
    wait = max(pace.poke_s, wait_s(course.stalled, pace, chance))
    due = {**course.due, Task.DELIVER: now + wait}
    return replace(course, stalled=course.stalled + 1, due=due)


def spares_the_rest(task: Task, error: ErrorClass) -> bool:
    """Say whether a failure speaks of this one request only, and not of central as a whole."""
    return task in _SIDE_TASKS and error in _REQUEST_FAULTS


def next_task(course: Course, now: float) -> tuple[Task | None, float]:
    """Return what to do now, or None and how many seconds there are until something may be done."""
    local = course.due[Task.TIDY] <= now
    if now < course.not_before:
        until = min(course.not_before, course.due[Task.TIDY]) - now
        return (Task.TIDY, 0.0) if local else (None, until)
    candidates = _PROBES if course.failures else _ORDER
    for task in candidates:
        if course.due[task] <= now:
            return task, 0.0
    if local:
        return Task.TIDY, 0.0
    return None, min(course.due[task] for task in (*candidates, Task.TIDY)) - now


def fitting(parcels: Sequence[Parcel]) -> Sequence[Parcel]:
    """Return the first parcels that fit one batch together; always at least one."""
    total, count = 0, 0
    for parcel in parcels[:MOST_PARCELS]:
        total += len(parcel.body)
        if count and total > MOST_BODY_BYTES:
            break
        count += 1
    return parcels[:count]


def smaller(course: Course, error: ErrorClass, sent: int) -> Course:
    """Send half as much next time, if being too much can have been the reason."""
    return replace(course, batch=max(1, sent // 2)) if error in _SPLITTING else course


def larger(course: Course) -> Course:
    """Send twice as much next time."""
    return replace(course, batch=min(MOST_PARCELS, course.batch * 2))


def is_poison(error: ErrorClass, sent: int) -> bool:
    """Say whether a whole refused batch convicts its only parcel."""
    return sent == 1 and error in _ITEM_FAULTS


def may_split(error: ErrorClass, sent: int) -> bool:
    """Say whether halves of a refused batch are to be tried at once."""
    return sent > 1 and error in _ITEM_FAULTS


def _interval_s(task: Task, pace: Pace, chance: float) -> float:
    match task:
        case Task.ORDERS | Task.DELIVER | Task.REPORT:
            return pace.orders_s
        case Task.FORGET:
            return pace.forget_s
        case Task.APPOINTMENTS:
            return pace.appointments_s
        case Task.AHEAD:
            return pace.ahead_s
        case Task.BUNDLE:
            return pace.bundle_s * (0.8 + 0.4 * chance)
        case Task.RENEW:
            return pace.renew_s
        case Task.KEYS:
            return pace.keys_s
        case Task.HEARTBEAT:
            return pace.heartbeat_s * (0.8 + 0.4 * chance)
        case Task.TIDY:
            return pace.tidy_s
