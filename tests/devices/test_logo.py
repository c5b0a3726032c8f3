"""The council's mark on paper: black or nothing, never wider than the paper; a ticket also goes without."""

from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from devices.printers.encoder import encode
from devices.printers.logo import TALLEST_MM, read_logo
from devices.printers.profile import profile_named, profiles
from devices.simulators.interpreter import Interpreter
from devices.simulators.slip import Slip
from kiosk.core.ticket import Line, Logo, Ticket
from kiosk.core.ticket_json import ticket_from_json, ticket_to_json
from kiosk.errors import SettingsError
from kiosk.settings import load_facility
from tests.devices.test_encoder import FENCE, GENERIC, parsed
from tests.devices.test_trial import configured

TICKET = Ticket((Logo(), Line("A042")))


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    picture = Image.new("RGBA", (1200, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 599, 399), fill=(0, 40, 30, 255))
    picture.save(tmp_path / "mark.png")
    return tmp_path / "mark.png"


@pytest.mark.parametrize("name", sorted(profiles()))
def test_a_large_picture_is_shrunk_to_the_paper_and_what_is_clear_stays_paper(name: str, mark: Path) -> None:
    profile = profile_named(name)
    logo = read_logo(mark, profile)
    assert logo.width_px < profile.width_dots
    assert logo.height_px <= profile.dots(TALLEST_MM)
    row = logo.rows[logo.height_px // 2]
    assert set(row[: len(row) // 2 - 1]) == {0xFF}
    assert set(row[len(row) // 2 + 1 :]) == {0}


def test_the_printer_puts_it_in_the_middle_above_the_number(mark: Path) -> None:
    slip = Slip(GENERIC.width_dots)
    paper = Interpreter(GENERIC.width_dots, slip)
    for command in parsed(encode(TICKET, GENERIC, FENCE, None, logo=read_logo(mark, GENERIC))):
        paper.obey(command)
    assert slip.lines[0].startswith("[picture")
    assert "A042" in slip.lines[-1]
    left, _, right, _ = slip.bands[0].getbbox() or (0, 0, 0, 0)
    assert left > 0
    assert right < GENERIC.width_dots


def test_a_ticket_without_a_picture_to_print_goes_without(mark: Path) -> None:
    with_logo = encode(TICKET, GENERIC, FENCE, None, logo=read_logo(mark, GENERIC))
    without = encode(TICKET, GENERIC, FENCE, None)
    assert b"\x1dv0" in with_logo
    assert without == encode(Ticket((Line("A042"),)), GENERIC, FENCE, None)


def test_a_stored_ticket_keeps_the_place_of_the_logo() -> None:
    assert ticket_from_json(ticket_to_json(TICKET)) == TICKET


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n and no more"])
def test_what_is_no_picture_is_told_by_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(SettingsError, match=r"logo\.png"):
        read_logo(tmp_path / "logo.png", GENERIC)


def test_a_picture_that_is_not_there_is_a_problem_with_its_line(tmp_path: Path) -> None:
    printer = "  printer:\n    address: tcp:127.0.0.1:9100\n    logo: mark.jpg\n"
    [problem] = load_facility(
        configured(tmp_path, printer), profiles=("generic-80mm",), reader_kinds=()
    ).problems
    assert problem.code == "SET-109"
    assert problem.line > 0
