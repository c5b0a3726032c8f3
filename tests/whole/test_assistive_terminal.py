"""The environment of the service switches on, for its glass, what a program that reads screens needs."""

from pathlib import Path

import pytest

from kiosk.rehearse.stand import RehearsalStand
from kiosk.settings import Loaded
from tests.screens.at_spi_stand import Reader, a_bus, found

NEEDS = "What do you need today?"


@pytest.mark.timeout(120)
def test_a_visit_goes_on_by_what_a_program_reads_and_presses_on_a_whole_terminal(
    demo: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_bus(tmp_path / "bus") as environment:
        monkeypatch.setenv("KIOSK_ASSISTIVE", "1")
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
            monkeypatch.setenv(name, environment[name])
        with Reader(environment) as reader, RehearsalStand(demo, tmp_path / "stand") as stand:
            for heading, pressed in (("Welcome to Town Hall reception", "English"), (NEEDS, "Bins")):
                assert ("heading", heading, False) in found(reader.tree(heading))
                button = next(each for each in stand.hand.look().targets if pressed in each.name)
                assert reader.ask(f"do push button|{button.name}") is True
            assert ("heading", button.name, False) in found(reader.tree(button.name))
