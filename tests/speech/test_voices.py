"""Every language has its voice, at the speed that was asked for; the trap of each is held here."""

import subprocess

import pytest

from kiosk.speech.voices import VOICES, command, voice_of

GREETINGS = {
    "ar": "مرحبا بكم في مبنى البلدية",
    "bn": "টাউন হলে স্বাগতম",
    "cy": "Croeso i dderbynfa Neuadd y Dref",
    "en": "Welcome to the Town Hall reception",
    "es": "Le damos la bienvenida al ayuntamiento",
    "gu": "ટાઉન હોલમાં સ્વાગત છે",
    "it": "Benvenuti al municipio",
    "pa": "ਟਾਊਨ ਹਾਲ ਵਿੱਚ ਜੀ ਆਇਆਂ ਨੂੰ",
    "pl": "Witamy w ratuszu",
    "pt": "Bem-vindo à câmara municipal",
    "ro": "Bine ați venit la primărie",
    "tr": "Belediye binasına hoş geldiniz",
    "uk": "Ласкаво просимо до ратуші",
    "ur": "ٹاؤن ہال میں خوش آمدید",
    "zh": "欢迎来到市政厅",
}
SENTENCE = "Your bin will be collected within two working days. Keep the ticket until then."


def read_aloud(text: str, language: str, rate: int = 100) -> bytes:
    voice = voice_of(language)
    assert voice is not None
    words = command("espeak-ng", voice, rate)
    return subprocess.run(words, input=text.encode(), capture_output=True, check=True).stdout[44:]


def phonemes(text: str, voice: str) -> str:
    words = ["espeak-ng", "-v", voice, "-q", "--ipa", "--stdin"]
    return subprocess.run(words, input=text.encode(), capture_output=True, check=True).stdout.decode()


@pytest.mark.parametrize("language", sorted(VOICES))
def test_a_language_is_read_by_its_own_voice_and_not_spelled_in_english(language: str) -> None:
    heard = phonemes(GREETINGS[language], VOICES[language])
    assert len(read_aloud(GREETINGS[language], language)) > 22_050
    assert "(en)" not in heard


def test_the_plain_voice_for_mandarin_would_spell_in_english() -> None:
    assert "(en)" in phonemes(GREETINGS["zh"], "cmn")


def test_somali_has_no_voice_and_that_is_said_not_hidden() -> None:
    assert voice_of("so") is None


def test_a_region_is_read_by_the_voice_of_its_language() -> None:
    assert voice_of("zh-Hans") == voice_of("zh")


@pytest.mark.parametrize("rate", [50, 75, 125, 150, 175, 200])
def test_a_rate_is_what_it_says(rate: int) -> None:
    usual = len(read_aloud(SENTENCE, "en"))
    assert usual / len(read_aloud(SENTENCE, "en", rate)) == pytest.approx(rate / 100, rel=0.1)
