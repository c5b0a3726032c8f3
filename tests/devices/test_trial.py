"""``kiosk devices test``: the page, the truth about it, and one card from each reader."""

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from pyzbar import pyzbar

from devices.catalogue import profile_names
from devices.printers.profile import profile_named
from devices.sample_page import LANGUAGES, RULER, sample_page
from kiosk.cli import main
from kiosk.core.ticket import Line
from tests.devices.conftest import SimulatedDevice, free_port, start, stop

CONFIG = Path(__file__).parents[2] / "config"


def configured(folder: Path, devices: str) -> Path:
    """Copy the demonstration facility, with other devices."""
    config = folder / "config"
    shutil.copytree(CONFIG, config)
    kiosk = config / "kiosk.yaml"
    text = kiosk.read_text("utf-8")
    before, after = text.split("\ndevices:\n", 1)
    rest = after[after.index("\n\n") :]
    kiosk.write_text(f"{before}\ndevices:\n{devices}{rest}", "utf-8")
    return config


def run_test(config: Path, *words: str) -> int:
    return main(["devices", "test", "--config", str(config), *words])


@pytest.fixture
def network_printer(tmp_path: Path) -> Iterator[SimulatedDevice]:
    device = start(tmp_path, "printer", "--over-tcp", "--baud", "0", "--speed", "0")
    yield device
    stop(device)


def printer_line(device: SimulatedDevice) -> str:
    return f"  printer: {{address: '{device.address}', profile: generic-80mm}}\n"


def test_the_page_comes_out_and_its_code_can_be_scanned(
    tmp_path: Path, network_printer: SimulatedDevice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_test(configured(tmp_path, printer_line(network_printer))) == 0
    assert "the printer itself confirmed it" in capsys.readouterr().out
    text = network_printer.newest_text()
    assert (RULER * 5)[:48] in text
    assert text.count("[picture") >= 8
    with Image.open(network_printer.tell("status")["newest"]) as picture:
        assert pyzbar.decode(picture)[0].data.startswith(b"https://")


@pytest.mark.parametrize(
    "example",
    [
        ("cover-open", "close the printer's cover"),
        ("paper-out", "put in a new roll"),
        ("bare", "cannot confirm"),
        ("unplug", "nothing at this address"),
        ("paper 4", "stopped inside the page: put in a new roll"),
    ],
)
def test_what_is_wrong_is_told_in_plain_words(
    tmp_path: Path,
    network_printer: SimulatedDevice,
    capsys: pytest.CaptureFixture[str],
    example: tuple[str, str],
) -> None:
    fault, told = example
    network_printer.tell(fault)
    assert run_test(configured(tmp_path, printer_line(network_printer)), "--json") == (fault != "bare")
    [result] = json.loads(capsys.readouterr().out)
    assert told in result["told"]
    assert result["outcome"] != "printed"


def test_a_reader_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = f"  readers: [{{address: 'tcp:127.0.0.1:{free_port()}', kind: scanner}}]\n"
    assert run_test(configured(tmp_path, line)) == 1
    assert "nothing at this address" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("card", "told"), [("K7-0042-X", "A card was read (code)"), ("4111111111111111", "payment card")]
)
def test_one_card_is_read_and_its_number_never_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], card: str, told: str
) -> None:
    device = start(tmp_path, "scanner", "--over-tcp", "--baud", "0")
    line = f"  readers: [{{address: '{device.address}', kind: scanner}}]\n"
    try:
        device.tell(f"hold {card}")
        run_test(configured(tmp_path, line))
    finally:
        stop(device)
    shown = capsys.readouterr()
    assert told in shown.out
    assert card not in shown.out + shown.err


@pytest.mark.parametrize("name", profile_names())
def test_the_ruler_fills_exactly_one_line_of_each_profile(name: str) -> None:
    profile = profile_named(name)
    page = sample_page(profile, datetime(2026, 11, 24, tzinfo=UTC), "https://demo.example/")
    lines = [part.text for part in page.parts if isinstance(part, Line)]
    assert (RULER * 9)[: profile.columns] in lines
    assert set(LANGUAGES.values()) <= set(lines)
