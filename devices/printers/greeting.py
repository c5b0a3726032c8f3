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
    Block,
    Cleared,
    Completed,
    FlowControl,
    Junk,
    Message,
    QueuedStatus,
    RealTimeStatus,
)
from devices.printers.flags import CLEAR, OFFLINE, from_automatic
from devices.printers.talk import (
    Away,
    Freed,
    Greeting,
    Idle,
    Naming,
    Probing,
    Recall,
    Remember,
    Silent,
    Talk,
    Why,
)
from kiosk.core.hardware import Fence, PrinterUnit

RETRY_S: Final = 0.2
ANSWER_S: Final = 0.7
STILL_PRINTING_S: Final = 2.0
"""So long a ticket may still be coming out, with our greeting in line behind it: that is no half command."""
NAME_S: Final = 0.4
PROBE_S: Final = 1.0
PATIENCE_S: Final = (1.0, 2.0, 5.0, 10.0)
POLL_S: Final = 5.0
BLOCKED_POLL_S: Final = 1.0
NAME_HEAD: Final = 0x5F
LONGEST_NAME: Final = 40


def greet(talk: Talk) -> Talk:
    """Ask a printer on a fresh link to introduce itself."""
    fresh = _unknown(replace(talk, outbox=b"", flow_stopped=False, hears_changes=False, flags=CLEAR))
    hello = commands.ask_now(1) + commands.INIT + _automatic(talk)
    return fresh.saying(hello).standing(Greeting(until=talk.now + ANSWER_S))


def _unknown(talk: Talk) -> Talk:
    """Forget which unit this is: another may stand there now."""
    return replace(talk, fence=None, unit=None, is_believed=False, probe=b"")


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
        case Cleared() if phase.freed is Freed.BY_ORDER:
            return _greet_again(talk, phase, b"", Freed.BY_ORDER)
        case _:
            return talk


def wait_for_greeting(talk: Talk, phase: Greeting) -> Talk:
    """Go on when nothing, or not enough, was answered in time."""
    if talk.now < max(phase.until, talk.wrote_at + ANSWER_S):
        return talk
    if not phase.answers:
        return fall_silent(talk)
    # Alive without automatic status: offline and will say so later, or busy with a ticket, or in the middle
    # of a picture that swallowed the greeting, or it has none.
    if phase.offline or phase.freed is Freed.BY_NULS:
        return ask(talk, Why.POLL)
    if phase.freed is Freed.BY_ORDER or not talk.profile.clears:
        return _greet_again(talk, phase, commands.NULS, Freed.BY_NULS)
    if talk.now < talk.wrote_at + STILL_PRINTING_S:
        return talk
    freeing = replace(phase, until=talk.now + ANSWER_S, freed=Freed.BY_ORDER)
    return talk.saying(commands.CLEAR_BUFFERS).standing(freeing)


def _greet_again(talk: Talk, phase: Greeting, before: bytes, freed: Freed) -> Talk:
    """Greet once more; NULs before it end a picture and print nothing."""
    hello = before + commands.INIT + _automatic(talk)
    return talk.saying(hello).standing(replace(phase, until=talk.now + ANSWER_S, freed=freed))


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
    if awake.fence is not None or awake.flags.blocked:
        return rest(awake)
    if len(awake.profile.fences) <= 1:
        return _probe_next(awake, awake.profile.fences)
    names = awake.saying(commands.ASK_MODEL + commands.ASK_SERIAL)
    return names.standing(Naming(until=talk.now + NAME_S))


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


def hear_name(talk: Talk, phase: Naming, message: Message) -> Talk:
    """Take model and serial number, which come in the order in which they were asked for."""
    match message:
        case Block(head, content) if head == NAME_HEAD:
            name = content.decode("ascii", "replace").strip()[:LONGEST_NAME]
            return _named(talk, replace(phase, names=(*phase.names, name)))
        case AutomaticStatus() if talk.flags.blocked:
            return rest(talk)
        case _:
            return talk


def _named(talk: Talk, phase: Naming) -> Talk:
    match phase.names:
        case (_,):
            return talk.standing(phase)
        case (model, serial) if model and serial:
            unit = PrinterUnit(model, serial)
            return replace(talk, unit=unit).standing(phase).doing(Recall(unit))
        case _:
            return _probe_next(talk, talk.profile.fences)


def recalled(talk: Talk, fence: Fence | None) -> Talk:
    """Believe what this unit was seen to do before, or try it now."""
    if not isinstance(talk.phase, Naming):
        return talk
    if fence in talk.profile.fences:
        return rest(replace(talk, fence=fence, is_believed=True))
    return _probe_next(talk, talk.profile.fences)


def wait_for_names(talk: Talk, phase: Naming) -> Talk:
    """Go on without a name: what such a unit does is tried each time."""
    if talk.now < max(phase.until, talk.wrote_at + NAME_S):
        return talk
    return _probe_next(talk, talk.profile.fences)


def distrust(talk: Talk) -> Talk:
    """Forget what was believed of a unit that did not do it; it is tried before the next ticket."""
    if not talk.is_believed or talk.unit is None:
        return talk
    return _unknown(talk).doing(Remember(talk.unit, None))


def _probe_next(talk: Talk, kinds: tuple[Fence, ...]) -> Talk:
    """Try the best way of confirming that is left; a printer with a single way needs no trial."""
    if not kinds:
        return ask(replace(talk, fence=Fence.NONE), Why.POLL)
    if talk.profile.fences == kinds[:1]:
        return rest(replace(talk, fence=kinds[0]))
    mark = talk.next_mark
    question = commands.completion(mark) if kinds[0] is Fence.COMPLETION else commands.ASK_QUEUED
    probe = commands.mark_bytes(mark) if kinds[0] is Fence.COMPLETION else talk.probe
    asked = replace(talk, next_mark=mark + 1, probe=probe).saying(question)
    return asked.standing(Probing(until=talk.now + PROBE_S, kind=kinds[0], mark=mark, junk=talk.junk))


def hear_probe(talk: Talk, phase: Probing, message: Message) -> Talk:
    """Learn from the answer to a trial."""
    match message:
        case QueuedStatus() if phase.kind is Fence.STATUS:
            # One byte that noise can look like: with noise about it is good for this link only.
            found = replace(talk, fence=Fence.STATUS)
            return rest(_remembering(found) if talk.junk == phase.junk else found)
        case AutomaticStatus() if talk.flags.blocked:
            return rest(talk)
        case _:
            return talk


def proved(talk: Talk) -> Talk:
    """Take the answer to a trial of completion, however late: this unit knows it."""
    known = _remembering(replace(talk, fence=Fence.COMPLETION, is_believed=False, probe=b""))
    return rest(known) if isinstance(talk.phase, Probing) else known


def _remembering(talk: Talk) -> Talk:
    if talk.unit is None or talk.fence in (None, Fence.NONE):
        return talk
    return talk.doing(Remember(talk.unit, talk.fence))


def wait_for_probe(talk: Talk, phase: Probing) -> Talk:
    """Try the next way when one was not answered."""
    if talk.now < max(phase.until, talk.wrote_at + PROBE_S):
        return talk
    kinds = talk.profile.fences
    return _probe_next(talk, kinds[kinds.index(phase.kind) + 1 :])


def lose(talk: Talk) -> Talk:
    """Stand without a link; what was known of the printer is forgotten with it."""
    bare = replace(talk, outbox=b"", flags=CLEAR, hears_changes=False, flow_stopped=False, silences=0)
    return replace(_unknown(bare), unsettled=()).standing(Away(until=talk.now + RETRY_S))


def count_junk(talk: Talk, message: Message) -> Talk:
    """Remember how much of what came made no sense."""
    match message:
        case Junk(count):
            return replace(talk, junk=talk.junk + count)
        case _:
            return talk
