"""An open store for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.store import Store
from tests.store.making import open_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_in(tmp_path)
    yield opened
    opened.close()
