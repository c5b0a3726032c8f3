"""What was asked last is heard, and nothing else; silence is a matter of moments."""

import wave
from pathlib import Path
from queue import SimpleQueue

import pytest

from kiosk.core.hardware import Condition, DeviceStatus, Reason
from kiosk.core.utterance import Manner, Said
from kiosk.ports import DeviceFact
from kiosk.speech import Clips, Speaker, open_speaker
from kiosk.speech.loudness import server_volume
from tests.speech.ear import Ear, sound_server, streams

HELLO = (Said("Welcome to the Town Hall reception.", "en"),)
LONG = (Said("Your bin will be collected within two working days, or three. " * 8, "en"),)
pytestmark = pytest.mark.timeout(60)


def processes_with(text: str) -> list[str]:
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode(errors="replace"))
        except OSError:
            continue
    return [line for line in lines if text in line]


def test_a_sentence_is_heard_to_its_end(speaker: Speaker, ear: Ear) -> None:
    speaker.say(HELLO, Manner())
    began = ear.until_sound()
    assert ear.until_silence() - began > 1.0


def test_silence_comes_in_the_middle_of_a_sentence(speaker: Speaker, ear: Ear) -> None:
    speaker.say(LONG, Manner())
    began = ear.until_sound()
    speaker.hush()
    assert ear.until_silence() - began < 1.0


def test_new_speech_cuts_the_old_and_never_joins_it(speaker: Speaker, ear: Ear, server: str) -> None:
    for _ in range(5):
        speaker.say(LONG, Manner())
        ear.until_sound()
    assert streams(server) <= 2  # one that speaks, one that waits as a spare
    speaker.say(HELLO, Manner())
    began = ear.until_sound()
    assert ear.until_silence() - began < 6.0


def test_what_is_said_stands_in_no_list_of_processes(speaker: Speaker, ear: Ear) -> None:
    speaker.say((Said("Zebedee Quibble " * 20, "en"),), Manner())
    ear.until_sound()
    assert processes_with("espeak-ng")
    assert not processes_with("Quibble")


def test_a_recording_comes_before_the_voice(
    server: str, ear: Ear, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "soo-dhawow.wav"
    with wave.open(str(path), "wb") as clip:
        clip.setframerate(22_050)
        clip.setsampwidth(2)
        clip.setnchannels(1)
        clip.writeframes(b"\x00\x20\x00\xe0" * 22_050)
    monkeypatch.setenv("PULSE_SERVER", server)
    speaker = open_speaker(Clips({("so", "Soo dhawow"): path}), lambda _: None)
    assert speaker is not None
    try:
        assert "so" in speaker.languages()
        speaker.say((Said("Soo dhawow", "so"),), Manner(volume=8))
        began = ear.until_sound()
        assert ear.until_silence() - began == pytest.approx(2.0, abs=0.5)
    finally:
        speaker.close()


def test_a_language_without_voice_and_recording_is_passed_over(speaker: Speaker, ear: Ear) -> None:
    assert "so" not in speaker.languages()
    speaker.say((Said("Soo dhawow", "so"), *HELLO), Manner())
    ear.until_sound()


def test_three_steps_of_volume_are_twelve_decibels(speaker: Speaker, ear: Ear) -> None:
    heard = {}
    for volume in (4, 7):
        speaker.say(LONG, Manner(volume=volume))
        heard[volume] = ear.loudness(2.0)
        speaker.hush()
        ear.until_silence()
    assert heard[7] / heard[4] == pytest.approx(10 ** (12 / 20), rel=0.15)


def test_no_step_is_louder_than_the_loudest() -> None:
    assert [server_volume(step) for step in (8, 9, 99)] == [65536] * 3
    assert server_volume(-5) == server_volume(1) > 0


def test_a_sound_server_that_goes_is_told_once_and_its_return_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[DeviceFact] = SimpleQueue()
    with sound_server(tmp_path) as address:
        monkeypatch.setenv("PULSE_SERVER", address)
        speaker = open_speaker(Clips(), told.put)
        assert speaker is not None
        ear = Ear(address)
        speaker.say(HELLO, Manner())
        ear.until_sound()
        ear.close()
    for _ in range(3):
        speaker.say(HELLO, Manner())
    assert told.get(timeout=20) == DeviceStatus("speech", Condition.FAULT, Reason.NO_ANSWER)
    with sound_server(tmp_path):
        speaker.say(HELLO, Manner())
        assert told.get(timeout=20) == DeviceStatus("speech", Condition.READY)
    speaker.close()
    assert told.empty()


def test_after_the_visit_no_process_waits(speaker: Speaker, ear: Ear, server: str) -> None:
    speaker.say(HELLO, Manner())
    ear.until_sound()
    speaker.rest()
    ear.until_silence()
    speaker.close()
    assert streams(server) == 0
