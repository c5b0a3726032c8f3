"""The declared language of journeys: what a service asks, in which order, under which conditions.

Responsible for: answers, conditions, the path of steps that the answers so far lay out.
Not responsible for: what a single kind of step shows or accepts (`kiosk.core.steps`), or reading files.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.core.case import AnswerJson
from kiosk.core.views import Entry, Problem
from kiosk.core.words import Words

Draft = Mapping[str, str]
"""What was typed or touched at one step, by field; for options, ``option -> "yes"``. Unchecked."""


@dataclass(frozen=True, slots=True)
class Given:
    """A checked answer that is one text: a name, an ISO date, pence, a reference."""

    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A checked answer that is one or several options."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddressGiven:
    """A checked postal address."""

    line_1: str
    line_2: str
    town: str
    postcode: str


@dataclass(frozen=True, slots=True)
class NotGiven:
    """An optional question that was passed over; shown as "Not provided"."""


Answer = Given | Chosen | AddressGiven | NotGiven


def to_json(answer: Answer, *, many: bool = False) -> AnswerJson:
    """Write an answer as it stands in a case; a single choice is a text, several are a list."""
    match answer:
        case Given(text):
            return text
        case Chosen(options):
            return list(options) if many else (options[0] if options else None)
        case AddressGiven(line_1, line_2, town, postcode):
            return {"line_1": line_1, "line_2": line_2, "town": town, "postcode": postcode}
        case NotGiven():
            return None


@dataclass(frozen=True, slots=True)
class Condition:
    """A step is asked only if an earlier answer is one of these (or, negated, none of these)."""

    step: str
    any_of: tuple[str, ...]
    negated: bool = False

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Say whether the answers so far meet the condition; an unanswered step meets only a negated one."""
        given: tuple[str, ...] = ()
        match answers.get(self.step):
            case Chosen(options):
                given = options
            case Given(text):
                given = (text,)
            case AddressGiven() | NotGiven() | None:
                given = ()
        return bool(set(given) & set(self.any_of)) is not self.negated


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What all kinds of step have in common.

    Attributes:
        step: id, unique in its journey.
        ask: the question, in English; the heading of its screen.
        hint: one line under the heading.
        why: why it is asked.
        optional: may be left empty.
        if_empty: what to say when it is left empty, instead of the kind's own words.
        when: all must hold, else the step is not asked.
    """

    step: str
    ask: str = ""
    hint: str = ""
    why: str = ""
    optional: bool = False
    if_empty: str = ""
    when: tuple[Condition, ...] = ()


class Step(Protocol):
    """One step of any kind; each kind is one file in `kiosk.core.steps`."""

    @property
    def step(self) -> str:
        """Return the id."""
        ...

    @property
    def ask(self) -> str:
        """Return the heading, in English."""
        ...

    @property
    def hint(self) -> str:
        """Return the line under the heading, in English."""
        ...

    @property
    def why(self) -> str:
        """Return why it is asked, in English."""
        ...

    @property
    def optional(self) -> bool:
        """Say whether it may be left empty."""
        ...

    @property
    def when(self) -> tuple[Condition, ...]:
        """Return the conditions under which it is asked."""
        ...

    @property
    def is_question(self) -> bool:
        """Say whether it brings an answer that belongs on the review and in the case."""
        ...

    def entry(self, draft: Draft, words: Words) -> Entry:
        """Say what the visitor sees to answer with."""
        ...

    def accept(self, draft: Draft, today: str, words: Words) -> Answer | tuple[Problem, ...]:
        """Check what was given; `today` is an ISO date. Never raises, whatever the draft holds."""
        ...

    def shown(self, answer: Answer, words: Words) -> str:
        """Say the answer as the review shows it."""
        ...


@dataclass(frozen=True, slots=True)
class Group:
    """Services that belong together on the menu."""

    group: str
    name: str
    hint: str = ""
    icon: str = "generic"


@dataclass(frozen=True)
class Service:
    """What a visitor can come for.

    Attributes:
        service: id, as in the file's name.
        lgsl: Local Government Service List number, 0 where none exists.
        queue: letter of the queue the visitor joins, or empty.
        ticket: name of the ticket's layout, or empty when no ticket is printed.
        sensitive: what it is about must not stand on paper.
        journey: the steps in order.
    """

    service: str
    name: str
    group: str
    journey: tuple[Step, ...]
    hint: str = ""
    icon: str = ""
    lgsl: int = 0
    queue: str = ""
    ticket: str = ""
    sensitive: bool = False


def path(journey: Sequence[Step], answers: Mapping[str, Answer]) -> tuple[Step, ...]:
    """Lay out the steps that the answers so far lead through; answers off the path count for nothing."""
    taken: list[Step] = []
    on_path: dict[str, Answer] = {}
    for step in journey:
        if all(condition.holds(on_path) for condition in step.when):
            taken.append(step)
            if step.step in answers:
                on_path[step.step] = answers[step.step]
    return tuple(taken)
