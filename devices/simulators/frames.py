"""The frames that simulated card readers and scanners send.

Responsible for: the bytes of one card or code on each kind of reader.
Not responsible for: when they are sent (`badge`). Written from the readers' data sheets, not from the driver.
"""

from collections.abc import Callable
from typing import Final

START: Final = b"\x02"
END: Final = b"\x03"
SHORT_DIGITS: Final = 10
LINE_DIGITS: Final = (8, 10, 14, 20)
SUFFIXES: Final = {"cr": b"\r", "lf": b"\n", "crlf": b"\r\n", "none": b""}
BADGE_DIGITS: Final = {6: 26, 8: 34}


def frame(kind: str, number: str, suffix: str = "crlf") -> bytes:
    """Return what a reader of this kind sends for a card.

    Args:
        kind: one of `KINDS`.
        number: hexadecimal digits; decimal ones for a stripe, or its tracks; any text for a scanner.
        suffix: how a line ends, where the kind sends lines: ``cr``, ``lf``, ``crlf`` or ``none``.

    Raises:
        ValueError: this kind of reader cannot read such a card.
    """
    return _MAKERS[kind](number, SUFFIXES[suffix])


def _hex(number: str) -> str:
    digits = number.upper()
    if not digits or any(digit not in "0123456789ABCDEF" for digit in digits):
        raise ValueError(f"'{number}' is no card number: use hexadecimal digits, for instance 04A1B2C3D4")
    return digits


def _chip(number: str, suffix: bytes) -> bytes:
    digits = _hex(number)
    if len(digits) not in LINE_DIGITS:
        raise ValueError(f"a card of this kind has 8, 10, 14 or 20 digits, '{number}' has {len(digits)}")
    return digits.encode() + suffix


def _badge(number: str, tail: bytes) -> bytes:
    digits = _hex(number)
    if len(digits) != SHORT_DIGITS:
        raise ValueError(f"a card of this kind has 10 digits, '{number}' has {len(digits)}")
    total = 0
    for place in range(0, SHORT_DIGITS, 2):
        total ^= int(digits[place : place + 2], 16)
    return START + digits.encode() + f"{total:02X}".encode() + tail + END


def _wiegand(number: str) -> str:
    digits = _hex(number)
    if len(digits) not in BADGE_DIGITS:
        raise ValueError(f"a badge of this kind has 6 or 8 digits, '{number}' has {len(digits)}")
    content = bin(int("1" + digits, 16))[3:]
    middle = len(content) // 2
    even = "1" if content[:middle].count("1") % 2 else "0"
    odd = "0" if content[middle:].count("1") % 2 else "1"
    return even + content + odd


def _wiegand_hex(number: str, suffix: bytes) -> bytes:
    bits = _wiegand(number)
    return f"{int(bits, 2):0{-(-len(bits) // 4)}X}".encode() + suffix


def _stripe(number: str, suffix: bytes) -> bytes:
    """Return tracks as they are given, or put a number on track 2 with its check character."""
    if number[:1] in ("%", ";"):
        return number.encode("ascii") + suffix
    if not number.isascii() or not number.isdecimal():
        raise ValueError(f"'{number}' is no stripe: give a decimal number, or tracks such as ;1234?")
    track = f";{number}?"
    check = 0
    for letter in track:
        check ^= ord(letter) & 0x0F
    return (track + chr(0x30 | check)).encode() + suffix


def _code(number: str, suffix: bytes) -> bytes:
    return number.encode() + suffix


_MAKERS: Final[dict[str, Callable[[str, bytes], bytes]]] = {
    "id12": lambda number, _: _badge(number, b"\r\n"),
    "rdm6300": lambda number, _: _badge(number, b""),
    "uid-line": _chip,
    "wiegand-bits": lambda number, suffix: _wiegand(number).encode() + suffix,
    "wiegand-hex": _wiegand_hex,
    "magstripe": _stripe,
    "scanner": _code,
}
KINDS: Final = tuple(_MAKERS)
TYPED_KINDS: Final = tuple(kind for kind in KINDS if kind not in ("id12", "rdm6300"))
"""What a keyboard can type: lines."""
