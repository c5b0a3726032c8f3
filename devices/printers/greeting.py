"""Getting to know a printer after the link was opened.

Responsible for: waking it, switching its automatic status on, freeing it from half a command, finding out
how it confirms, and waiting politely for one that says nothing.
Not responsible for: jobs (`printing`).
"""

from dataclasses import replace
from typing import Final

from devices.printers import commands
from devices.printers.asking import ask
from devices.printers.decoder import (
    AutomaticStatus,
    Completed,
    FlowControl,
    Junk,
    Message,
    QueuedStatus,
    RealTimeStatus,
)
from devices.printers.flags import CLEAR, OFFLINE, from_automatic
from devices.printers.talk import Away, Greeting, Idle, Probing, Silent, Talk, Why
from kiosk.core.hardware import Fence

RETRY_S: Final = 0.2
ANSWER_S: Final = 0.7
PROBE_S: Final = 1.0
PATIENCE_S: Final = (1.0, 2.0, 5.0, 10.0)
POLL_S: Final = 5.0
BLOCKED_POLL_S: Final = 1.0
LAST_TRY: Final = 1


def greet(talk: Talk) -> Talk:
    """Ask a printer on a fresh link to introduce itself."""
    fresh = replace(talk, outbox=b"", flow_stopped=False, hears_changes=False, flags=CLEAR, fence=None)
    hello = commands.ask_now(1) + commands.INIT + _automatic(talk)
    return fresh.saying(hello).standing(Greeting(until=talk.now + ANSWER_S))


def _automatic(talk: Talk) -> bytes:
    return commands.AUTOMATIC_STATUS if talk.profile.automatic_status else b""


def hear_greeting(talk: Talk, phase: Greeting, message: Message) -> Talk:
    """Take what a printer says while it is greeted."""
    match message:
        case AutomaticStatus(octets):
            return ready(replace(talk, flags=from_automatic(octets), hears_changes=True))
        case RealTimeStatus(bits):
            heard = replace(phase, answers=True, offline=bool(bits & OFFLINE))
            return talk.standing(heard) if talk.profile.automatic_status else ask(talk, Why.POLL)
        case _:
            return talk


def wait_for_greeting(talk: Talk, phase: Greeting) -> Talk:
    """Go on when nothing, or not enough, was answered in time."""
    if talk.now < max(phase.until, talk.wrote_at + ANSWER_S):
        return talk
    if not phase.answers:
        return fall_silent(talk)
    # Alive without automatic status: offline and will say so later, or in the middle of a picture that
    # swallowed the greeting, or it has none. NULs end the picture and print nothing.
    if phase.offline or phase.tries >= LAST_TRY:
        return ask(talk, Why.POLL)
    again = commands.NULS + commands.INIT + _automatic(talk)
    return talk.saying(again).standing(replace(phase, until=talk.now + ANSWER_S, tries=phase.tries + 1))


def fall_silent(talk: Talk) -> Talk:
    """Stop asking a printer that does not answer, for longer each time."""
    patience = PATIENCE_S[min(talk.silences, len(PATIENCE_S) - 1)]
    quiet = replace(talk, outbox=b"", silences=talk.silences + 1)
    return quiet.standing(Silent(until=talk.now + patience))


def hear_silent(talk: Talk, message: Message) -> Talk:
    """Greet again as soon as a silent printer says anything sensible."""
    match message:
        case AutomaticStatus() | RealTimeStatus() | Completed() | FlowControl():
            return greet(talk)
        case _:
            return talk


def ready(talk: Talk) -> Talk:
    """Stand idle, or find out first how this unit confirms."""
    awake = replace(talk, silences=0)
    if awake.fence is None and not awake.flags.blocked:
        return _probe_next(awake, awake.profile.fences)
    return rest(awake)


def rest(talk: Talk) -> Talk:
    """Stand idle until the next look at the printer."""
    pause = POLL_S if talk.hears_changes and not talk.flags.blocked else BLOCKED_POLL_S
    return talk.standing(Idle(until=talk.now + pause))


def stay_in_touch(talk: Talk) -> Talk:
    """Ask again to be told of changes: a printer that was switched off and on has forgotten it.

    Not while it is blocked: the request would stand in line with others of its kind for hours.
    """
    if talk.flags.blocked or not talk.profile.automatic_status:
        return talk
    return talk.saying(commands.AUTOMATIC_STATUS)


def _probe_next(talk: Talk, kinds: tuple[Fence, ...]) -> Talk:
    """Try the best way of confirming that is left; a printer with a single way needs no trial."""
    if not kinds:
        return ask(replace(talk, fence=Fence.NONE), Why.POLL)
    if talk.profile.fences == kinds[:1]:
        return rest(replace(talk, fence=kinds[0]))
    mark = talk.next_mark
    question = commands.completion(mark) if kinds[0] is Fence.COMPLETION else commands.ASK_QUEUED
    asked = replace(talk, next_mark=mark + 1).saying(question)
    return asked.standing(Probing(until=talk.now + PROBE_S, kind=kinds[0], mark=mark))


def hear_probe(talk: Talk, phase: Probing, message: Message) -> Talk:
    """Learn from the answer to a trial."""
    match message:
        case Completed(mark) if mark == commands.mark_bytes(phase.mark):
            return rest(replace(talk, fence=Fence.COMPLETION))
        case QueuedStatus() if phase.kind is Fence.STATUS:
            return rest(replace(talk, fence=Fence.STATUS))
        case AutomaticStatus() if talk.flags.blocked:
            return rest(talk)
        case _:
            return talk


def wait_for_probe(talk: Talk, phase: Probing) -> Talk:
    """Try the next way when one was not answered."""
    if talk.now < max(phase.until, talk.wrote_at + PROBE_S):
        return talk
    kinds = talk.profile.fences
    return _probe_next(talk, kinds[kinds.index(phase.kind) + 1 :])


def lose(talk: Talk) -> Talk:
    """Stand without a link; what was known of the printer is forgotten with it."""
    bare = replace(
        talk, outbox=b"", flags=CLEAR, fence=None, hears_changes=False, flow_stopped=False, silences=0
    )
    return replace(bare, unsettled=()).standing(Away(until=talk.now + RETRY_S))


def count_junk(talk: Talk, message: Message) -> Talk:
    """Remember how much of what came made no sense."""
    match message:
        case Junk(count):
            return replace(talk, junk=talk.junk + count)
        case _:
            return talk
