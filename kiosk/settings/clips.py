"""Recordings of sentences: ``clips/CODE.yaml`` names the file of each sentence in the folder ``clips/CODE``.

Responsible for: finding the recordings, and saying which cannot be played, by line and column.
Not responsible for: playing them (`kiosk.speech`).
"""

import wave
from collections.abc import Iterator, Mapping
from pathlib import Path

from kiosk.core.utterance import CLIP_FORM
from kiosk.settings.problems import quoted
from kiosk.settings.reading import Reading
from kiosk.settings.tree import Text

Clips = Mapping[tuple[str, str], Path]


def read_clips(reading: Reading) -> Clips:
    """Return the recordings by language and sentence; everything wrong is noted."""
    return {
        (index.stem, sentence): sound
        for index in sorted(((reading.local or reading.folder) / "clips").glob("*.yaml"))
        for sentence, sound in _of_language(reading, index)
    }


def _of_language(reading: Reading, index: Path) -> Iterator[tuple[str, Path]]:
    table = reading.table(index)
    for sentence, name in table.entries if table else ():
        if not isinstance(name, Text):
            reading.notes_of(index).problem(
                "SET-204", name.place, "A recording is one file name.", "Write the name of a WAV file."
            )
            continue
        sound = index.with_suffix("") / name.text
        if _is_playable(reading, index, name, sound):
            yield sentence.text, sound


def _is_playable(reading: Reading, index: Path, name: Text, sound: Path) -> bool:
    notes = reading.notes_of(index)
    try:
        with wave.open(str(sound)) as read:
            form = (read.getframerate(), read.getsampwidth() * 8, read.getnchannels())
    except OSError:
        notes.problem(
            "SET-423",
            name.place,
            f"There is no recording {quoted(name.text)} in the folder clips/{index.stem}.",
            "Put the file there, or take the line away; a voice then reads the sentence, if there is one.",
        )
        return False
    except (wave.Error, EOFError):
        form = (0, 0, 0)
    if form == CLIP_FORM:
        return True
    notes.problem(
        "SET-424",
        name.place,
        f"The recording {quoted(name.text)} is not a WAV file of 22,050 Hz, 16 bits and one channel.",
        f"Make it one with 'sox {name.text} -r 22050 -b 16 -c 1 new.wav'.",
    )
    return False
