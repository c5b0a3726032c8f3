"""A finger on the glass, and eyes to find where to put it.

Responsible for: pressing what carries a name, typing key by key, taking pictures.
Not responsible for: what to press (`kiosk.rehearse.performance`), or delivering a press (`screens.finger`).
"""

import socket
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from kiosk.core.bidi import strip_isolates
from kiosk.core.frames import FrameError, from_line, to_line
from kiosk.core.glass_lines import (
    FingerRefused,
    FromFinger,
    Look,
    Picture,
    Pictured,
    Press,
    Pressed,
    Seen,
    Stand,
    Stood,
    Target,
    ToFinger,
)
from kiosk.core.views import KeyWords, View
from kiosk.errors import RehearsalError

ANSWER_S = 15.0
Answered = TypeVar("Answered", Seen, Stood, Pictured, Pressed)


class Hand:
    """Touch the glass that is in front now.

    Args:
        finger: returns the finger's socket of the glass of the moment; the glass changes with each visitor.
    """

    def __init__(self, finger: Callable[[], socket.socket]) -> None:
        self._finger = finger

    def look(self) -> Seen:
        """Say what is on the glass."""
        return self._ask(Look(), Seen)

    def read(self) -> Seen:
        """Say what is on the glass, with every text as it is drawn."""
        return self._ask(Look(texts=True), Seen)

    def stand(
        self, views: Iterable[View], pictures: Iterable[Path] = (), *, round_code: int = 0
    ) -> tuple[Seen, ...]:
        """Say where everything of each view stands, and what the ring came to by a key.

        Nothing is drawn for it but the pictures, one for each view, where some are wanted.
        """
        return self._ask(
            Stand(tuple(views), round_code, tuple(str(path.absolute()) for path in pictures)), Stood
        ).seen

    def picture(self, path: Path) -> None:
        """Write a picture of the glass: PNG, or PPM if the name ends so."""
        self._ask(Picture(str(path.absolute())), Pictured)

    def press(self, target: Target) -> float:
        """Press the middle of a target; returns milliseconds until the next frame.

        A press that ends the visit ends the glass too, before it can answer: that is no fault.
        """
        middle = Press(target.x + target.width / 2, target.y + target.height / 2)
        finger, began = self._finger(), time.monotonic()
        try:
            return self._ask(middle, Pressed).frame_ms
        except RehearsalError:
            if self._finger() is finger:
                raise
            return (time.monotonic() - began) * 1000

    def _ask(self, asked: ToFinger, expected: type[Answered]) -> Answered:
        finger = self._finger()
        try:
            finger.settimeout(ANSWER_S)
            finger.sendall(to_line(asked))
            answer = from_line(_line(finger), FromFinger)
        except (OSError, FrameError) as problem:
            raise RehearsalError(
                "WALK-010", "The glass does not answer the finger.", "Look at the log of the glass."
            ) from problem
        if isinstance(answer, FingerRefused):
            raise RehearsalError(
                "WALK-011", f"The glass refused: {answer.reason}.", "Report this as a fault."
            )
        if not isinstance(answer, expected):
            raise RehearsalError("WALK-011", "The glass gave another answer.", "Report this as a fault.")
        return answer


def _line(finger: socket.socket) -> bytes:
    parts = bytearray()
    while not parts.endswith(b"\n"):
        part = finger.recv(65536)
        if not part:
            raise ConnectionResetError("the glass closed the finger")
        parts += part
    return bytes(parts)


def find(seen: Seen, name: str, *roles: str) -> Target | None:
    """Find what can be touched and is called this; exactly, else regardless of case."""
    wanted = strip_isolates(name)
    usable = [t for t in seen.targets if t.touchable and (not roles or t.role in roles)]
    exact = [t for t in usable if strip_isolates(t.name) == wanted]
    loose = [t for t in usable if strip_isolates(t.name).casefold() == wanted.casefold()]
    return next(iter(exact or loose), None)


class Typist:
    """Type on the glass's own keyboard, turning its pages as a person would."""

    def __init__(self, hand: Hand, keys: KeyWords) -> None:
        self._hand = hand
        self._keys = keys

    def type(self, text: str) -> list[float]:
        """Press a key for each character; returns the milliseconds of each press.

        Raises:
            RehearsalError: a character that no page of the keyboard has.
        """
        return [self._key(character) for character in text]

    def _key(self, character: str) -> float:
        name = {" ": self._keys.space, "\n": self._keys.next_line}.get(character, character)
        key = self._on_some_page(name)
        if key is None:
            raise RehearsalError(
                "WALK-012",
                f"The keyboard of this field has no key for '{character}'.",
                "Leave the character out of the walk, or choose another kind of step.",
            )
        return self._hand.press(key)

    def _on_some_page(self, name: str) -> Target | None:
        words = self._keys
        turns: list[tuple[str, ...]] = [
            (),
            (words.capitals,),
            (words.letters,),
            (words.letters, words.capitals),
            (words.symbols,),
            (words.accents,),
            (words.accents, words.capitals),
        ]
        for turn in turns:
            for page in turn:
                self._turn(page)
            key = self._find(name)
            if key is not None:
                return key
        return None

    def _turn(self, page: str) -> None:
        key = self._find(page)
        if key is not None:
            self._hand.press(key)

    def _find(self, name: str) -> Target | None:
        keys = [t for t in self._hand.look().targets if t.role == "key"]
        return next((t for t in keys if t.name == name), None)
