"""A small facility with one step of every kind, for the tests of the core."""

from datetime import date, datetime, time

from kiosk.core.appointment import Appointment
from kiosk.core.case import CaseId
from kiosk.core.facility import Facility, LayoutPart, Opening
from kiosk.core.journey import Condition, Group, Service, Step
from kiosk.core.steps.address import AddressStep
from kiosk.core.steps.appointment import AppointmentStep
from kiosk.core.steps.card import CardStep
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
from kiosk.core.visit import Scene, Visit
from kiosk.core.words import Words

OFFERS = (Offer("brown", "Brown"), Offer("green", "Green"))
BROWN = (Condition("bin", ("brown",)),)
EVERY_KIND: tuple[Step, ...] = (
    InformationStep(step="before", ask="Before you start", text=("Have your letter ready",)),
    ChoiceStep(step="bin", ask="Which bin?", options=OFFERS),
    ChoicesStep(step="what", ask="What is in it?", options=OFFERS, optional=True),
    YesNoStep(step="sure", ask="Are you sure?"),
    ShortTextStep(step="short", ask="Short?", when=BROWN),
    LongTextStep(step="long", ask="Long?", optional=True),
    FullNameStep(step="full-name", ask="What is your full name?"),
    DateStep(step="day", ask="Which day?", must_be="past"),
    NumberStep(step="number", ask="How many?", least=1, most=9),
    MoneyStep(step="money", ask="How much?"),
    PhoneStep(step="phone", ask="Phone?", optional=True),
    EmailStep(step="email", ask="Email?", optional=True),
    AddressStep(step="where", ask="Where?"),
    ReferenceStep(step="letter", ask="Reference?", optional=True),
    CardStep(step="card", ask="Library card?", optional=True),
    DocumentStep(step="proof", ask="Your letter?", optional=True, most_pages=2),
    ReviewStep(step="check", send="Report it"),
    ConfirmationStep(step="done", next=("We will collect it",)),
)
CHECK_IN: tuple[Step, ...] = (
    YesNoStep(step="know", ask="Do you have your reference?"),
    ReferenceStep(step="booking", ask="Reference?", when=(Condition("know", ("yes",)),)),
    FullNameStep(step="name", ask="Name?", when=(Condition("know", ("no",)),)),
    DateStep(step="born", ask="Born?", must_be="past", when=(Condition("know", ("no",)),)),
    AppointmentStep(step="which", reference="booking", full_name="name", birth_date="born"),
    ReviewStep(step="check", send="Check in"),
    ConfirmationStep(step="done", next=("Take a seat",)),
)
SHORT: tuple[Step, ...] = (
    ChoiceStep(step="which-bin", ask="Which bin was missed?", options=OFFERS),
    ReviewStep(step="check", send="Report it"),
    ConfirmationStep(step="done", next=("We will collect it",)),
)
INFORMATION: tuple[Step, ...] = (InformationStep(step="read", ask="Read this", text=("Ask at the desk",)),)
LAYOUT = (LayoutPart("line", "{queue_number}"), LayoutPart("pair", "{reference}", "Ref"))
MONDAY = datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 - local time of the facility is naive by design
BOOKED = Appointment("a1", "HX2K9", "Ann Ó Brien", date(1950, 4, 27), MONDAY, "Housing advice", "H")


def facility(**changes: object) -> Facility:
    """Return the facility, with some of it changed."""
    services = (
        Service("every-kind", "Every kind", "bins", EVERY_KIND, ticket="standard"),
        Service("missed-bin", "Report a missed bin", "bins", SHORT, ticket="standard", queue="B"),
        Service("check-in", "Check in", "arrive", CHECK_IN, ticket="standard", queue="A"),
        Service("read", "Read about it", "read", INFORMATION),
    )
    facts: dict[str, object] = {
        "council": "Demo Borough Council",
        "facility": "Town Hall reception",
        "terminal": "T1",
        "reference_prefix": "K",
        "groups": (Group("bins", "Bins"), Group("arrive", "I have an appointment"), Group("read", "Read")),
        "services": {service.service: service for service in services},
        "languages": (Words("en", "English"), Words("cy", "Cymraeg", catalogue={"Continue": "Parhau"})),
        "layouts": {
            "standard": (LayoutPart("line", "{queue_number}"), LayoutPart("pair", "{reference}", "Ref"))
        },
        "opening": tuple(Opening(day, time(9), time(17)) for day in range(5)),
        "host": "demo.example",
    }
    return Facility(**(facts | changes))  # type: ignore[arg-type]


def scene(monotonic_s: float = 0.0, **changes: object) -> Scene:
    """Return the scene on a Monday morning."""
    return Scene(facility(**changes), monotonic_s, MONDAY)


def visit() -> Visit:
    """Return a visit that has not begun."""
    return Visit(CaseId("case-1"), "en")
