"""Real devices and a person at them: ``make acceptance``.

Responsible for: naming the devices (the configuration in KIOSK_CONFIG, else /etc/kiosk), telling
the person what to do, asking what only eyes can judge. Nothing here runs unless pytest is asked for the mark
``hardware``. Not responsible for: any device.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.app import usable
from kiosk.settings import Loaded

PATIENCE_S = float(os.environ.get("KIOSK_PATIENCE_S", "90"))
LOOK_S = 0.05


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave these tests out of every run that does not ask for them by their mark."""
    if "hardware" in (config.option.markexpr or ""):
        return
    mine = [item for item in items if item.get_closest_marker("hardware")]
    config.hook.pytest_deselected(items=mine)
    items[:] = [item for item in items if item not in mine]


class Person:
    """Whoever stands at the devices, reached through the terminal that pytest was started from."""

    def told(self, what: str) -> None:
        """Tell the person to do something; whether it was done is seen at the device."""
        sys.stdout.write(f"\n  >> {what}\n")
        sys.stdout.flush()

    def says_yes(self, question: str) -> bool:
        """Ask what no device can tell."""
        sys.stdout.write(f"\n  ?? {question} [y/n] ")
        sys.stdout.flush()
        return sys.stdin.readline().strip().lower().startswith("y")

    def until(self, happened: Callable[[], bool]) -> bool:
        """Wait until the person has done it, as the device shows; False when nobody does."""
        end = time.monotonic() + PATIENCE_S
        while not happened():
            if time.monotonic() > end:
                return False
            threading.Event().wait(LOOK_S)
        return True


@pytest.fixture(scope="session")
def loaded() -> Loaded:
    return usable(Path(os.environ.get("KIOSK_CONFIG", "/etc/kiosk")))


@pytest.fixture(scope="session")
def person(request: pytest.FixtureRequest) -> Person:
    capture = request.config.pluginmanager.getplugin("capturemanager")
    assert capture is None or not capture.is_capturing(), "a person must see what is asked: add -s"
    return Person()
