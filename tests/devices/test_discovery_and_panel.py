"""What `kiosk devices` can say of a port, and what the buttons of the panel do."""

import os
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from devices.discovery import find_devices, look_at
from devices.simulators.panel import Panel
from devices.simulators.panel_page import BUTTONS, page
from devices.surroundings import power_found, typing_device
from devices.watches import power_supply
from kiosk.core.hardware import PowerChanged, PowerSource, Reason
from tests.devices.conftest import RealClock, SimulatedDevice, start, stop


def test_a_printer_is_recognised_with_the_line_that_would_use_it(printer: SimulatedDevice) -> None:
    printer.tell("cover-open")
    found = look_at(str(printer.link), "USB serial", RealClock())
    assert found.answer == "receipt printer"
    assert found.reason is Reason.COVER_OPEN
    printer.tell("ok")
    found = look_at(str(printer.link), "USB serial", RealClock())
    assert found.model == "TM-T20III"
    assert f"serial:{printer.link}?baud=38400" in found.setting
    assert "epson-tm-t20iii" in found.setting


def test_a_reader_says_nothing_until_a_card_comes(badge: SimulatedDevice) -> None:
    found = look_at(str(badge.link), "USB serial", RealClock())
    assert found.answer.startswith("no answer")
    assert "kind: id12" in found.setting


def test_a_port_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    assert look_at(str(tmp_path / "x"), "", RealClock()).answer == "in use or not allowed"


def test_what_types_is_told_with_the_line_that_would_use_it_and_a_button_is_not() -> None:
    keys, path = range(1, 84), "/dev/input/by-id/usb-Datalogic-event-kbd"
    found = typing_device(path, "Datalogic Gryphon", keys)
    assert found is not None
    assert "scanner" in found.answer
    assert found.setting == f"readers: [{{address: 'input:{path}?layout=us', kind: scanner}}]"
    other = typing_device("/dev/input/event3", "Logitech K120", keys)
    assert other is not None
    assert "only if" in other.answer
    assert typing_device("/dev/input/event0", "Power Button", [116]) is None


def test_a_battery_is_listed_with_what_it_tells_and_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("type", "Battery"), ("status", "Discharging"), ("capacity", "64")):
        (tmp_path / "BAT0").mkdir(exist_ok=True)
        (tmp_path / "BAT0" / name).write_text(value)
    monkeypatch.setattr(power_supply.PowerSupplySource.__init__, "__defaults__", (tmp_path,))
    [found] = [
        port for port in find_devices(RealClock()) if port.path == "system" and "UPS" in port.description
    ]
    assert (found.answer, found.setting) == ("fed by battery, 64 % charged", "power: 'system'")


def test_the_panel_scans_a_code(tmp_path: Path) -> None:
    scanner = start(tmp_path, "wedge")
    with Panel(0, None, None, None, scanner=scanner.control) as served:
        assert "What the code says" in page(served.state())
        assert served.tell("scanner", "card BOOKING K7-0042-X")["ok"]
        assert "1 code scanned" in page(served.state())
    stop(scanner)


def test_a_ups_is_told_in_words() -> None:
    told = PowerChanged("power", PowerSource.BATTERY, charge=12, minutes_left=4, is_low=True)
    found = power_found("nut:ups@127.0.0.1", told)
    assert found.answer == "fed by battery, 12 % charged, 4 minutes left, nearly empty"
    assert found.setting == "power: 'nut:ups@127.0.0.1'"


@pytest.fixture
def panel(printer: SimulatedDevice) -> Iterator[Panel]:
    with Panel(0, printer.control, None, printer.out) as served:
        thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield served
        served.shutdown()
        thread.join()


def press(panel: Panel, line: str, origin: str = "") -> tuple[int, str]:
    body = urllib.parse.urlencode({"device": "printer", "line": line}).encode()
    request = urllib.request.Request(panel.address, body)  # noqa: S310 - the panel's own address
    if origin:
        request.add_header("Origin", origin)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310 - as above
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, ""


def test_every_button_for_the_printer_is_understood(panel: Panel, printer: SimulatedDevice) -> None:
    for group in BUTTONS["printer"]:
        for button in group.buttons:
            status, page = press(panel, button.line)
            assert status == 200
            assert 'role="alert"' not in page
    printer.tell("ok")


def test_the_page_says_in_words_what_is_wrong(panel: Panel) -> None:
    assert "the cover is open" in press(panel, "cover-open")[1]
    assert "All is well" in press(panel, "ok")[1]


def test_a_button_that_made_a_fault_stays_pressed_until_it_is_put_right(panel: Panel) -> None:
    assert '<button name="line" value="jam" aria-pressed="true">' in press(panel, "jam")[1]
    assert 'aria-pressed="true">' not in press(panel, "ok")[1]


def test_the_hand_at_the_printer_takes_the_paper_out_and_puts_a_roll_in(panel: Panel) -> None:
    assert '<button name="line" value="new-roll">' in press(panel, "paper-out")[1].split('class="hand"')[1]
    page = press(panel, "new-roll")[1]
    assert '<button name="line" value="paper-out">' in page.split('class="hand"')[1]
    assert "All is well" in page


def test_what_sticks_out_of_the_printer_can_be_seen(panel: Panel, printer: SimulatedDevice) -> None:
    descriptor = os.open(printer.link, os.O_RDWR | os.O_NOCTTY)
    os.write(descriptor, b"\x1b@half a ticket\n")
    until = time.monotonic() + 5
    while not printer.tell("status")["unfinished"]:
        assert time.monotonic() < until
        threading.Event().wait(0.02)
    os.close(descriptor)
    assert 'src="/unfinished.png"' in press(panel, "near-end")[1]
    with urllib.request.urlopen(f"{panel.address}unfinished.png", timeout=5) as answer:  # noqa: S310 - as above
        assert answer.read().startswith(b"\x89PNG")


def test_other_pages_cannot_press_the_buttons(panel: Panel) -> None:
    assert press(panel, "unplug", origin="http://elsewhere.example")[0] == 403
    assert press(panel, "quit")[0] == 400, "only what has a button"
