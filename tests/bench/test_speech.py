"""How long until something is heard, and until it is silent again, at the output of a real sound server.

Both are times a person feels, so they are measured as times, not as ratios; `make bench` alone runs them.
"""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.core.utterance import Manner, Said
from kiosk.speech import Clips, Speaker, open_speaker
from tests.speech.ear import Ear, sound_server

pytestmark = [pytest.mark.bench, pytest.mark.timeout(180)]
ROUNDS = 30
LONG = (Said("Your bin will be collected within two working days, or three. " * 4, "en"),)
FIRST_SOUND_S = 0.150
SILENCE_S = 0.050


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Speaker, Ear]]:
    """A speaker on a sound server of its own, and an ear at its output."""
    with sound_server(tmp_path) as address:
        monkeypatch.setenv("PULSE_SERVER", address)
        speaker = open_speaker(Clips(), lambda _: None)
        assert speaker is not None
        ear = Ear(address)
        yield speaker, ear
        ear.close()
        speaker.close()


def test_sound_comes_within_150_ms_and_silence_within_50(heard: tuple[Speaker, Ear]) -> None:
    speaker, ear = heard
    to_sound, to_silence = [], []
    for _ in range(ROUNDS):
        asked = time.monotonic()
        speaker.say(LONG, Manner())
        to_sound.append(ear.until_sound() - asked)
        cut = time.monotonic()
        speaker.hush()
        to_silence.append(max(0.0, ear.until_silence(0.3) - cut))
    sound, silence = (statistics.quantiles(each[1:], n=20)[-1] for each in (to_sound, to_silence))
    print(
        f"\nrequest to first sound: median {statistics.median(to_sound[1:]) * 1000:.0f} ms, "
        f"95th percentile {sound * 1000:.0f} ms\n"
        f"touch to silence: median {statistics.median(to_silence) * 1000:.0f} ms, "
        f"95th percentile {silence * 1000:.0f} ms"
    )
    assert sound <= FIRST_SOUND_S
    assert silence <= SILENCE_S
