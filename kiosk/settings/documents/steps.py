"""The kinds of step as they stand in a service file; the first word of a step is its kind.

Responsible for: one shape per kind, and building the core's step from it.
Not responsible for: how steps follow one another (`kiosk.settings.journeys`).
"""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from kiosk.core.case import MOST_ATTACHMENTS
from kiosk.core.journey import Condition, Step
from kiosk.core.steps.address import AddressStep
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.card import CardStep, Keep
from kiosk.core.steps.choice import ChoicesStep, ChoiceStep, Offer, YesNoStep
from kiosk.core.steps.dates import DateStep
from kiosk.core.steps.document import DocumentStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.steps.information import InformationStep
from kiosk.core.steps.writing import (
    EmailStep,
    FullNameStep,
    LongTextStep,
    MoneyStep,
    NumberStep,
    PhoneStep,
    ReferenceStep,
    ShortTextStep,
)
from kiosk.settings.documents.document import Document, Id, Paragraphs, Said

NOT = "not "
MOST_OPTIONS = 8


def _wanted(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Wanted = Annotated[
    tuple[str, ...],
    BeforeValidator(_wanted),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


def _label(value: Any) -> Any:
    return {"label": value} if isinstance(value, str) else value


class OptionDocument(Document):
    """One option: its label, and a line under it where it needs one."""

    label: Annotated[str, Said(60), Field(min_length=1)]
    hint: Annotated[str, Said(120)] = ""


OptionShape = Annotated[OptionDocument, BeforeValidator(_label, json_schema_input_type=str | OptionDocument)]
Options = Annotated[dict[Id, OptionShape], Field(min_length=2, max_length=MOST_OPTIONS)]


class StepDocument(Document):
    """What every step may say."""

    kind: ClassVar[str] = ""
    core: ClassVar[type[Any]]
    question: ClassVar[bool] = True

    step: Id = Field(description="The step's own name; unique in its file. Answers are kept under it.")
    ask: Annotated[str, Said(90), Field(min_length=1, description="The question, as the visitor reads it.")]
    hint: Annotated[str, Said(160), Field(description="A line under the question.")] = ""
    why: Annotated[str, Said(240), Field(description="Why we ask; shown when the visitor wants to know.")] = (
        ""
    )
    optional: bool = Field(default=False, description="The visitor may leave it empty.")
    if_empty: Annotated[str, Said(90), Field(description="What to say when it is left empty.")] = ""
    when: dict[Id, Wanted] = Field(
        default_factory=dict, description="Ask only after this answer: {which-bin: brown}, or 'not brown'."
    )

    def conditions(self) -> tuple[Condition, ...]:
        """Return the conditions under which the step is asked; mixed lists are a problem of the journey."""
        return tuple(
            Condition(step, tuple(w.removeprefix(NOT).strip() for w in wanted), wanted[0].startswith(NOT))
            for step, wanted in self.when.items()
        )

    def built(self) -> Step:
        """Return the core's step."""
        given = {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name != "when" and name in self.model_fields_set
        }
        step: Step = self.core(**self._own(given), when=self.conditions())
        return step

    def _own(self, given: dict[str, Any]) -> dict[str, Any]:
        return given


class ChoiceDocument(StepDocument):
    """Choose one of at most eight options."""

    kind = "choice"
    core = ChoiceStep
    options: Options

    def _own(self, given: dict[str, Any]) -> dict[str, Any]:
        offers = tuple(Offer(name, offer.label, offer.hint) for name, offer in self.options.items())
        return {**given, "options": offers}


class ChoicesDocument(ChoiceDocument):
    """Choose any number of options."""

    kind = "choices"
    core = ChoicesStep


class YesNoDocument(StepDocument):
    """Say yes or no."""

    kind = "yes-no"
    core = YesNoStep


class _WritingDocument(StepDocument):
    longest: int | None = Field(default=None, ge=1, le=4000, description="Characters that are kept.")


class ShortTextDocument(_WritingDocument):
    """One line of text."""

    kind = "short-text"
    core = ShortTextStep


class LongTextDocument(_WritingDocument):
    """Several lines of text."""

    kind = "long-text"
    core = LongTextStep


class FullNameDocument(StepDocument):
    """A person's whole name."""

    kind = "full-name"
    core = FullNameStep


class DateDocument(StepDocument):
    """A day: day, month and year."""

    kind = "date"
    core = DateStep
    must_be: Literal["any", "past", "future"] = Field(default="any", description="Today counts as both.")


class NumberDocument(StepDocument):
    """A whole number."""

    kind = "number"
    core = NumberStep
    least: int | None = Field(default=None, ge=-999_999, le=999_999)
    most: int | None = Field(default=None, ge=-999_999, le=999_999)


class MoneyDocument(StepDocument):
    """An amount in pounds and pence."""

    kind = "money"
    core = MoneyStep
    most_pounds: int = Field(default=1_000_000, ge=1, le=1_000_000)


class PhoneDocument(StepDocument):
    """A telephone number."""

    kind = "phone"
    core = PhoneStep


class EmailDocument(StepDocument):
    """An email address."""

    kind = "email"
    core = EmailStep


class AddressDocument(StepDocument):
    """A postal address with its postcode."""

    kind = "address"
    core = AddressStep


class ReferenceDocument(StepDocument):
    """A reference from a letter or a booking."""

    kind = "reference"
    core = ReferenceStep
    shortest: int = Field(default=4, ge=1, le=20)
    longest: int = Field(default=20, ge=1, le=40)
    example: str = Field(
        default="", max_length=30, description="Shown when what was typed is not a reference."
    )


class CardDocument(StepDocument):
    """Hold a card to the reader."""

    kind = "card"
    core = CardStep
    keep: Keep = Field(
        default=Keep.HASH,
        description="'hash' knows the card again; 'number' only where the service cannot work without it.",
    )


class PaperDocument(StepDocument):
    """Lay a paper on the document scanner; its pages go with the case."""

    kind = "document"
    core = DocumentStep
    most_pages: int = Field(
        default=MOST_ATTACHMENTS,
        ge=1,
        le=MOST_ATTACHMENTS,
        description="Pages that can be sent; five in all the documents of a journey.",
    )


class InformationDocument(StepDocument):
    """Text to read; nothing to answer."""

    kind = "information"
    core = InformationStep
    question = False
    text: Paragraphs = Field(min_length=1)


class AppointmentDocument(StepDocument):
    """Find today's appointment by what was asked before."""

    kind = "appointment"
    core = AppointmentStep
    question = False
    ask: Annotated[str, Said(90)] = ""
    by_reference: Id = Field(default="", description="The step that asks for the booking's reference.")
    by_full_name: Id = Field(default="", description="The step that asks for the name.")
    by_birth_date: Id = Field(default="", description="The step that asks for the date of birth.")

    def _own(self, given: dict[str, Any]) -> dict[str, Any]:
        return {name.removeprefix("by_"): value for name, value in given.items()}


class ReviewDocument(StepDocument):
    """Check the answers before they are sent."""

    kind = "review"
    core = ReviewStep
    question = False
    ask: Annotated[str, Said(90)] = ""
    send: Annotated[str, Said(36), Field(min_length=1, description="The button: verb and noun.")]


class ConfirmationDocument(StepDocument):
    """It is done: the reference, the truth about the ticket, and what happens next."""

    kind = "confirmation"
    core = ConfirmationStep
    question = False
    ask: Annotated[str, Said(90)] = ""
    next: Paragraphs = Field(min_length=1, description="What happens next, and when.")


KINDS: dict[str, type[StepDocument]] = {
    shape.kind: shape
    for shape in (
        ChoiceDocument,
        ChoicesDocument,
        YesNoDocument,
        ShortTextDocument,
        LongTextDocument,
        FullNameDocument,
        DateDocument,
        NumberDocument,
        MoneyDocument,
        PhoneDocument,
        EmailDocument,
        AddressDocument,
        ReferenceDocument,
        CardDocument,
        PaperDocument,
        InformationDocument,
        AppointmentDocument,
        ReviewDocument,
        ConfirmationDocument,
    )
}
