"""A stranger as judge of the bytes: python-escpos, read by our simulator and held beside our encoder."""

import pytest
from escpos.printer import Dummy
from PIL import Image
from pyzbar import pyzbar

from devices.printers import commands
from devices.printers.dots import picture_commands
from devices.printers.encoder import FenceMark, encode
from devices.printers.profile import profile_named, profiles
from devices.printers.shaping import typeset_raster
from devices.simulators.interpreter import Interpreter
from devices.simulators.mechanism import Build, Mechanism
from devices.simulators.photograph import photograph
from devices.simulators.slip import Slip
from kiosk.core.hardware import Fence
from kiosk.core.ticket import Code, Line, Ticket
from kiosk.typeset import Bitmap, Typesetter
from tests.devices.desk import TICKET
from tests.devices.test_encoder import GENERIC, parsed

ADDRESS = "https://demo.council.example/c/K7-0042-X"


def on_paper(sent: bytes, width: int = GENERIC.width_dots) -> Slip:
    slip = Slip(width)
    paper = Interpreter(width, slip)
    for command in parsed(sent):
        paper.obey(command)
    return slip


def theirs(write: object) -> bytes:
    printer = Dummy()
    write(printer)  # type: ignore[operator]
    return bytes(printer.output)


def test_the_simulator_reads_the_strangers_words_sizes_and_code() -> None:
    def write(printer: Dummy) -> None:
        printer.set(align="center", bold=True, double_height=True, double_width=True)
        printer.textln("A042")
        printer.set(align="left", bold=False, normal_textsize=True)
        printer.textln("Pay £5")
        printer.set(align="center")
        printer.qr(ADDRESS, native=True, size=5)
        printer.cut()

    slips: list[Slip] = []
    machine = Mechanism(Build(mm_per_s=0), lambda _: None, slips.append)
    machine.receive(theirs(write))
    machine.run(1.0)
    words = [line.strip() for line in slips[0].lines if line.strip()]
    assert words[:2] == ["A042", "Pay £5"]
    assert slips[0].codes == [ADDRESS]
    assert [code.data.decode() for code in pyzbar.decode(photograph(slips[0]))] == [ADDRESS]


def test_our_code_is_asked_for_as_the_stranger_asks() -> None:
    sent = theirs(lambda printer: printer.qr(ADDRESS, native=True, size=6, ec=1))
    ours = encode(Ticket((Code(ADDRESS),)), GENERIC, FenceMark(Fence.NONE), None)
    for piece in (
        commands.QR_MODEL_2,
        commands.QR_LEVEL_M,
        commands.qr_store(ADDRESS.encode()),
        commands.QR_PRINT,
    ):
        assert piece in sent
        assert piece in ours


def test_our_picture_is_the_strangers_picture() -> None:
    rows = tuple(bytes([0xF0, row, 0x0F]) for row in range(32, 64))
    picture = Image.frombytes("1", (24, 32), bytes(~byte & 0xFF for byte in b"".join(rows)))
    sent = theirs(lambda printer: printer.image(picture, impl="bitImageRaster"))
    assert b"".join(picture_commands(Bitmap(24, 32, rows))) in sent


@pytest.mark.parametrize("name", sorted(profiles()))
def test_the_code_of_every_profile_is_read_off_the_paper(name: str) -> None:
    profile = profile_named(name)
    sent = encode(TICKET, profile, FenceMark(Fence.NONE), None)
    codes = pyzbar.decode(photograph(on_paper(sent, profile.width_dots)))
    assert [code.data.decode() for code in codes] == [ADDRESS]


def test_a_code_between_shaped_lines_is_still_read() -> None:
    around = Line("ਕਿਰਪਾ ਕਰਕੇ ਆਪਣੀ ਟਿਕਟ ਰੱਖੋ।", language="pa")
    ticket = Ticket((around, Code(ADDRESS), around))
    sent = encode(ticket, GENERIC, FenceMark(Fence.NONE), typeset_raster(Typesetter()))
    assert pyzbar.decode(photograph(on_paper(sent)))[0].data.decode() == ADDRESS


def test_the_code_page_is_chosen_anew_after_every_init() -> None:
    sent = encode(Ticket((Line("Pay £5"),)), GENERIC, FenceMark(Fence.NONE), None)
    names = [command.name for command in parsed(sent + sent)]
    assert names.count(b"\x1b@") == names.count(b"\x1bt") == 2
    assert [line for line in on_paper(sent + sent).lines if line.strip()] == ["Pay £5", "Pay £5"]
