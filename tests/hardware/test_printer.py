"""The configured printer, with a person at it: page, way of confirming, cover, paper, cable."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from devices.catalogue import open_printer, profile_names, typeset_raster
from devices.printers.adapter import PrinterAdapter
from devices.printers.profile import profile_named
from devices.sample_page import sample_page
from kiosk.clocks import SystemClock
from kiosk.core.hardware import Condition, Fence, NotPrinted, Printed, PrinterUnit, PrintOutcome, Reason
from kiosk.core.ticket import PrintJob, Ticket
from kiosk.ports import DeviceFact, JobDone
from kiosk.settings import Loaded
from kiosk.typeset import Typesetter
from tests.hardware.conftest import Person

pytestmark = [pytest.mark.hardware, pytest.mark.timeout(600)]
READY = (Condition.READY, Condition.READY_WARN)
GONE = (Condition.ABSENT, Condition.SILENT)
TO_JUDGE = (
    "Do the figures fill one line exactly, from edge to edge?",
    "Are pound, euro, accents, dash and quotation marks what they should be?",
    "Is the name of every language there, with no box and no question mark?",
    "Does the code open the right page on a telephone?",
    "Was the page parted from the roll as it says at its end?",
)


class Bench:
    """One printer, and what it told."""

    def __init__(self, loaded: Loaded) -> None:
        place = loaded.terminal.printer
        assert place is not None, "kiosk.yaml names no printer"
        self.profile = profile_named(place.profile)
        self.facts: list[DeviceFact] = []
        self.units: dict[PrinterUnit, Fence] = {}
        self.adapter: PrinterAdapter = open_printer(
            "printer",
            place.address,
            place.profile,
            clock=SystemClock(),
            journal=self,
            sink=self.facts.append,
            raster=typeset_raster(Typesetter()),
            units=self,
            logo=place.logo,
        )

    def job_sent(self, job_id: str) -> None:
        """Keep nothing: a page is no case."""

    def fence_of(self, unit: PrinterUnit) -> None:
        """Try every unit anew: that is what this run is for."""

    def keep_fence(self, unit: PrinterUnit, fence: Fence) -> None:
        self.units[unit] = fence

    def forget(self, unit: PrinterUnit) -> None:
        self.units.pop(unit, None)

    def is_in(self, *conditions: Condition) -> bool:
        return self.adapter.status().condition in conditions

    def outcome(self, job_id: str, ticket: Ticket, person: Person) -> PrintOutcome:
        self.adapter.submit(PrintJob(job_id, "", ticket))

        def told() -> list[PrintOutcome]:
            return [f.outcome for f in self.facts if isinstance(f, JobDone) and f.job_id == job_id]

        assert person.until(lambda: bool(told())), "no outcome was told"
        return told()[0]


@pytest.fixture(scope="module")
def bench(loaded: Loaded) -> Iterator[Bench]:
    made = Bench(loaded)
    yield made
    made.adapter.close()


@pytest.fixture
def page(bench: Bench, loaded: Loaded, person: Person) -> Ticket:
    person.told("Have paper in the printer, its cover shut, its cable in.")
    assert person.until(lambda: bench.is_in(*READY)), bench.adapter.status()
    host = loaded.facility.host
    return sample_page(bench.profile, datetime.now(UTC), f"https://{host}/" if host else "test")  # noqa: TID251


def test_the_page_is_confirmed_by_the_printer_and_looks_right(
    bench: Bench, page: Ticket, person: Person
) -> None:
    assert bench.outcome("page", page, person) == Printed()
    for question in TO_JUDGE:
        assert person.says_yes(question), question


@pytest.mark.usefixtures("page")
def test_the_unit_says_who_it_is_and_how_it_confirms(bench: Bench) -> None:
    found = {f"{unit.model} {unit.serial}": str(fence) for unit, fence in bench.units.items()}
    sys.stdout.write(f"\n  For the row {bench.profile.name} of profiles.yaml, verified: {found}\n")
    assert bench.profile.name in profile_names()
    assert len(bench.profile.fences) == 1 or found, "this unit does not say its model and serial number"


def test_an_open_cover_is_told_and_nothing_is_sent(bench: Bench, page: Ticket, person: Person) -> None:
    person.told("Open the printer's cover.")
    assert person.until(lambda: bench.is_in(Condition.BLOCKED)), "the open cover was not told"
    assert bench.outcome("covered", page, person) == NotPrinted(Reason.COVER_OPEN)
    person.told("Close the printer's cover.")
    assert person.until(lambda: bench.is_in(*READY)), "the closed cover was not told"


def test_a_roll_taken_out_is_told_and_nothing_is_sent(bench: Bench, page: Ticket, person: Person) -> None:
    person.told("Take the roll out and close the cover.")
    out = (Reason.PAPER_OUT, Reason.COVER_OPEN)
    assert person.until(lambda: bench.adapter.status().reason is Reason.PAPER_OUT), "no end of paper was told"
    outcome = bench.outcome("paperless", page, person)
    assert isinstance(outcome, NotPrinted)
    assert outcome.reason in out
    person.told("Put the roll in and close the cover.")
    assert person.until(lambda: bench.is_in(*READY)), "the new roll was not told"


def test_a_pulled_cable_is_told_and_comes_back_by_itself(bench: Bench, page: Ticket, person: Person) -> None:
    person.told("Pull the printer's cable out.")
    assert person.until(lambda: bench.is_in(*GONE)), "the pulled cable was not told"
    person.told("Plug the printer's cable in.")
    assert person.until(lambda: bench.is_in(*READY)), "the printer did not come back"
    assert bench.outcome("again", page, person) == Printed()
