"""A keypad with raised keys, or two switches: what its keys mean.

Responsible for: the acts a key can stand for, and the names of keys.
Not responsible for: which key stands for what (`keypad:` in kiosk.yaml), or doing it (`screens.keypad`).

A key is known by its usage on the keyboard page of USB HID (HID Usage Tables 1.12, section 10), the number
that makers of keypads list and that SDL hands on as its scancode. It does not depend on a layout.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class KeypadAct(StrEnum):
    """What a key does. The first eleven move on the glass, the others belong to speech."""

    UP = "up"
    DOWN = "down"
    LEFT = "left"
    RIGHT = "right"
    NEXT = "next"
    PREVIOUS = "previous"
    SELECT = "select"
    BACK = "back"
    HELP = "help"
    ACCESS = "access"
    LANGUAGE = "language"
    REPEAT = "repeat"
    LOUDER = "louder"
    QUIETER = "quieter"
    FASTER = "faster"
    SLOWER = "slower"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class KeyMeaning:
    """One key: its usage number, and what it stands for."""

    code: int
    act: KeypadAct


KEY_CODES: Final = {
    "enter": 40, "escape": 41, "backspace": 42, "tab": 43, "space": 44, "pause": 72, "insert": 73, "home": 74,
    "page-up": 75, "delete": 76, "end": 77, "page-down": 78, "right": 79, "left": 80, "down": 81, "up": 82,
    "keypad-enter": 88, "volume-up": 128, "volume-down": 129,
    **{f"f{n}": 57 + n for n in range(1, 13)},
    **{f"f{n}": 91 + n for n in range(13, 25)},
    **{f"keypad-{n % 10}": 88 + n for n in range(1, 11)},
}  # fmt: skip
"""Keys by name. Letters and digits are not among them: a scanner that poses as a keyboard types those."""
