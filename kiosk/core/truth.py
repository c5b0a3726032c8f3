"""The truth about paper, in the five outcomes and no other word.

Responsible for: what a visitor or staff are told about a ticket.
Not responsible for: finding it out (`devices.printers`).
"""

from typing import assert_never

from kiosk.core.hardware import Held, NotPrinted, Printed, PrintedUnconfirmed, PrintOutcome, Reason, Unknown
from kiosk.core.slip import SlipFacts, slip_by_ear
from kiosk.core.views import Paper, Tone
from kiosk.core.visit import Scene, Visit
from kiosk.core.words import Words


def paper(visit: Visit, words: Words) -> Paper:
    """Tell the visitor about the ticket of this visit; "take your ticket" only when the printer said so."""
    if visit.outcome is None:
        return Paper(Tone.NEUTRAL, words.say("You do not need a ticket"), words.say("Note your reference"))
    enough = words.say("The number on this screen is enough. Write it down or take a photo of it")
    match visit.outcome:
        case Printed():
            return Paper(Tone.GOOD, words.say("Take your ticket"), words.say("It is below the screen"))
        case PrintedUnconfirmed():
            return Paper(
                Tone.CAUTION,
                words.say("Your ticket was sent to the printer"),
                words.say("Look below the screen. If it is not there, the number on this screen is enough"),
            )
        case Held(reason):
            return Paper(Tone.CAUTION, words.say(HELD.get(reason, HELD[Reason.NONE])), enough)
        case NotPrinted():
            return Paper(Tone.CAUTION, words.say("No ticket was printed"), enough)
        case Unknown():
            return Paper(
                Tone.CAUTION,
                words.say("We do not know if your ticket was printed"),
                words.say("Look below the screen. If it is not there, the number on this screen is enough"),
            )
        case _ as never:
            assert_never(never)


def on_ticket(visit: Visit, scene: Scene) -> tuple[str, ...]:
    """Say what stands on the ticket that may have come out, besides its number and reference."""
    saved, service = visit.saved, scene.facility.services.get(visit.service)
    if saved is None or saved.at is None or service is None:
        return ()
    if not isinstance(visit.outcome, Printed | PrintedUnconfirmed | Unknown):
        return ()
    facts = SlipFacts(saved.reference, saved.queue_number, saved.at.astimezone(scene.local.tzinfo))
    lines = slip_by_ear(scene.facility, service, visit.language, facts)
    codes = {saved.reference, saved.queue_number} - {""}
    return tuple(line for line in lines if not any(code in line for code in codes))


HELD = {
    Reason.NONE: "The printer stopped before your ticket was finished",
    Reason.PAPER_OUT: "The printer ran out of paper before your ticket was finished",
    Reason.COVER_OPEN: "The printer was opened before your ticket was finished",
    Reason.JAM: "The paper jammed before your ticket was finished",
}

FOR_STAFF = {
    Reason.NONE: "",
    Reason.PAPER_OUT: "put in a new roll",
    Reason.PAPER_LOW: "the roll is nearly used up",
    Reason.COVER_OPEN: "close the printer's cover",
    Reason.JAM: "clear the jammed paper",
    Reason.CUTTER: "clear the cutter",
    Reason.OVERHEATED: "let the printer cool down",
    Reason.UNRECOVERABLE: "switch the printer off and on",
    Reason.OFFLINE: "the printer is offline",
    Reason.NO_PRINTER: "check that the printer is plugged in and switched on",
    Reason.NO_ANSWER: "the printer does not answer",
    Reason.STALLED: "the printer takes no more data",
    Reason.LINK_LOST: "the cable came out or the printer was switched off",
    Reason.GARBAGE: "the printer answers in a way we do not understand",
    Reason.RESTARTED: "the terminal restarted while it was printing",
    Reason.NOT_KEPT: "the terminal could not note it down; free space on its disk",
}


def outcome_for_staff(outcome: PrintOutcome, words: Words) -> str:
    """Tell staff an outcome in one line, with what to do."""
    match outcome:
        case Printed():
            return words.say("Printed")
        case PrintedUnconfirmed():
            return words.say("Sent to the printer, which cannot confirm it")
        case Held(reason):
            return _with(words.say("Held in the printer"), reason, words)
        case NotPrinted(reason):
            return _with(words.say("Not printed"), reason, words)
        case Unknown(reason):
            return _with(words.say("Unknown: look at the printer"), reason, words)
        case _ as never:
            assert_never(never)


def _with(text: str, reason: Reason, words: Words) -> str:
    advice = FOR_STAFF[reason]
    return f"{text} ({words.say(advice)})" if advice else text
