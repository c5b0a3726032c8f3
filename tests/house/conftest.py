"""The files that the house rules look at, read once for all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.sources import Source, read_text_files


@pytest.fixture(scope="session")
def text_files() -> list[Source]:
    return read_text_files()


@pytest.fixture(scope="session")
def python_files(text_files: list[Source]) -> list[Source]:
    return [source for source in text_files if source.path.endswith(".py")]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the rules of the house their time: each reads the whole tree."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(60))
