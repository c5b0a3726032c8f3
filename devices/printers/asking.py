"""Rounds of real-time questions.

Responsible for: asking one question at a time, once more when there is no answer, and adding the answers up.
Not responsible for: what follows from a round (`conversation`).
"""

from dataclasses import replace
from typing import Final

from devices.printers import commands
from devices.printers.flags import CLEAR, QUESTIONS, Flags, with_answer
from devices.printers.talk import Asking, Talk, Why

ANSWER_S: Final = 0.4


def ask(talk: Talk, why: Why) -> Talk:
    """Begin a round."""
    return _put(talk, Asking(until=talk.now + ANSWER_S, why=why))


def answered(talk: Talk, phase: Asking, bits: int) -> tuple[Talk, Flags | None]:
    """Take an answer; flags come back with the last one.

    An answer that comes before its question has left belongs to an earlier one and is passed over.
    """
    if talk.outbox:
        return talk, None
    found = with_answer(phase.found, QUESTIONS[phase.place], bits)
    if phase.place + 1 == len(QUESTIONS):
        return talk, found
    following = Asking(until=talk.now + ANSWER_S, why=phase.why, place=phase.place + 1, found=found)
    return _put(talk, following), None


def overdue(talk: Talk, phase: Asking) -> tuple[Talk, bool]:
    """Ask once more when an answer is overdue; True when that was in vain too."""
    if talk.now < phase.until:
        return talk, False
    if phase.again:
        return replace(talk, outbox=b""), True
    again = Asking(until=talk.now + ANSWER_S, why=phase.why, again=True, found=CLEAR)
    return _put(replace(talk, outbox=b""), again), False


def _put(talk: Talk, phase: Asking) -> Talk:
    return talk.saying(commands.ask_now(QUESTIONS[phase.place])).standing(phase)
