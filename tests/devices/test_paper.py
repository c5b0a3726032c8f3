"""How many tickets are left: told only when there is ground for it, and never more than there are."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from devices.catalogue import open_printer
from devices.printers.encoder import FenceMark, encode_slip
from devices.printers.paper import FEWEST_TICKETS, tickets_left, with_sensors, with_ticket
from devices.printers.profile import profile_named
from devices.simulators.mechanism import Build, Mechanism
from devices.simulators.slip import Slip
from kiosk.core.hardware import Condition, PaperUse, Printed
from kiosk.ports import PaperForecast
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice
from tests.devices.desk import TICKET, job

LENGTH = 800
DOTS_PER_MM = 8.0


def printed(use: PaperUse, count: int, length: int = LENGTH) -> PaperUse:
    for _ in range(count):
        use = with_ticket(use, length)
    return use


def sensed(use: PaperUse, *, low: bool = False, out: bool = False) -> PaperUse:
    return with_sensors(use, is_low=low, is_out=out)


def new_roll(use: PaperUse) -> PaperUse:
    return sensed(sensed(use, out=True))


def test_a_roll_of_unknown_length_gives_no_number() -> None:
    assert tickets_left(printed(PaperUse(), 50), DOTS_PER_MM) is None


def test_the_second_roll_is_forecast_from_the_first() -> None:
    use = printed(new_roll(PaperUse()), 300)
    use = new_roll(use)
    assert tickets_left(use, DOTS_PER_MM) == 300
    assert tickets_left(printed(use, 120), DOTS_PER_MM) == 180


def test_near_the_end_the_number_is_careful_and_then_learned() -> None:
    use = sensed(printed(new_roll(PaperUse()), 300), low=True)
    assert tickets_left(use, DOTS_PER_MM) == 20
    use = with_sensors(printed(use, 35), is_low=True, is_out=True)
    assert tickets_left(use, DOTS_PER_MM) == 0
    use = sensed(use)
    assert tickets_left(use, DOTS_PER_MM) == 335
    assert tickets_left(sensed(printed(use, 300), low=True), DOTS_PER_MM) == 35


def test_a_roll_changed_early_starts_a_new_count_and_teaches_nothing() -> None:
    use = sensed(printed(new_roll(PaperUse()), 300), low=True)
    use = sensed(use)
    assert (use.used, use.tickets, use.whole_roll) == (0, 0, 0)


def test_an_open_cover_or_a_handful_of_tickets_teaches_no_roll() -> None:
    use = printed(new_roll(PaperUse()), 300)
    assert with_sensors(use, is_low=False, is_out=True, may_learn=False).whole_roll == 0
    few = printed(new_roll(PaperUse()), FEWEST_TICKETS - 1)
    assert with_sensors(few, is_low=False, is_out=True).whole_roll == 0
    assert with_sensors(printed(PaperUse(), 300), is_low=False, is_out=True).whole_roll == 0


@given(st.lists(st.tuples(st.integers(1, 5_000), st.booleans(), st.booleans()), max_size=60))
def test_the_forecast_is_never_negative_and_never_grows_by_printing(
    life: list[tuple[int, bool, bool]],
) -> None:
    use = PaperUse()
    for length, low, out in life:
        use = with_sensors(use, is_low=low, is_out=out)
        left = tickets_left(use, DOTS_PER_MM)
        use = with_ticket(use, use.ticket_length or length)
        after = tickets_left(use, DOTS_PER_MM)
        assert after is None or after >= 0
        assert left is None or after is None or after <= left


def test_the_length_of_a_ticket_is_what_the_simulated_paper_shows() -> None:
    profile = profile_named("generic-80mm")
    slips: list[Slip] = []
    machine = Mechanism(Build(profile.width_dots, 0), lambda _: None, slips.append)
    slip = encode_slip(TICKET, profile, FenceMark(), None)
    machine.receive(b"".join(slip.commands))
    machine.run(1.0)
    assert abs(slip.height_dots - slips[0].height) < slips[0].height * 0.1


class Kept:
    """A memory of paper that a test looks into."""

    def __init__(self, use: PaperUse | None = None) -> None:
        self.use = use

    def recall(self, device: str) -> PaperUse | None:
        return self.use if device == "printer" else None

    def keep(self, device: str, use: PaperUse) -> None:
        assert device == "printer"
        self.use = use


def forecasts(facts: Facts) -> list[int]:
    told = [fact.tickets_left for fact in facts.seen if isinstance(fact, PaperForecast)]
    return [left for left in told if left is not None]


def test_the_printer_tells_its_forecast_and_gives_the_count_back(
    printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    memory = Kept(replace(PaperUse(), ticket_length=LENGTH, whole_roll=100 * LENGTH, from_start=True))
    adapter = open_printer(
        "printer",
        printer.address,
        "generic-80mm",
        clock=RealClock(),
        journal=KeptJournal(),
        sink=facts,
        raster=None,
        paper=memory,
    )
    closing.append(adapter)
    adapter.submit(job())
    assert facts.outcome("job-1") == Printed()
    facts.until(lambda _: forecasts(facts))
    assert forecasts(facts)[-1] in (98, 99, 100)
    printer.tell("near-end")
    facts.until(lambda _: forecasts(facts)[-1] < 30)
    printer.tell("paper-out")
    facts.until(lambda _: forecasts(facts)[-1] == 0)
    printer.tell("ok")
    facts.condition(Condition.READY)
    facts.until(lambda _: forecasts(facts)[-1] > 90)
    assert memory.use is not None
    assert (memory.use.tickets, memory.use.from_start) == (0, True)
