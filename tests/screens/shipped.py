"""The keyboards that come with the terminal, as the service hands them to a glass."""

from functools import cache
from pathlib import Path

from kiosk.core.keyboards import WrittenKeyboard
from kiosk.settings.reading import Reading
from kiosk.settings.typing_keys import read_typing_keys


@cache
def shipped_keyboards() -> tuple[WrittenKeyboard, ...]:
    """Read them once."""
    return read_typing_keys(Reading(Path("no-folder")), ("en",)).keyboards
