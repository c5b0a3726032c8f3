"""The conversation with a receipt printer: what to do about each event, decided without a port or a clock.

Responsible for: the order of things, as one table of phases; the condition that the service is told.
Not responsible for: the rules of each part (`greeting`, `asking`, `printing`), or doing anything (`adapter`).
"""

from dataclasses import replace
from typing import Final, assert_never

from devices.printers import greeting, printing
from devices.printers.asking import answered, ask, overdue
from devices.printers.decoder import (
    AutomaticStatus,
    Completed,
    FlowControl,
    Message,
    QueuedStatus,
    RealTimeStatus,
)
from devices.printers.flags import Flags, from_automatic
from devices.printers.talk import (
    NEVER,
    Asking,
    Away,
    Confirming,
    Encoded,
    Greeting,
    Heard,
    Idle,
    LinkGone,
    LinkOpened,
    Naming,
    NotBegun,
    OpenLink,
    Probing,
    Recalled,
    Sending,
    Silent,
    Starting,
    Submitted,
    Talk,
    TalkEvent,
    Tell,
    Ticked,
    Why,
    Wrote,
)
from kiosk.core.hardware import Condition, DeviceStatus, Reason

CHUNK: Final = 256
WATCH_S: Final = 0.1
_FAULTS: Final = (Reason.CUTTER, Reason.JAM, Reason.UNRECOVERABLE)


def advance(talk: Talk, event: TalkEvent, now: float) -> Talk:
    """Return the conversation after an event; its `actions` are to be carried out in order."""
    moved = _take(replace(printing.not_counting_own_pause(talk, now), now=now, actions=()), event)
    return _show(_serve(_on_time(moved)))


def bytes_to_write(talk: Talk) -> bytes:
    """Return what may leave now, never more than a short piece: questions first, then the ticket."""
    if talk.outbox:
        return talk.outbox[:CHUNK]
    if isinstance(talk.phase, Sending) and talk.flight is not None:
        return printing.sendable(talk, talk.flight)[:CHUNK]
    return b""


def next_moment(talk: Talk) -> float:
    """Return when something is due even if nothing happens."""
    match talk.phase:
        case Starting():
            return NEVER
        case Sending() | Confirming():
            return talk.now + WATCH_S
        case Greeting(until) | Naming(until) | Probing(until):
            return max(until, talk.now + WATCH_S)
        case Away(until) | Silent(until) | Idle(until) | Asking(until):
            return until
        case _:
            assert_never(talk.phase)


def _take(talk: Talk, event: TalkEvent) -> Talk:
    match event:
        case LinkOpened():
            return greeting.greet(talk)
        case LinkGone():
            return printing.lost_link(talk, Reason.LINK_LOST)
        case Heard(message):
            return _hear(greeting.count_junk(talk, message), message)
        case Wrote(count):
            return _wrote(talk, count)
        case Submitted(job):
            return replace(talk, waiting=(*talk.waiting, job))
        case Encoded(commands):
            return printing.send(talk, commands)
        case NotBegun(reason):
            return printing.give_back(talk, reason)
        case Recalled(fence):
            return greeting.recalled(talk, fence)
        case Ticked():
            return talk
        case _:
            assert_never(event)


def _wrote(talk: Talk, count: int) -> Talk:
    if talk.outbox:
        return replace(talk, outbox=talk.outbox[count:], wrote_at=talk.now)
    return printing.sent(talk, talk.flight, count) if talk.flight is not None else talk


def _hear(talk: Talk, message: Message) -> Talk:
    match message:
        case FlowControl(stop):
            talk = replace(talk, flow_stopped=stop)
        case AutomaticStatus(octets) if not isinstance(talk.phase, Greeting | Silent):
            talk = replace(talk, flags=from_automatic(octets), hears_changes=True)
        case Completed(mark):
            return greeting.proved(talk) if mark == talk.probe else printing.confirmed(talk, mark)
        case _:
            pass
    return _hear_in_phase(talk, message)


def _hear_in_phase(talk: Talk, message: Message) -> Talk:
    match talk.phase, message:
        case Greeting() as phase, _:
            return greeting.hear_greeting(talk, phase, message)
        case Silent(), _:
            return greeting.hear_silent(talk, message)
        case Naming() as phase, _:
            return greeting.hear_name(talk, phase, message)
        case Probing() as phase, _:
            return greeting.hear_probe(talk, phase, message)
        case Asking() as phase, RealTimeStatus(bits):
            talk, found = answered(talk, phase, bits)
            return talk if found is None else _after_round(talk, phase.why, found)
        case ((Confirming() | Asking(why=Why.HELD | Why.SILENCE)), QueuedStatus(bits)):
            return ask(talk, Why.QUEUED) if printing.is_queued_word(talk, bits) else talk
        case _:
            return talk


def _after_round(talk: Talk, why: Why, found: Flags | None) -> Talk:
    """Go on after a round of questions; None when they were not answered."""
    match why:
        case Why.POLL:
            return greeting.fall_silent(talk) if found is None else greeting.ready(replace(talk, flags=found))
        case Why.BEFORE:
            return _before_job(talk, found)
        case Why.HELD | Why.SILENCE | Why.QUEUED if talk.flight is None:
            return greeting.rest(talk)
        case Why.HELD:
            return printing.held_answers(talk, talk.flight, found)
        case Why.SILENCE:
            return printing.silence_answers(talk, talk.flight, found)
        case Why.QUEUED:
            return printing.queued_answers(talk, talk.flight, found)
        case _:
            assert_never(why)


def _before_job(talk: Talk, found: Flags | None) -> Talk:
    if found is None:
        return greeting.fall_silent(printing.refuse(talk, Reason.NO_ANSWER))
    fresh = replace(talk, flags=found)
    if found.blocked:
        return greeting.rest(printing.refuse(fresh, found.reason))
    return greeting.ready(fresh) if talk.fence is None else printing.begin(fresh)


def _on_time(talk: Talk) -> Talk:
    phase = talk.phase
    match phase:
        case Greeting():
            return greeting.wait_for_greeting(talk, phase)
        case Naming():
            return greeting.wait_for_names(talk, phase)
        case Probing():
            return greeting.wait_for_probe(talk, phase)
        case Asking():
            talk, in_vain = overdue(talk, phase)
            return _after_round(talk, phase.why, None) if in_vain else talk
        case Sending() | Confirming():
            return printing.watch(talk, talk.flight) if talk.flight is not None else greeting.rest(talk)
        case Away() | Silent() | Idle():
            return _due(talk, phase)
        case Starting():
            return talk
        case _:
            assert_never(phase)


def _due(talk: Talk, phase: Away | Silent | Idle) -> Talk:
    match phase:
        case Idle() if talk.fence is None and not talk.flags.blocked:
            return greeting.ready(talk)
        case _ if talk.now < phase.until:
            return talk
        case Away():
            return talk.doing(OpenLink()).standing(Away(until=NEVER))
        case Silent():
            return greeting.greet(talk)
        case Idle():
            return ask(greeting.stay_in_touch(talk), Why.POLL)
        case _:
            assert_never(phase)


def _serve(talk: Talk) -> Talk:
    """Begin the next job, or tell all that wait that there will be none."""
    if not talk.waiting:
        return talk
    if len(talk.outbox) > CHUNK:  # NULs are leaving: on a slow line that takes longer than anybody waits
        return _refuse_all(talk, Reason.NO_ANSWER)
    match talk.phase:
        case Away(until) if until != NEVER:
            return _refuse_all(talk, Reason.NO_ANSWER if talk.silences else Reason.NO_PRINTER)
        case Silent():
            return _refuse_all(talk, Reason.NO_ANSWER)
        case Idle():
            return ask(talk, Why.BEFORE)
        case _ if printing.held_now(talk):
            return _refuse_all(talk, talk.flags.reason)
        case _:
            return talk


def _refuse_all(talk: Talk, reason: Reason) -> Talk:
    while talk.waiting:
        talk = printing.refuse(talk, reason)
    return talk


def _show(talk: Talk) -> Talk:
    """Tell the service when the condition is another than before."""
    condition, reason = _condition(talk)
    status = DeviceStatus(talk.device, condition, reason)
    if status == talk.status:
        return talk
    return replace(talk, status=status).doing(Tell(status))


def _condition(talk: Talk) -> tuple[Condition, Reason]:
    match talk.phase:
        case Away() if talk.silences:
            return Condition.SILENT, Reason.NO_ANSWER
        case Away():
            opening = talk.status.condition is Condition.OPENING and talk.phase.until == NEVER
            return (Condition.OPENING, Reason.NONE) if opening else (Condition.ABSENT, Reason.NO_PRINTER)
        case Greeting() if talk.silences == 0:
            return Condition.OPENING, Reason.NONE
        case Greeting() | Silent():
            return Condition.SILENT, Reason.NO_ANSWER
        case _ if talk.flags.reason in _FAULTS:
            return Condition.FAULT, talk.flags.reason
        case _ if talk.flags.blocked:
            return Condition.BLOCKED, talk.flags.reason
        case _ if talk.flight is not None:
            return Condition.BUSY, Reason.NONE
        case _ if talk.flags.paper_low:
            return Condition.READY_WARN, Reason.PAPER_LOW
        case _:
            return Condition.READY, Reason.NONE
