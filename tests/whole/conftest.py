"""The demo facility, and stands to rehearse on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.rehearse.stand import RehearsalStand
from kiosk.settings import Loaded, load_facility

CONFIG = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture(scope="session")
def demo() -> Loaded:
    """The demo facility, which has no problem."""
    loaded = load_facility(CONFIG)
    assert loaded.problems == ()
    return loaded


@pytest.fixture
def stand(demo: Loaded, tmp_path: Path) -> Iterator[RehearsalStand]:
    """A terminal with simulated devices and a real central service."""
    with RehearsalStand(demo, tmp_path / "stand") as made:
        yield made
