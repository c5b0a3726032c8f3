"""A real sound server, a real voice, and an ear."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.ports import DeviceFact
from kiosk.speech import Clips, Speaker, open_speaker
from tests.speech.ear import Ear, sound_server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sound server with a null sink."""
    with sound_server(tmp_path_factory.mktemp("sound")) as address:
        yield address


@pytest.fixture
def ear(server: str) -> Iterator[Ear]:
    """An ear at its output."""
    made = Ear(server)
    yield made
    made.close()


@pytest.fixture
def told() -> list[DeviceFact]:
    """What the speaker tells of itself."""
    return []


@pytest.fixture
def speaker(server: str, told: list[DeviceFact], monkeypatch: pytest.MonkeyPatch) -> Iterator[Speaker]:
    """The speaker, on that server."""
    monkeypatch.setenv("PULSE_SERVER", server)
    made = open_speaker(Clips(), told.append)
    assert made is not None, "espeak-ng and pulseaudio-utils are needed"
    yield made
    made.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for clips."""
    return tmp_path
