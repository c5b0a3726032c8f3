"""What a visit keeps of a card: a hash that knows it again, or its number where its service needs it."""

from dataclasses import replace

import pytest

from kiosk.core.asking import go_to
from kiosk.core.effects import ReadCard
from kiosk.core.events import CardRead
from kiosk.core.hardware import CardPresented, CardPurpose
from kiosk.core.journey import Given
from kiosk.core.steps.card import CardStep, Keep
from kiosk.core.transitions import advance
from tests.core.facility_for_tests import facility, scene, visit

CARD = CardPresented("r", "magstripe", "abc", "2123456")


@pytest.mark.parametrize(
    ("keep", "purpose", "held"),
    [(Keep.HASH, CardPurpose.ANSWER, "abc"), (Keep.NUMBER, CardPurpose.NUMBER, "2123456")],
)
def test_a_number_is_asked_for_and_kept_only_where_the_service_needs_it(
    keep: Keep, purpose: CardPurpose, held: str
) -> None:
    step = CardStep(step="card", ask="Library card?", keep=keep)
    services = facility().services
    service = replace(services["every-kind"], journey=(step,))
    here = scene(services={**services, "every-kind": service})
    asked = go_to(replace(visit(), service="every-kind"), step, here)
    assert asked.effects == (ReadCard(purpose),)
    read = advance(asked.visit, CardRead(CARD), here).visit
    assert read.drafts["card"] == {"card": held}


def test_a_number_is_never_shown_not_even_to_a_programmer() -> None:
    step = CardStep(step="card", ask="Library card?", keep=Keep.NUMBER)
    assert step.shown(Given("2123456"), facility().words("en")) == "Card read"
    assert "2123456" not in repr(CARD)
