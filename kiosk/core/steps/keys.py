"""The words on keys that are not letters."""

from kiosk.core.views import KeyWords
from kiosk.core.words import Words


def key_words(words: Words) -> KeyWords:
    """Name the keys in the visitor's language."""
    return KeyWords(
        space=words.say("Space"),
        delete=words.say("Delete"),
        capitals=words.say("Capitals"),
        symbols=words.say("Signs"),
        letters=words.say("Letters"),
        accents=words.say("Accents"),
        next_line=words.say("New line"),
    )
