"""The demonstration facility is complete, and its schemas let editors know it."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.core.journey import Step
from kiosk.core.steps.address import AddressStep
from kiosk.core.steps.ending import ConfirmationStep, ReviewStep
from kiosk.core.steps.writing import EmailStep, FullNameStep, PhoneStep
from kiosk.settings import Loaded, load_facility
from kiosk.settings.schema import schemas, written

CONFIG = Path(__file__).parents[2] / "config"
ORDINARY = 20
LGSL = {
    57, 59, 63, 69, 112, 141, 273, 279, 328, 353, 474, 516, 528, 530, 557, 564, 587,
}  # fmt: skip


@pytest.fixture(scope="module")
def demo() -> Loaded:
    return load_facility(CONFIG)


def test_the_demonstration_has_no_problem_and_only_the_welsh_is_unread(demo: Loaded) -> None:
    assert demo.problems == ()
    assert {remark.code for remark in demo.remarks} <= {"SET-404"}


def test_it_has_services_enough_and_their_real_numbers(demo: Loaded) -> None:
    services = demo.facility.services
    assert len(services) >= 14
    assert {service.lgsl for service in services.values()} - {0} <= LGSL
    assert services["report-missed-bin"].journey[0].step == "which-bin"
    assert {"check-in", "report-missed-bin", "homelessness-help"} <= services.keys()


def test_every_journey_that_asks_ends_with_review_and_confirmation(demo: Loaded) -> None:
    for service in demo.facility.services.values():
        if any(step.is_question for step in service.journey):
            assert isinstance(service.journey[-2], ReviewStep)
            assert isinstance(service.journey[-1], ConfirmationStep)


ABOUT_ONESELF = (FullNameStep, EmailStep, PhoneStep, AddressStep)
OLD_AND_NEW = {"moved-home": {"old-address", "new-address"}}
"""Two addresses, because they are not the same."""


def asked_again(journey: Sequence[Step]) -> set[str]:
    """Give the steps that ask in the words of another, or for the same thing about the visitor."""
    questions = [step for step in journey if step.is_question]
    by_words = Counter(getattr(step, "ask", step.step) for step in questions)
    by_kind = Counter[type[Step]](type(step) for step in questions if isinstance(step, ABOUT_ONESELF))
    return {
        step.step
        for step in questions
        if by_words[getattr(step, "ask", step.step)] > 1 or by_kind[type(step)] > 1
    }


def test_no_service_asks_for_the_same_thing_twice(demo: Loaded) -> None:
    again = {name: asked_again(service.journey) for name, service in demo.facility.services.items()}
    assert {name: steps for name, steps in again.items() if steps} == OLD_AND_NEW


def test_an_ordinary_service_takes_at_most_twenty_lines() -> None:
    assert len((CONFIG / "services/report-missed-bin.yaml").read_text("utf-8").splitlines()) <= ORDINARY


@pytest.mark.parametrize("name", sorted(schemas()))
def test_the_schema_for_editors_is_current(name: str) -> None:
    assert (CONFIG / "schema" / name).read_text("utf-8") == written(schemas()[name]), "run make schemas"


def test_every_file_names_a_schema_that_exists() -> None:
    for path in [CONFIG / "kiosk.yaml", *CONFIG.glob("services/*.yaml"), *CONFIG.glob("tickets/*.yaml")]:
        first = path.read_text("utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        json.loads((path.parent / first.partition("$schema=")[2]).read_text("utf-8"))
