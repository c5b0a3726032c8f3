"""Somebody on the staff who cannot remember a PIN holds a code card to the scanner, and is let in."""

import re
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pyzbar import pyzbar

from kiosk.core.views import SignIn, StaffTickets
from kiosk.rehearse.processes import say
from kiosk.rehearse.stand import RehearsalStand
from tests.whole.test_commands import kiosk

pytestmark = pytest.mark.timeout(120)
WITHIN_S = 15.0
BADGE, OTHER = "0A00CE7FFF", "0A00CE7FFE"
MODULE_PX = 6


def code_on(picture: Path) -> str:
    """Read the code as a stranger's scanner reads it from paper."""
    drawn = picture.read_text("utf-8")
    size = re.search(r'viewBox="0 0 (\d+) \1"', drawn)
    assert size is not None
    paper = Image.new("L", (int(size[1]) * MODULE_PX,) * 2, 255)
    for left, top in re.findall(r"M(\d+),(\d+)H", drawn):
        x, y = int(left) * MODULE_PX, int(top) * MODULE_PX
        ImageDraw.Draw(paper).rectangle((x, y, x + MODULE_PX - 1, y + MODULE_PX - 1), fill=0)
    (code,) = pyzbar.decode(paper)
    text: str = code.data.decode()
    return text


def card_for(folder: Path, badge: str, name: str, picture: Path) -> str:
    code, _, err = kiosk("staff", "add", name, "--badge", badge, "--code-card", picture, "--data", folder)
    assert code == 0, err
    return code_on(picture)


def test_badge_and_code_card_open_the_staff_view_without_a_pin(stand: RehearsalStand, tmp_path: Path) -> None:
    folder = tmp_path / "stand"
    own = card_for(folder, BADGE, "Sam Jones", tmp_path / "sam.svg")
    strange = card_for(folder, OTHER, "Ann Smith", tmp_path / "ann.svg")
    assert own != strange
    stand.card(BADGE)
    assert stand.becomes(lambda: isinstance(stand.view().body, SignIn), WITHIN_S)
    say(stand.wires / "scanner.control", f"card {strange}")
    assert stand.becomes(lambda: is_refused(stand), WITHIN_S)
    say(stand.wires / "scanner.control", f"card {own}")
    assert stand.becomes(lambda: isinstance(stand.view().body, StaffTickets), WITHIN_S)
    body = stand.view().body
    assert isinstance(body, StaffTickets)
    assert "Sam Jones" in body.text


def is_refused(stand: RehearsalStand) -> bool:
    body = stand.view().body
    return isinstance(body, SignIn) and bool(body.problem)


def test_the_picture_of_a_code_is_its_owners_alone_and_is_not_drawn_over_another(tmp_path: Path) -> None:
    picture = tmp_path / "sam.svg"
    code = card_for(tmp_path, BADGE, "Sam Jones", picture)
    assert re.fullmatch(r"KSC1-[A-Z2-7]{26}", code)
    assert picture.stat().st_mode & 0o077 == 0
    assert all(code.encode() not in each.read_bytes() for each in tmp_path.iterdir() if each != picture)
    again = kiosk("staff", "add", "Sam", "--badge", BADGE, "--code-card", picture, "--data", tmp_path)
    assert again[0] == 2
    assert again[2].startswith("STAFF-004")
    assert "Sam Jones" in kiosk("staff", "list", "--data", tmp_path)[1]
