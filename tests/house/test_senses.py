"""No sentence can be followed only by whoever sees a place, a colour, a shape or a size, or hears a sound.

Whoever writes a sentence with such a word says here why it needs no sense, or writes it otherwise.
The English is judged; a translation says what its English says, as far as nobody found it otherwise.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from tests.house.senses import said_at_the_desk, said_on_the_glass, sensed

if TYPE_CHECKING:
    from tests.house.sources import Source

JUDGED = {
    "what somebody chooses about their own sight and reach, by its name": {
        "Colours",
        "Dark on light",
        "How large should letters be?",
        "In the lower half",
        "Large letters",
        "Largest letters",
        "Light on dark",
        "Low, at the left",
        "Low, at the right",
        "Lower on the screen",
        "Show English beside your language?",
        "Small letters",
        "Soft colours",
        "Two languages at once leave no room for the largest letters",
        "Which colours are easiest to read?",
        "Yellow on black",
    },
    "where a thing of the room is, which is named; whoever does not find it is told what else is enough": {
        "A computer for visitors stands beside the reception desk."
        " Staff there can help you to search by address.",
        "It is below the screen",
        "Look below the screen. If it is not there, the number on this screen is enough",
    },
    "what a thing outside is like, which visitors know and which is named too": {
        "About as large as a dustbin lid",
        "Book a collection of large items",
        "Garden waste (brown)",
        "How large is it?",
        "How many brown bins do you need?",
        "Larger than that",
        "Missed bins, large items, garden waste",
        "Recycling (green)",
        "Rubbish (grey)",
        "Smaller than a dinner plate",
    },
    "the name of a sign, a paper or a thing": {
        "Apply for a Blue Badge",
        "Closing square bracket",
        "Has this person had a Blue Badge before?",
        "Opening square bracket",
        "Permits, Blue Badge, bus pass",
        "Report a street light",
        "Report the street light",
        "Star",
        "What is wrong with the light?",
    },
    "another meaning: correct, what remains, late, too much, part of the way": {
        " tickets left",
        "I am behind with payments",
        "So that the right adviser sees you.",
        "That is right",
        "The attachment is too large",
        "The name or the password is not right.",
        "The request is too large",
        "Tickets left on the roll: about {count}",
        "What would put it right?",
        "What was sent is too large. Nothing was changed.",
        "Where a language is left empty, its visitors read the English, marked as such.",
        "the printer stopped in the middle",
        "{count} second is left",
        "{count} seconds are left",
    },
    "letters that are typed; boxes of HTML, which programs that read screens call so too; sizes of files": {
        "A file is larger than 512 KiB.",
        "Make it smaller, then publish again.",
        "Give it a short name of small letters a to z, digits and hyphens, such as lift",
        "Write small letters a to z, digits and hyphens; at most 40.",
        "Tick that you looked at each of them.",
        "Tick what belongs to this person.",
        "Two people can have one name."
        " Open what you are not sure of, and tick only what belongs to this person.",
    },
}
"""Why each sentence that has such a word can be followed without the sense."""
KNOWN = frozenset(itertools.chain.from_iterable(JUDGED.values()))


@pytest.fixture(scope="module")
def on_the_glass() -> set[str]:
    return set(said_on_the_glass())


@pytest.fixture(scope="module")
def at_the_desk(python_files: list[Source]) -> set[str]:
    return set(said_at_the_desk(python_files))


def test_nothing_on_the_glass_asks_for_a_sense(on_the_glass: set[str]) -> None:
    assert len(on_the_glass) > 400
    assert sorted(each for each in on_the_glass - KNOWN if sensed(each)) == []


def test_nothing_at_the_desk_asks_for_a_sense(at_the_desk: set[str]) -> None:
    assert "It works once, and is not shown again." in " ".join(at_the_desk)
    assert "The appointment is booked." in at_the_desk
    assert sorted(each for each in at_the_desk - KNOWN if sensed(each)) == []


def test_what_was_judged_is_still_said(on_the_glass: set[str], at_the_desk: set[str]) -> None:
    assert sorted(KNOWN - on_the_glass - at_the_desk) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Touch the button on the right",
        "Touch the green button to go on",
        "What becomes of it is shown below.",
        "Choose a terminal that is paired, at the top of the page.",
        "Press the round key when you hear the beep",
        "Touch {name} next to the large picture",
        "See the box with the star",
    ],
)
def test_a_sentence_that_asks_for_one_would_be_found(sentence: str) -> None:
    assert sensed(sentence)
    assert sentence not in KNOWN
