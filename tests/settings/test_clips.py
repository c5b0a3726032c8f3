"""Recordings that a facility made are found by their sentence, or told with their cure."""

import wave
from pathlib import Path

from kiosk.settings import load_facility
from tests.settings.facility_files import write_facility


def record(path: Path, hertz: int = 22_050) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as clip:
        clip.setframerate(hertz)
        clip.setsampwidth(2)
        clip.setnchannels(1)
        clip.writeframes(bytes(200))


def test_a_recording_is_found_by_language_and_sentence(tmp_path: Path) -> None:
    folder = write_facility(tmp_path, {})
    record(folder / "clips/en/welcome.wav")
    (folder / "clips/en.yaml").write_text('"Touch your language to begin": welcome.wav\n', "utf-8")
    clips = load_facility(folder).terminal.clips
    assert clips == {("en", "Touch your language to begin"): folder / "clips/en/welcome.wav"}


def test_recordings_that_cannot_be_played_are_told_by_line_with_the_command_that_mends_them(
    tmp_path: Path,
) -> None:
    folder = write_facility(tmp_path, {})
    record(folder / "clips/en/fast.wav", hertz=44_100)
    (folder / "clips/en/text.wav").write_text("no sound")
    (folder / "clips/en.yaml").write_text("One: gone.wav\nTwo: fast.wav\nThree: text.wav\n", "utf-8")
    told = [(p.line, p.code, p.do) for p in load_facility(folder).problems]
    assert [(line, code) for line, code, _ in told] == [(1, "SET-423"), (2, "SET-424"), (3, "SET-424")]
    assert "sox fast.wav -r 22050 -b 16 -c 1 new.wav" in told[1][2]
