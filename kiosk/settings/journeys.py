"""The steps of one service file: each by its kind, and how they follow one another.

Responsible for: choosing the shape of a step by its first word, and everything about a journey that needs no
second file: ids, conditions, reach, the two steps at the end.
Not responsible for: the shapes (`kiosk.settings.documents.steps`).
"""

from dataclasses import dataclass, replace

from kiosk.settings.documents.steps import KINDS, NOT, StepDocument
from kiosk.settings.fit import KEY, Fitted, fit
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.reach import options_of, unreachable
from kiosk.settings.tree import Listing, Node, Place, Table

SHARED_KEYS = frozenset(name.replace("_", "-") for name in StepDocument.model_fields) | {
    "options",
    "text",
    "send",
    "next",
}


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """A step that fits its shape, and where its values stand."""

    fitted: Fitted[StepDocument]
    place: Place

    @property
    def document(self) -> StepDocument:
        """Return the step itself."""
        return self.fitted.document


def read_steps(listing: Node | None, notes: Notes) -> tuple[PlacedStep, ...] | None:
    """Return the steps, or None when any does not fit; everything wrong is noted."""
    if not isinstance(listing, Listing):
        return None
    steps = [_read_step(item, notes) for item in listing.items]
    fitting = tuple(step for step in steps if step is not None)
    if len(fitting) < len(steps):
        return None
    before = len(notes.found)
    _check_ids(fitting, notes)
    _check_ends(fitting, notes)
    _check_appointments(fitting, notes)
    _check_conditions(fitting, notes)
    if len(notes.found) == before:
        _check_reach(fitting, notes)
    return fitting


def _read_step(item: Node, notes: Notes) -> PlacedStep | None:
    if not isinstance(item, Table):
        notes.problem(
            "SET-301",
            item.place,
            "A step begins with its kind and its name.",
            "Write a line such as '- choice: which-bin'.",
        )
        return None
    kind = next((key for key, _ in item.entries if key.text in KINDS), None)
    if kind is None:
        _note_unknown_kind(item, notes)
        return None
    entries = tuple((replace(key, text="step") if key is kind else key, value) for key, value in item.entries)
    fitted = fit(KINDS[kind.text], Table(entries, item.place), notes)
    return None if fitted is None else PlacedStep(fitted, item.place)


def _note_unknown_kind(item: Table, notes: Notes) -> None:
    first = next((key for key, _ in item.entries if key.text not in SHARED_KEYS), None)
    if first is None:
        notes.problem(
            "SET-301", item.place, "This step does not say of what kind it is.", did_you_mean("", KINDS)
        )
        return
    notes.problem(
        "SET-302", first.place, f"Unknown kind {quoted(first.text)}.", did_you_mean(first.text, KINDS)
    )


def _check_ids(steps: tuple[PlacedStep, ...], notes: Notes) -> None:
    seen: dict[str, Place] = {}
    for step in steps:
        name = step.document.step
        if name in seen:
            notes.problem(
                "SET-303",
                step.place,
                f"Another step is called '{name}' too, in line {seen[name].line}.",
                "Give this one another name.",
            )
        seen.setdefault(name, step.place)


def _check_ends(steps: tuple[PlacedStep, ...], notes: Notes) -> None:
    kinds = [step.document.kind for step in steps]
    asks = any(step.document.question for step in steps) or "appointment" in kinds
    for kind, place in (("review", -2), ("confirmation", -1)):
        if asks and (len(kinds) < -place or kinds[place] != kind):
            where = "last but one" if kind == "review" else "last"
            notes.problem(
                "SET-304",
                steps[-1].place,
                f"A journey that asks something needs the step '{kind}' as its {where}.",
                f"Add '- {kind}: …' there.",
            )
    for step in steps:
        if step.document.kind in ("review", "confirmation") and (not asks or step.document.when):
            notes.problem(
                "SET-305",
                step.place,
                f"'{step.document.kind}' belongs to a journey that asks something, and is never left out.",
                "Delete the step, or its 'when'.",
            )


def _check_appointments(steps: tuple[PlacedStep, ...], notes: Notes) -> None:
    earlier: dict[str, str] = {}
    wanted = {"by_reference": "reference", "by_full_name": "full-name", "by_birth_date": "date"}
    for step in steps:
        for name, kind in wanted.items():
            asked = getattr(step.document, name, "")
            if asked and earlier.get(asked) != kind:
                place = step.fitted.place((name.replace("_", "-"),))
                notes.problem(
                    "SET-306",
                    place,
                    f"There is no earlier step {quoted(asked)} of the kind '{kind}'.",
                    did_you_mean(asked, [name for name, was in earlier.items() if was == kind]),
                )
        earlier[step.document.step] = step.document.kind


def _check_conditions(steps: tuple[PlacedStep, ...], notes: Notes) -> None:
    earlier: dict[str, tuple[str, ...]] = {}
    for step in steps:
        for name, wanted in step.document.when.items():
            place = step.fitted.place(("when", name))
            if name not in earlier:
                notes.problem(
                    "SET-307",
                    step.fitted.place(("when", name, KEY)),
                    f"No earlier question is called {quoted(name)}.",
                    did_you_mean(name, earlier),
                )
            else:
                _check_wanted(wanted, earlier[name], place, notes)
        if step.document.question:
            earlier[step.document.step] = options_of(step.document)


def _check_wanted(wanted: tuple[str, ...], options: tuple[str, ...], place: Place, notes: Notes) -> None:
    if len({word.startswith(NOT) for word in wanted}) > 1:
        notes.problem(
            "SET-308",
            place,
            "Some of these answers say 'not' and some do not.",
            "Write 'not' before all or none.",
        )
    for word in (each.removeprefix(NOT).strip() for each in wanted):
        if options and word not in options:
            notes.problem(
                "SET-309",
                place,
                f"There is no answer {quoted(word)} to that question.",
                did_you_mean(word, options),
            )


def _check_reach(steps: tuple[PlacedStep, ...], notes: Notes) -> None:
    never = unreachable([step.document for step in steps])
    for step in steps:
        if step.document.step in never:
            notes.problem(
                "SET-310",
                step.fitted.place(("when",)),
                f"Nobody can ever be asked '{step.document.step}': its conditions contradict one another.",
                "Change 'when' here, or at the question that it depends on.",
            )
