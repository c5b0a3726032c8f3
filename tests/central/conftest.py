"""A central service of its own for each test, on a file and on PostgreSQL, with a clock that tests move."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from kiosk.central.database import migrate
from kiosk.central.service import create_app
from kiosk.central.settings import CentralSettings, Chance
from tests.central.cluster import Cluster, new_cluster
from tests.central.room import HOST, Central, MovedClock, Signing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def pytest_itemcollected(item: pytest.Item) -> None:
    """Give time to a test that may be the first to need a server, which is then made and started."""
    needed = {"database", "cluster"} & set(getattr(item, "fixturenames", ()))
    if needed and item.get_closest_marker("timeout") is None:
        item.add_marker(pytest.mark.timeout(60))


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """A command that serves writes its log to the standard error of its test, which is closed after it."""
    rooms = (logging.getLogger(), logging.getLogger("kiosk"))
    before = [(room.level, room.handlers[:]) for room in rooms]
    yield
    for room, (level, takers) in zip(rooms, before, strict=True):
        room.setLevel(level)
        room.handlers[:] = takers


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    started = new_cluster()
    try:
        yield started
    finally:
        started.stop("immediate")
        started.remove()


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """Name a database with the tables of this version and no rows, which others are copies of."""
    name = cluster.new_database()
    migrate(cluster.address(name))
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the address of a database of this test's own."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'central.sqlite3'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = cluster.new_database(request.getfixturevalue("template"))
    try:
        yield cluster.address(name)
    finally:
        cluster.drop(name)


@pytest.fixture
def settings(database: str, tmp_path: Path) -> CentralSettings:
    return CentralSettings(database=database, keys=tmp_path / "central.keys")


@pytest.fixture
def central(settings: CentralSettings, clock: MovedClock) -> Iterator[Central]:
    app = create_app(settings, Chance(now=clock))
    with TestClient(app, base_url=HOST, raise_server_exceptions=False) as browser:
        browser.auth = signing = Signing(clock)
        yield Central(browser, app.state.ground, clock, signing)
