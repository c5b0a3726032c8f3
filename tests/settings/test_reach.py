"""Which steps can be reached is decided exactly: held against every combination of answers there is."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from kiosk.core.journey import Answer, Chosen, NotGiven, path
from kiosk.settings.documents.steps import ChoiceDocument, ChoicesDocument, StepDocument, YesNoDocument
from kiosk.settings.reach import options_of, unreachable

NAMES = ("one", "two", "three", "four")
OPTIONS = ("yes", "no", "other")
SHAPES: tuple[type[StepDocument], ...] = (ChoiceDocument, ChoicesDocument, YesNoDocument)


@st.composite
def journeys(draw: st.DrawFn) -> list[StepDocument]:
    """Short journeys of choices, with conditions on earlier steps."""
    steps: list[StepDocument] = []
    for place, name in enumerate(NAMES[: draw(st.integers(2, 4))]):
        shape: type[StepDocument] = draw(st.sampled_from(SHAPES))
        given_: dict[str, object] = {"step": name, "ask": "Which?", "optional": draw(st.booleans())}
        if shape is not YesNoDocument:
            given_["options"] = dict.fromkeys(OPTIONS, "Label")
        when: dict[str, list[str]] = {}
        for earlier in steps[:place]:
            if draw(st.booleans()):
                words = draw(
                    st.lists(st.sampled_from(options_of(earlier)), min_size=1, max_size=3, unique=True)
                )
                negated = draw(st.booleans())
                when[earlier.step] = [f"not {word}" if negated else word for word in words]
        steps.append(shape.model_validate({**given_, "when": when}))
    return steps


def every_answer(step: StepDocument) -> list[Answer]:
    options = options_of(step)
    if isinstance(step, ChoicesDocument):
        subsets = [
            tuple(o for o, taken in zip(options, bits, strict=True) if taken)
            for bits in product((0, 1), repeat=len(options))
        ]
        answers: list[Answer] = [Chosen(subset) for subset in subsets if subset]
    else:
        answers = [Chosen((option,)) for option in options]
    return [*answers, NotGiven()] if step.optional else answers


def tried(steps: list[StepDocument]) -> set[str]:
    """Return every step that some combination of answers leads to, by the core's own path."""
    journey = [step.built() for step in steps]
    reached: set[str] = set()
    for answers in product(*(every_answer(step) for step in steps)):
        given_: Mapping[str, Answer] = dict(zip((s.step for s in steps), answers, strict=True))
        reached |= {step.step for step in path(journey, given_)}
    return reached


@given(journeys())
def test_reach_is_what_trying_every_answer_finds(steps: list[StepDocument]) -> None:
    assert set(unreachable(steps)) == {step.step for step in steps} - tried(steps)
