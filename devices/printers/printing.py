"""One ticket, from the question before it to the printer's word after it.

Responsible for: the five outcomes, and telling each exactly once; no ticket is ever sent a second time.
Not responsible for: getting to know the printer (`greeting`), or the order of things (`conversation`).

The rules: nothing is sent to a printer that cannot print. While the printer cannot go on, sending pauses
between two commands and no time-out runs; after a short grace the ticket is told as held, and the rest may
still come out: then the job is told as settled. A printer that was switched off while it held a ticket has
lost it.
"""

from dataclasses import replace
from typing import Final

from devices.printers import commands
from devices.printers.asking import ask
from devices.printers.encoder import FenceMark, end_of_slip
from devices.printers.flags import Flags
from devices.printers.greeting import distrust, fall_silent, lose, rest
from devices.printers.talk import (
    Begin,
    CloseLink,
    Confirming,
    Flight,
    Sending,
    Starting,
    Talk,
    Tell,
    Why,
)
from kiosk.core.hardware import (
    Fence,
    Held,
    NotPrinted,
    Printed,
    PrintedUnconfirmed,
    PrintOutcome,
    Reason,
    Unknown,
)
from kiosk.ports import JobDone, JobSent, JobSettled

GRACE_S: Final = 2.0
STALL_S: Final = 3.0
STOOD_STILL_S: Final = 1.0
"""While it sends, the adapter looks ten times a second: a longer gap is this process's own."""
CONFIRM_S: Final = 3.5
QUIET_S: Final = 2.0
HELD_FIRST_ASK_S: Final = 0.5
HELD_ASK_S: Final = 1.0
SWITCHED_OFF_AFTER_S: Final = 1.5
REMEMBERED: Final = 8
STARTING_S: Final = 60.0
QUEUED_NEAR_END: Final = 0x03
_HOLDING: Final = (Sending, Confirming)


def begin(talk: Talk) -> Talk:
    """Take the next job; it goes to the journal before anything leaves."""
    job, *others = talk.waiting
    fence = FenceMark(talk.fence or Fence.NONE, talk.next_mark)
    flight = Flight(job, fence, junk=talk.junk)
    taken = replace(talk, waiting=tuple(others), flight=flight, next_mark=talk.next_mark + 1)
    return taken.doing(Begin(job, fence)).standing(Starting(until=talk.now + STARTING_S))


def refuse(talk: Talk, reason: Reason) -> Talk:
    """Tell the next job that nothing of it was sent."""
    job, *others = talk.waiting
    return replace(talk, waiting=tuple(others)).doing(Tell(JobDone(job.job_id, NotPrinted(reason))))


def send(talk: Talk, pieces: tuple[bytes, ...]) -> Talk:
    """Start to send what was encoded; what may stick out of another ticket is cut off before it."""
    if talk.flight is None:
        return talk
    if talk.has_remains:
        pieces = (*end_of_slip(talk.profile), *pieces)
    flight = replace(talk.flight, commands=pieces, progress_at=talk.now)
    told = replace(talk, flight=flight, has_remains=False).doing(Tell(JobSent(flight.job.job_id)))
    return told.standing(Sending(until=talk.now))


def sendable(talk: Talk, flight: Flight) -> bytes:
    """Return the bytes of the ticket that may leave now."""
    if talk.flow_stopped or not flight.commands or (talk.flags.blocked and not flight.inside):
        return b""
    return flight.commands[0]


def sent(talk: Talk, flight: Flight, count: int) -> Talk:
    """Count what the link took, and wait for the printer's word after the last byte."""
    head, *others = flight.commands
    left = (head[count:],) if count < len(head) else ()
    flying = replace(
        flight,
        commands=(*left, *others),
        inside=bool(left),
        bytes_sent=flight.bytes_sent + count,
        progress_at=talk.now,
    )
    moved = replace(talk, flight=flying, wrote_at=talk.now)
    if flying.commands:
        return moved
    return moved.standing(Confirming(until=talk.now + _patience(flying)))


def not_counting_own_pause(talk: Talk, now: float) -> Talk:
    """Do not blame the printer for a time in which this process or its machine stood still."""
    gap = now - talk.now
    if talk.flight is None or not isinstance(talk.phase, Sending) or gap < STOOD_STILL_S:
        return talk
    return replace(talk, flight=replace(talk.flight, progress_at=talk.flight.progress_at + gap))


def _patience(flight: Flight) -> float:
    return QUIET_S if flight.fence.kind is Fence.NONE else CONFIRM_S


def watch(talk: Talk, flight: Flight) -> Talk:
    """Look after the ticket under way as time passes or the printer's condition changes."""
    if talk.flags.blocked:
        return _watch_blocked(talk, flight)
    if flight.blocked_at is not None:
        return _go_on(talk, replace(flight, blocked_at=None, progress_at=talk.now))
    if isinstance(talk.phase, Sending):
        stalled = talk.now - flight.progress_at > STALL_S
        return stop(talk, Unknown(Reason.STALLED, flight.bytes_sent)) if stalled else talk
    if isinstance(talk.phase, Confirming) and talk.now >= talk.phase.until:
        return ask(talk, Why.SILENCE)
    return talk


def _go_on(talk: Talk, flight: Flight) -> Talk:
    """The printer can print again: the ticket goes on where it stopped."""
    freed = replace(talk, flight=flight)
    if isinstance(talk.phase, Confirming):
        return freed.standing(Confirming(until=talk.now + _patience(flight)))
    return freed


def _watch_blocked(talk: Talk, flight: Flight) -> Talk:
    if flight.blocked_at is None:
        flight = replace(flight, blocked_at=talk.now, asked_at=talk.now - HELD_ASK_S + HELD_FIRST_ASK_S)
    blocked_s = talk.now - (flight.blocked_at or talk.now)
    if not flight.bytes_sent:
        return _drop(talk, flight, NotPrinted(talk.flags.reason))
    if blocked_s >= GRACE_S and not flight.is_told:
        talk = talk.doing(Tell(JobDone(flight.job.job_id, Held(talk.flags.reason))))
        flight = replace(flight, is_told=True)
    if not flight.inside and talk.now - flight.asked_at >= HELD_ASK_S:
        return ask(replace(talk, flight=replace(flight, asked_at=talk.now)), Why.HELD)
    return replace(talk, flight=flight)


def held_answers(talk: Talk, flight: Flight, found: Flags | None) -> Talk:
    """Take the answers of a printer that holds a ticket.

    Somebody may have switched it off to change the roll: then it says that all is well, but not by itself,
    and what it held is gone. Early on nobody can have done so: the message that stopped us was noise on the
    line.
    """
    back = talk.standing(_phase_of(talk, flight))
    if found is None or found.blocked or not talk.flags.blocked:
        return back
    early = talk.now - (flight.blocked_at or talk.now) < SWITCHED_OFF_AFTER_S
    if early or not talk.hears_changes:
        return replace(back, flags=found)
    return stop(back, Unknown(talk.flags.reason, flight.bytes_sent))


def _phase_of(talk: Talk, flight: Flight) -> Sending | Confirming:
    return Sending(until=talk.now) if flight.commands else Confirming(until=talk.now + _patience(flight))


def silence_answers(talk: Talk, flight: Flight, found: Flags | None) -> Talk:
    """Decide about a ticket that was sent whole and of which nothing was heard in time."""
    if found is None:
        return fall_silent(_tell(talk, flight, Unknown(_cause(talk, flight), flight.bytes_sent)))
    if found.blocked:
        due = replace(flight, blocked_at=talk.now - GRACE_S, asked_at=talk.now)
        return watch(replace(talk, flags=found, flight=due).standing(Confirming(until=talk.now)), due)
    if flight.fence.kind is Fence.NONE:
        return rest(_tell(talk, flight, PrintedUnconfirmed(Reason.NO_ANSWER)))
    return rest(distrust(_tell(talk, flight, Unknown(_cause(talk, flight), flight.bytes_sent))))


def queued_answers(talk: Talk, flight: Flight, found: Flags | None) -> Talk:
    """Decide about a ticket whose last question, one that stands in line, was answered.

    That answer is a single byte which noise can look like, so any noise makes it worth less.
    """
    if talk.junk > flight.junk or found is None or not talk.hears_changes:
        return rest(_tell(talk, flight, PrintedUnconfirmed(Reason.GARBAGE if found else Reason.NO_ANSWER)))
    return rest(_tell(talk, flight, Printed()))


def is_queued_word(talk: Talk, bits: int) -> bool:
    """Whether a byte is the printer's answer to the question that stands in line behind the ticket."""
    flight = talk.flight
    awaited = flight is not None and not flight.commands and flight.fence.kind is Fence.STATUS
    return awaited and not bits & ~QUEUED_NEAR_END


def confirmed(talk: Talk, mark: bytes) -> Talk:
    """Take the printer's word that everything before a mark is on paper."""
    flight = talk.flight
    if flight is not None and not flight.commands and mark == commands.mark_bytes(flight.fence.mark):
        return rest(_tell(talk, flight, Printed()))
    late = [job_id for known, job_id in talk.unsettled if known == mark]
    left = tuple(pair for pair in talk.unsettled if pair[0] != mark)
    told = [Tell(JobSettled(job_id, Printed())) for job_id in late]
    return replace(talk, unsettled=left).doing(*told)


def give_back(talk: Talk, reason: Reason) -> Talk:
    """Tell a job that could not begin; nothing of it has left."""
    return rest(_drop(talk, talk.flight, NotPrinted(reason))) if talk.flight else rest(talk)


def lost_link(talk: Talk, reason: Reason) -> Talk:
    """Tell the ticket under way that the link is lost, and stand without one."""
    flight = talk.flight
    if flight is None:
        return lose(talk)
    outcome = Unknown(reason, flight.bytes_sent) if flight.bytes_sent else NotPrinted(reason)
    return lose(_tell(talk, flight, outcome))


def stop(talk: Talk, outcome: Unknown) -> Talk:
    """Give a ticket up, drop what the link still holds of it, and get to know the printer anew."""
    if talk.flight is None:
        return talk
    # One silence counted: until it answers, the service hears that the printer is silent, not that it is
    # gone.
    return replace(lose(_tell(talk, talk.flight, outcome)), silences=1).doing(CloseLink())


def _drop(talk: Talk, flight: Flight, outcome: NotPrinted) -> Talk:
    return rest(_tell(talk, flight, outcome))


def _tell(talk: Talk, flight: Flight, outcome: PrintOutcome) -> Talk:
    """Tell what became of the flight: as done, or as settled when it was told as held before."""
    job_id = flight.job.job_id
    fact = JobSettled(job_id, outcome) if flight.is_told else JobDone(job_id, outcome)
    landed = replace(talk, flight=None).doing(Tell(fact))
    if isinstance(outcome, Printed):
        landed = replace(landed, is_believed=False)
    if isinstance(outcome, Unknown):
        landed = replace(landed, has_remains=True)
    if isinstance(outcome, Unknown) and not flight.is_told:
        mark = (commands.mark_bytes(flight.fence.mark), job_id)
        landed = replace(landed, unsettled=(*landed.unsettled, mark)[-REMEMBERED:])
    return landed


def _cause(talk: Talk, flight: Flight) -> Reason:
    return Reason.GARBAGE if talk.junk > flight.junk else Reason.NO_ANSWER


def held_now(talk: Talk) -> bool:
    """Whether a ticket is held that was told so, and the printer still cannot go on."""
    return talk.flight is not None and talk.flight.is_told and talk.flags.blocked


def holds(talk: Talk) -> bool:
    """Whether a ticket is being sent or confirmed."""
    return isinstance(talk.phase, _HOLDING)
