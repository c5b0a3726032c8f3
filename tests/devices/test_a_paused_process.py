"""A machine that stood still for some seconds inside a ticket does not blame the printer."""

from typing import Any

import pytest

from devices.catalogue import open_printer
from kiosk.core.hardware import Condition, Printed
from kiosk.core.ticket import Line, Ticket
from kiosk.ports import JobSent
from tests.devices.conftest import Facts, KeptJournal, RealClock, SimulatedDevice
from tests.devices.desk import TICKET, job

STOOD_STILL_S = 5.0
LONG = Ticket((*TICKET.parts, *(Line("Keep this ticket. " * 3) for _ in range(20))))


class Jumping(RealClock):
    """Real time, and some seconds more from the moment on that bytes of the ticket were on their way."""

    ahead_s = 0.0

    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s


@pytest.mark.timeout(60)
def test_a_ticket_goes_on_after_the_terminal_itself_stood_still(
    slow_printer: SimulatedDevice, facts: Facts, closing: list[Any]
) -> None:
    clock = Jumping()
    printer = open_printer(
        "printer",
        slow_printer.address,
        "generic-80mm",
        clock=clock,
        journal=KeptJournal(),
        sink=facts,
        raster=None,
    )
    closing.append(printer)
    facts.condition(Condition.READY)
    printer.submit(job("slow", LONG))
    facts.until(lambda seen: any(isinstance(each, JobSent) for each in seen))
    clock.ahead_s = STOOD_STILL_S
    assert isinstance(facts.outcome("slow"), Printed)
