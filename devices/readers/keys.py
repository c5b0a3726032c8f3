"""Keys of the kernel's input events, turned into the line that was typed.

Responsible for: events split anywhere, Shift, AltGr and Caps Lock, a declared layout, Enter as the end.
Not responsible for: what a line says (the codec behind, the same as on a serial line), or holding the
keyboard alone (`devices.links.input_link`).

An event is ``struct input_event`` of linux/input.h: seconds, microseconds, type, code, value. What a key
types is not in it; that depends on the layout for which the scanner was set, which settings must name.
"""

import struct
from collections.abc import Iterator
from typing import Final

from devices.readers.codec import Octets, ReaderCodec, Reading
from devices.readers.layouts import Layout, Level

EVENT: Final = struct.Struct("@llHHi")
SYNCHRONISED, KEYS = 0x00, 0x01
DROPPED: Final = 0x03
"""The kernel's own word that events were lost: what is typed now has holes."""
UP, DOWN = 0, 1
ENTERS: Final = frozenset({28, 96})
SHIFTS: Final = frozenset({42, 54})
ALT_GR: Final = 100
CAPS_LOCK: Final = 58
COMMANDS: Final = frozenset({29, 56, 97, 125, 126})
"""Ctrl, Alt and the logo keys: what is typed with them is no letter."""
END: Final = b"\r"
NOTHING: Final = b"\x00"
"""What stands for a key that types nothing known; no codec takes a line with it."""
LONGEST_LETTER: Final = 4


class Keys:
    """Follow one keyboard.

    Args:
        layout: what its keys type.
    """

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._held: set[int] = set()
        self._is_capital = False
        self._part = bytearray()

    def feed(self, received: Octets) -> Iterator[bytes]:
        """Take events and yield what each key typed, in UTF-8."""
        self._part += received
        whole = len(self._part) - len(self._part) % EVENT.size
        events = bytes(self._part[:whole])
        del self._part[:whole]
        for _, _, kind, code, value in EVENT.iter_unpack(events):
            if kind == KEYS:
                yield self._key(code, value)
            elif kind == SYNCHRONISED and code == DROPPED:
                self._held.clear()
                yield NOTHING

    def _key(self, code: int, value: int) -> bytes:
        if code in SHIFTS or code in COMMANDS or code == ALT_GR:
            if value == UP:
                self._held.discard(code)
            else:
                self._held.add(code)
            return b""
        if value != DOWN:
            return b""
        if code == CAPS_LOCK:
            self._is_capital = not self._is_capital
            return b""
        if code in ENTERS:
            # A scan that was cut off inside a letter must not leave the next one in capitals.
            self._is_capital = False
            return END
        if self._held & COMMANDS:
            return NOTHING
        return self._layout.typed(code, self._level(), is_capital=self._is_capital) or NOTHING

    def _level(self) -> Level:
        if ALT_GR in self._held:
            return Level.ALT_GR
        return Level.SHIFT if self._held & SHIFTS else Level.PLAIN


class TypedCodec:
    """Any codec of lines behind a keyboard.

    Args:
        keys: what the keyboard types.
        codec: what reads the line.
    """

    def __init__(self, keys: Keys, codec: ReaderCodec) -> None:
        self._keys = keys
        self._codec = codec

    def feed(self, received: Octets) -> list[Reading]:
        """Take events and return each reading that they complete."""
        # Letter by letter, so that what was typed stands nowhere but in the codec's buffer, which it wipes.
        return [reading for letter in self._keys.feed(received) for reading in self._codec.feed(letter)]

    def quiet(self) -> list[Reading]:
        """Take that nothing more is typed."""
        return self._codec.quiet()
