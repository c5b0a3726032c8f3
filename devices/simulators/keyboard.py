"""The keyboard inside a scanner that types: from letters to the kernel's input events.

Responsible for: which key a letter needs on a US and on a UK keyboard, and the events the kernel makes of it.
Not responsible for: where they go (`key_wire`). Written from linux/input.h, not from the driver.
"""

import struct
from collections.abc import Iterator
from typing import Final

SYN, KEY, SCAN = 0, 1, 4
SCAN_CODE: Final = 4
HID_PAGE: Final = 0x70000
ENTER, LEFT_SHIFT, F13 = 28, 42, 183
DIGITS: Final = {letter: code for code, letter in enumerate("1234567890", 2)}
LETTERS: Final = {
    letter: first + place
    for first, row in ((16, "qwertyuiop"), (30, "asdfghjkl"), (44, "zxcvbnm"))
    for place, letter in enumerate(row)
}
SAME: Final = {
    "-": 12,
    "=": 13,
    "[": 26,
    "]": 27,
    ";": 39,
    "'": 40,
    "`": 41,
    ",": 51,
    ".": 52,
    "/": 53,
    " ": 57,
}
SAME_SHIFTED: Final = {
    "!": 2, "$": 5, "%": 6, "^": 7, "&": 8, "*": 9, "(": 10, ")": 11, "_": 12, "+": 13, "{": 26, "}": 27,
    ":": 39, "<": 51, ">": 52, "?": 53,
}  # fmt: skip
OWN: Final = {
    "us": ({"\\": 43}, {"@": 3, "#": 4, '"': 40, "~": 41, "|": 43}),
    "gb": ({"\\": 86, "#": 43}, {'"': 3, "£": 4, "@": 40, "~": 43, "|": 86, "¬": 41}),
}
LAYOUTS: Final = tuple(OWN)


def typed(text: str, layout: str) -> bytes:
    """Return the events that the kernel makes of a text; a letter without a key becomes a key without one."""
    return b"".join(_letter(letter, layout) for letter in text)


def _letter(letter: str, layout: str) -> bytes:
    plain, shifted = OWN[layout]
    if letter in "\r\n":
        return b"".join(_press(ENTER))
    if letter.islower() and letter in LETTERS:
        return b"".join(_press(LETTERS[letter]))
    if letter.lower() in LETTERS:
        return b"".join(_shifted(LETTERS[letter.lower()]))
    for keys in (plain, DIGITS, SAME):
        if letter in keys:
            return b"".join(_press(keys[letter]))
    for keys in (shifted, SAME_SHIFTED):
        if letter in keys:
            return b"".join(_shifted(keys[letter]))
    return b"".join(_press(F13))


def _press(code: int) -> Iterator[bytes]:
    for value in (1, 0):
        yield _event(SCAN, SCAN_CODE, HID_PAGE + code) + _event(KEY, code, value) + _event(SYN, 0, 0)


def _shifted(code: int) -> Iterator[bytes]:
    yield _event(KEY, LEFT_SHIFT, 1) + _event(SYN, 0, 0)
    yield from _press(code)
    yield _event(KEY, LEFT_SHIFT, 0) + _event(SYN, 0, 0)


def _event(kind: int, code: int, value: int) -> bytes:
    return struct.pack("@llHHi", 0, 0, kind, code, value)
