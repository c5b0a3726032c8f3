"""A central service of its own for each test, on a file, with a clock that the test moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings, Chance
from tests.central.room import HOST, Central, MovedClock, Signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def settings(tmp_path: Path) -> CentralSettings:
    return CentralSettings(database=f"sqlite:///{tmp_path / 'central.sqlite3'}")


@pytest.fixture
def central(settings: CentralSettings, clock: MovedClock) -> Iterator[Central]:
    app = create_app(settings, Chance(now=clock))
    with TestClient(app, base_url=HOST, raise_server_exceptions=False) as browser:
        browser.auth = signing = Signing(clock)
        yield Central(browser, app.state.ground, clock, signing)
