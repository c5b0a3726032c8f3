"""Which steps of a journey somebody can reach, decided exactly.

Responsible for: walking every way through the steps that the conditions can tell apart.
Not responsible for: whether conditions are written rightly (`kiosk.settings.journeys`).

The answers to a question that conditions ask about are put into classes that no condition can tell apart;
one answer of each class is tried with each of the others, as `kiosk.core.journey.path` would take it.
"""

from collections.abc import Mapping, Sequence

from kiosk.settings.documents.steps import ChoiceDocument, ChoicesDocument, StepDocument, YesNoDocument

MOST_WAYS = 4096
"""Ways that are walked at once; a journey with more is believed."""

YES_NO = ("yes", "no")
Ticked = frozenset[str]


def options_of(step: StepDocument) -> tuple[str, ...]:
    """Return the answers that a step offers; none where it is typed."""
    if isinstance(step, ChoiceDocument):
        return tuple(step.options)
    return YES_NO if isinstance(step, YesNoDocument) else ()


def unreachable(steps: Sequence[StepDocument]) -> tuple[str, ...]:
    """Return the steps that no answers lead to; conditions must name earlier steps and their answers."""
    asked_about = {name for step in steps for name in step.when}
    ways: list[Mapping[str, Ticked]] = [{}]
    never: list[str] = []
    for step in steps:
        taking = [way for way in ways if _is_asked(step, way)]
        if not taking:
            never.append(step.step)
        if step.step not in asked_about:
            continue
        passing = [way for way in ways if not _is_asked(step, way)]
        ways = passing + [{**way, step.step: answer} for way in taking for answer in _classes(step, steps)]
        if len(ways) > MOST_WAYS:
            return tuple(never)
    return tuple(never)


def _is_asked(step: StepDocument, way: Mapping[str, Ticked]) -> bool:
    return all(_holds(way.get(c.step, frozenset()), c.any_of, negated=c.negated) for c in step.conditions())


def _holds(ticked: Ticked, any_of: tuple[str, ...], *, negated: bool) -> bool:
    return bool(ticked & set(any_of)) is not negated


def _classes(step: StepDocument, steps: Sequence[StepDocument]) -> list[Ticked]:
    """Return one answer of each class that the conditions on a step can tell apart."""
    conditions = [c for later in steps for c in later.conditions() if c.step == step.step]

    def sort(ticked: Ticked) -> tuple[bool, ...]:
        return tuple(_holds(ticked, c.any_of, negated=c.negated) for c in conditions)

    offered = options_of(step)
    answers = offered or tuple(word for c in conditions for word in c.any_of)
    found = {sort(frozenset({answer})): frozenset({answer}) for answer in answers}
    if isinstance(step, ChoicesDocument):
        for answer in answers:
            found |= {sort(each | {answer}): each | {answer} for each in list(found.values())}
    if step.optional or not offered:
        found.setdefault(sort(frozenset()), frozenset())
    return list(found.values())
