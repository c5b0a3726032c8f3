"""What a ticket costs: processor time to encode, bytes on the wire, and a known library beside it."""

import statistics
import time
from collections.abc import Callable

import pytest
from escpos.printer import Dummy

from devices.printers.encoder import FenceMark, encode
from devices.printers.profile import profile_named
from devices.printers.shaping import typeset_raster
from kiosk.core.hardware import Fence
from kiosk.core.ticket import Align, Line, Size, Ticket
from kiosk.typeset import Typesetter
from tests.devices.test_encoder import APPOINTMENT, PUNJABI

pytestmark = pytest.mark.bench
GENERIC = profile_named("generic-80mm")
FENCE = FenceMark(Fence.COMPLETION, 7)
ROUNDS = 300
TARGET_MS = 1.0
BAUD = 38_400


def cost_ms(work: Callable[[], bytes]) -> float:
    """Return the median processor time of a call."""
    times = []
    for _ in range(ROUNDS):
        before = time.thread_time()
        work()
        times.append((time.thread_time() - before) * 1000)
    return statistics.median(times)


def theirs() -> bytes:
    """The same ticket by python-escpos: no status, no fence, and no letters beyond the code pages."""
    printer = Dummy()
    for line in (part for part in APPOINTMENT.parts if isinstance(part, Line)):
        double = line.size in (Size.LARGE, Size.HUGE)
        align = "center" if line.align is Align.CENTRE else "left"
        printer.set(align=align, bold=line.bold, double_width=double, double_height=double)
        printer.textln(line.text)
    printer.set(align="center")
    printer.qr("https://demo.council.example/c/K7-0042-X?s=0123456789abcdef", native=True, size=5)
    printer.cut()
    return bytes(printer.output)


def test_a_latin_ticket_is_encoded_within_a_millisecond_of_processor_time() -> None:
    shaping = typeset_raster(Typesetter())
    punjabi = Ticket((*APPOINTMENT.parts, PUNJABI))
    rows: dict[str, Callable[[], bytes]] = {
        "Latin ticket, native code": lambda: encode(APPOINTMENT, GENERIC, FENCE, shaping),
        "with a line in Punjabi": lambda: encode(punjabi, GENERIC, FENCE, shaping),
        "Latin ticket, python-escpos": theirs,
    }
    print(f"\n{'':30} {'CPU ms':>7} {'bytes':>6} {'s at 38400':>10}")
    found = {}
    for name, work in rows.items():
        found[name] = cost_ms(work)
        print(f"{name:30} {found[name]:7.3f} {len(work()):6} {len(work()) * 10 / BAUD:10.2f}")
    ours, peer = found["Latin ticket, native code"], found["Latin ticket, python-escpos"]
    print(f"ours takes {ours / peer:.2f} of the processor time of python-escpos")
    assert ours < TARGET_MS
