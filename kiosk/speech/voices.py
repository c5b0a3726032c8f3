"""Which voice speaks which language, and how espeak-ng is asked for it.

Responsible for: the table of voices, and the words of the command. Pure.
Not responsible for: running it (`kiosk.speech.source`).

Source: espeak-ng 1.51, `espeak-ng --voices` and its manual page. Two traps are in the table: the plain
voice for Mandarin spells its tones in English, and a speed under 80 words a minute is taken as 80.
"""

from typing import Final

from kiosk.core.access import RATES

VOICES: Final = {
    "ar": "ar",
    "bn": "bn",
    "cy": "cy",
    "en": "en-gb",
    "es": "es",
    "gu": "gu",
    "it": "it",
    "pa": "pa",
    "pl": "pl",
    "pt": "pt",
    "ro": "ro",
    "tr": "tr",
    "uk": "uk",
    "ur": "ur",
    "zh": "cmn-latn-pinyin",
}
"""By language; Somali has none, so it is spoken only where a facility has recorded clips."""

USUAL_WPM: Final = 125
SLOWEST_WPM: Final = 80
_GAP_AT_HALF: Final = "7"
"""Hundredths of a second between words that make of 80 words a minute half of 125."""


def voice_languages() -> frozenset[str]:
    """Return the languages that have a voice."""
    return frozenset(VOICES)


def voice_of(language: str) -> str | None:
    """Return the voice of a language such as ``cy`` or ``zh-Hans``; None when there is none."""
    return VOICES.get(language) or VOICES.get(language.partition("-")[0])


def command(program: str, voice: str, rate: int) -> list[str]:
    """Write the command that reads text and writes a WAV stream; the text never stands among its words.

    Args:
        program: path of espeak-ng.
        voice: from `voice_of`.
        rate: percent of 125 words a minute, one of `kiosk.core.access.RATES`.
    """
    wpm = round(USUAL_WPM * rate / 100)
    gap = ["-g", _GAP_AT_HALF] if rate == min(RATES) else []
    return [program, "-v", voice, "-s", str(max(wpm, SLOWEST_WPM)), *gap, "--stdin", "--stdout"]
