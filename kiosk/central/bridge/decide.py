"""What is done with a handover next: a table over where it stands and what was heard. Pure.

Responsible for: that a case is never sent again while it can be looked up, and that people are asked in time.
Not responsible for: doing it (`carrier`), or keeping it (`kiosk.central.tables.handovers`).

    waiting ── sent, answer heard ──> confirmed
       │  └─── answer lost ────────> uncertain ── found ──> confirmed
       │                                └── surely not there ──> waiting
       ├─ token ─> taken ── identifier ──> confirmed
       └─ refused, or a day of "down" ──> stuck, for a person

From uncertain there is no way back to waiting but a look-up that says "not there" after the office has had
its time, or a person at the desk.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from kiosk.central.bridge.decode import Confirmed, Found, Lost, NotSent, NotThere, Refused, Taken, Told
from kiosk.central.bridge.profile import Profile

A_DAY = timedelta(hours=24)
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 900.0
DOWN, WRONG_KEY = 400, 403
FAILURES_TO_OPEN = 5


class Stand(StrEnum):
    """Where a handover stands."""

    WAITING = "waiting"
    TAKEN = "sent"
    UNCERTAIN = "uncertain"
    CONFIRMED = "confirmed"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Handover:
    """One case on its way to one office.

    Attributes:
        maybe_there: at some attempt the office may have taken it; while that is so, it is looked up first.
        first_at: when it was first sent, or None.
        sent_at: when it was last sent, or None.
        next_at: not before then; None leaves it to a person.
        problem: why it is where it is, in plain words for staff.
    """

    stand: Stand = Stand.WAITING
    request_id: str = ""
    token: str = ""
    attempts: int = 0
    maybe_there: bool = False
    first_at: datetime | None = None
    sent_at: datetime | None = None
    next_at: datetime | None = None
    problem: str = ""


class Act(StrEnum):
    """What to do with a handover that is due."""

    SEND = "send"
    LOOK_UP = "look up"
    ASK_TOKEN = "ask for the token"  # noqa: S105 - a token of the protocol, and no secret
    LEAVE = "leave to a person"


def act(handover: Handover, profile: Profile) -> Act:
    """Say what to do with a handover whose time has come."""
    match handover.stand:
        case Stand.WAITING:
            return Act.LOOK_UP if handover.maybe_there and profile.look_up != "none" else Act.SEND
        case Stand.TAKEN:
            return Act.ASK_TOKEN
        case Stand.UNCERTAIN:
            return Act.LOOK_UP if profile.look_up != "none" else Act.LEAVE
        case Stand.CONFIRMED | Stand.STUCK:
            return Act.LEAVE
        case _:
            assert_never(handover.stand)


def about_to_send(handover: Handover, profile: Profile, now: datetime) -> Handover:
    """Return what is kept before the first byte leaves: nobody can say from here until something is heard."""
    heard_by = now + timedelta(seconds=profile.timeout_s + profile.settle_s)
    return replace(
        handover,
        stand=Stand.UNCERTAIN,
        maybe_there=True,
        attempts=handover.attempts + 1,
        first_at=handover.first_at or now,
        sent_at=now,
        next_at=heard_by if profile.look_up != "none" else None,
        problem="It was sent, and the answer was not heard.",
    )


def heard(handover: Handover, said: Told, profile: Profile, now: datetime, jitter: float) -> Handover:
    """Return the handover after it was sent, from what `about_to_send` left; `jitter` is from 0 to 1."""
    match said:
        case Confirmed(request_id):
            return _confirmed(handover, request_id)
        case Taken(token):
            later = now + timedelta(seconds=profile.poll_every_s)
            return replace(handover, stand=Stand.TAKEN, token=token, attempts=0, next_at=later, problem="")
        case NotSent(why):
            return _again(handover, why, now, jitter, maybe_there=False)
        case Lost(why):
            settled = now + timedelta(seconds=profile.settle_s) if profile.look_up != "none" else None
            return replace(handover, stand=Stand.UNCERTAIN, next_at=settled, problem=why)
        case Refused(status, why):
            return _refused(handover, status, why, profile, now=now, jitter=jitter)
        case _:
            assert_never(said)


def _confirmed(handover: Handover, request_id: str) -> Handover:
    return replace(handover, stand=Stand.CONFIRMED, request_id=request_id, token="", next_at=None, problem="")


def _again(handover: Handover, why: str, now: datetime, jitter: float, *, maybe_there: bool) -> Handover:
    later = now + timedelta(seconds=wait_s(handover.attempts, jitter))
    return replace(handover, stand=Stand.WAITING, maybe_there=maybe_there, next_at=later, problem=why)


def _refused(
    handover: Handover, status: int, why: str, profile: Profile, *, now: datetime, jitter: float
) -> Handover:
    young = handover.first_at is None or now - handover.first_at < A_DAY
    if status == DOWN and profile.down_as_400 and young:
        return _again(handover, why, now, jitter, maybe_there=handover.maybe_there)
    return replace(handover, stand=Stand.STUCK, next_at=None, problem=f"{why} ({status})")


def looked_up(handover: Handover, found: Found, profile: Profile, now: datetime, jitter: float) -> Handover:
    """Return the handover after the office was asked whether it has the case."""
    match found:
        case Confirmed(request_id):
            return _confirmed(handover, request_id)
        case NotThere():
            settled = handover.sent_at is None or now - handover.sent_at >= timedelta(
                seconds=profile.settle_s
            )
            if settled:
                return replace(handover, stand=Stand.WAITING, maybe_there=False, next_at=now, problem="")
            later = now + timedelta(seconds=profile.settle_s)
            return replace(handover, stand=Stand.UNCERTAIN, next_at=later)
        case Lost(why):
            attempts = handover.attempts + 1
            later = now + timedelta(seconds=wait_s(attempts, jitter))
            return replace(handover, stand=Stand.UNCERTAIN, attempts=attempts, next_at=later, problem=why)
        case _:
            assert_never(found)


def token_asked(handover: Handover, found: Found, profile: Profile, now: datetime) -> Handover:
    """Return the handover after a token was asked for: quickly at first, then now and then."""
    if isinstance(found, Confirmed):
        return _confirmed(handover, found.request_id)
    attempts = handover.attempts + 1
    wait = profile.poll_every_s if attempts < profile.polls else LONGEST_WAIT_S
    why = "The office has it and gives no identifier yet." if attempts >= profile.polls else ""
    return replace(handover, attempts=attempts, next_at=now + timedelta(seconds=wait), problem=why)


def wait_s(attempts: int, jitter: float) -> float:
    """Return how long to wait: full jitter under a bound that doubles."""
    return jitter * min(LONGEST_WAIT_S, FIRST_WAIT_S * 2.0 ** min(attempts, 16))


@dataclass(frozen=True, slots=True)
class Circuit:
    """Whether an office is spoken with at all: after five failures in a row it is left alone for a while."""

    failures: int = 0
    open_until: datetime | None = None

    def lets_through(self, now: datetime) -> bool:
        """Say whether to speak with the office now."""
        return self.open_until is None or now >= self.open_until

    def after(self, said: Told | Found, now: datetime) -> "Circuit":
        """Return the circuit after something was heard, or nothing."""
        failed = isinstance(said, NotSent | Lost) or (isinstance(said, Refused) and said.status == WRONG_KEY)
        if not failed:
            return Circuit()
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN:
            return Circuit(failures)
        return Circuit(failures, now + timedelta(seconds=wait_s(failures, 1.0)))
