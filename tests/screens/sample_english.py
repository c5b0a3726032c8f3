"""Every body and every entry in English, with and without problems."""

from collections.abc import Iterator
from dataclasses import replace

from kiosk.core import views as v
from kiosk.core.events import Continued, HelpClosed, Left, MoreTimeAsked, Sent, WentBack
from tests.screens.sample_parts import (
    ADDRESS,
    ANSWERS,
    BARE,
    BINS,
    DATE,
    ENGLISH,
    FINISH,
    GROUPS,
    HELD,
    LIFT,
    LONG,
    MONEY,
    NAME,
    NO_PAPER,
    PAGER,
    PRINTED,
    STRIKE,
    TEN,
    _sign_in,
    confirmation,
    language_buttons,
    menu,
    options,
    question,
    staff_rows,
    wrong,
)

Views = Iterator[tuple[str, v.View]]


def _beginnings() -> Views:
    plain = replace(ENGLISH, title="")
    yield (
        "welcome",
        v.View(
            BARE,
            v.Welcome("Welcome to the Civic Centre", "Touch your language to begin", language_buttons(2)),
        ),
    )
    yield (
        "welcome-many",
        v.View(
            BARE,
            v.Welcome("Welcome to the Civic Centre", "Touch your language to begin", language_buttons(15)),
        ),
    )
    yield (
        "welcome-bulletins",
        v.View(
            BARE,
            v.Welcome(
                "Welcome to the Civic Centre",
                "Touch your language to begin",
                language_buttons(15),
                (LIFT, STRIKE),
            ),
        ),
    )
    yield "menu-bulletins", v.View(plain, replace(menu("What do you need today?", GROUPS), bulletins=(LIFT,)))
    yield (
        "languages",
        v.View(
            ENGLISH,
            v.Languages(
                "Choose a language", language_buttons(15, "en"), v.Button("Keep this language", WentBack())
            ),
        ),
    )
    yield "menu-groups", v.View(plain, menu("What do you need today?", GROUPS))
    yield "menu-few", v.View(plain, menu("Council tax", GROUPS[:3]))
    yield "menu-paged", v.View(replace(plain, notice=NO_PAPER), menu("Parking and streets", GROUPS, PAGER))
    yield (
        "question-choice",
        v.View(
            ENGLISH,
            question(
                "Which bin was missed?", options(BINS, (1,)), hint="Choose the one that was not emptied"
            ),
        ),
    )


def _choices() -> Views:
    yield (
        "question-choice-problem",
        v.View(
            ENGLISH,
            question("Which bin was missed?", options(BINS), **wrong(("", "Choose which bin was missed"))),
        ),
    )
    yield (
        "question-yes-no",
        v.View(ENGLISH, question("Was your bin out by 6am?", options(("Yes", "No"), (0,)))),
    )
    yield "question-ten", v.View(ENGLISH, question("What do you want to report?", options(TEN)))
    yield (
        "question-several",
        v.View(
            ENGLISH,
            question(
                "Which of these apply to you?",
                options(TEN[:5], (0, 3), many=True),
                hint="Choose all that apply",
                why="We ask so that the right team comes out",
            ),
        ),
    )
    yield (
        "question-name",
        v.View(
            ENGLISH,
            question("What is your full name?", NAME, why="So that we can call you when it is your turn"),
        ),
    )


def _short_fields() -> Views:
    yield (
        "question-name-problem",
        v.View(
            ENGLISH,
            question(
                "What is your full name?",
                replace(NAME, fields=(replace(NAME.fields[0], text=""),)),
                **wrong(("text", "Enter your full name")),
            ),
        ),
    )
    yield (
        "question-date",
        v.View(ENGLISH, question("When should it have been collected?", DATE, hint="For example, 27 3 2026")),
    )
    yield (
        "question-date-problem",
        v.View(
            ENGLISH,
            question(
                "When should it have been collected?",
                DATE,
                hint="For example, 27 3 2026",
                **wrong(("month", "The date must include a month")),
            ),
        ),
    )
    yield "question-address", v.View(ENGLISH, question("What is the address?", ADDRESS))


def _long_fields() -> Views:
    skip = v.Button("Go on without a card", Continued("step"))
    yield (
        "question-address-problem",
        v.View(
            ENGLISH,
            question(
                "What is the address?",
                ADDRESS,
                **wrong(
                    ("postcode", "Enter a full UK postcode, like AA3 1AB"),
                    ("line_1", "Enter address line 1, usually the building and street"),
                    ("town", "Enter a town or city"),
                ),
            ),
        ),
    )
    yield (
        "question-long",
        v.View(
            ENGLISH,
            question("What happened? (optional)", LONG, hint="Do not include personal or bank details"),
        ),
    )
    yield "question-money", v.View(ENGLISH, question("How much rent do you pay each month?", MONEY))
    yield (
        "question-card",
        v.View(
            ENGLISH,
            question(
                "Hold your library card to the reader",
                v.CardSlot("Hold your card against the card reader"),
                skip=skip,
            ),
        ),
    )


def _reading_and_review() -> Views:
    yield (
        "question-card-read",
        v.View(
            ENGLISH,
            question(
                "Hold your library card to the reader", v.CardSlot("Your card has been read", read=True)
            ),
        ),
    )
    yield (
        "question-reading",
        v.View(
            ENGLISH,
            question(
                "Before you start",
                v.Reading(
                    (
                        "You can report a missed bin from 5pm on the day, and until two working days later.",
                        "You need the address and the colour of the bin. It takes about 2 minutes.",
                        "If your whole street was missed, we know already: there is no need to report it.",
                    )
                ),
            ),
        ),
    )
    yield (
        "review",
        v.View(
            ENGLISH,
            v.Review(
                "Check your answers before you send them",
                ANSWERS,
                v.Button("Send report", Sent()),
                "Touch Change to put something right",
            ),
        ),
    )


def _endings() -> Views:
    busy = replace(ENGLISH, back=None, help=None, leave=None, languages=None)
    done = replace(ENGLISH, back=None)
    yield (
        "review-paged",
        v.View(
            replace(ENGLISH, notice=NO_PAPER),
            v.Review(
                "Check your answers before you send them", ANSWERS, v.Button("Send report", Sent()), "", PAGER
            ),
        ),
    )
    yield "working", v.View(busy, v.Working("Printing your ticket", "This takes a moment"))
    yield "confirmation-printed", v.View(done, confirmation(PRINTED))
    yield "confirmation-held", v.View(done, confirmation(HELD))
    yield (
        "confirmation-report",
        v.View(
            done,
            replace(confirmation(PRINTED), heading="Your report has been sent", number="", number_label=""),
        ),
    )
    yield (
        "notice-help",
        v.View(
            replace(ENGLISH, back=None, help=None),
            v.Notice(
                v.Tone.NEUTRAL,
                "Speak to reception",
                (
                    "The reception desk is behind you, to the right of the main doors.",
                    "Your answers stay here while you do",
                ),
                (v.Button("Go on with this", HelpClosed()), v.Button("Leave now", Left())),
            ),
        ),
    )


def _notices() -> Views:
    yield (
        "notice-not-found",
        v.View(
            ENGLISH,
            v.Notice(
                v.Tone.CAUTION,
                "We did not find your appointment for today",
                (
                    "Check what you typed, or see a member of staff at the reception desk",
                    "They can find it and check you in",
                ),
                (v.Button("Check what I typed", WentBack()), FINISH),
            ),
        ),
    )
    yield (
        "notice-failed",
        v.View(
            ENGLISH,
            v.Notice(
                v.Tone.BAD,
                "Something went wrong on this terminal",
                ("Your request has not been sent", "See a member of staff at the reception desk"),
                (FINISH,),
                "STORE-002",
            ),
        ),
    )
    yield (
        "notice-closed",
        v.View(BARE, v.Notice(v.Tone.NEUTRAL, "We are closed now", ("Today we are open 9am to 5pm",))),
    )


def _staff_and_idle() -> Views:
    staff = replace(BARE, leave=v.Button("Leave now", Left()))
    yield (
        "notice-good",
        v.View(
            ENGLISH,
            v.Notice(
                v.Tone.GOOD,
                "You have already checked in",
                ("Take a seat. Your number will be called",),
                (FINISH,),
            ),
        ),
    )
    yield (
        "still-there",
        v.View(
            replace(BARE, title=ENGLISH.title),
            v.StillThere(
                "Are you still there?",
                "Your answers are hidden. They will be erased when the time is up",
                27,
                v.Button("I need more time", MoreTimeAsked()),
                v.Button("Leave now", Left()),
            ),
        ),
    )
    yield "sign-in", v.View(staff, _sign_in(3))
    yield "sign-in-problem", v.View(staff, _sign_in(0, "Badge or PIN not accepted"))
    yield (
        "staff-tickets",
        v.View(
            staff,
            v.StaffTickets(
                "Today's tickets",
                "Signed in as Sam Example",
                staff_rows(5),
                v.Button("Sign out", Left()),
                PAGER,
                (
                    "Tickets that may not have come out: 1. Look at the printer",
                    "Printer: the roll is nearly used up",
                    "Tickets left on the roll: about 34",
                ),
            ),
        ),
    )


def english() -> Views:
    for views in (
        _beginnings,
        _choices,
        _short_fields,
        _long_fields,
        _reading_and_review,
        _endings,
        _notices,
        _staff_and_idle,
    ):
        yield from views()
