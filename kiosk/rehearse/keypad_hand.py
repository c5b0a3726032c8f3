"""A hand on the keypad: moves the ring to what carries a name, and selects it; it never touches the glass.

Responsible for: finding the way by keys alone, as somebody would who feels them.
Not responsible for: what to select (`kiosk.rehearse.performance`).
"""

import socket
import time
from collections.abc import Callable, Iterable
from typing import Final

from kiosk.core.glass_lines import Press, Pressed, Seen, Strike, Target
from kiosk.core.keypad import KeyMeaning, KeypadAct
from kiosk.core.views import View
from kiosk.errors import RehearsalError
from kiosk.rehearse.hand import Hand

_MOST_KEYS: Final = 120
_MS: Final = 1000.0


class KeypadHand(Hand):
    """Do everything by keys of the keypad.

    Args:
        finger: as for a `Hand`; its socket also strikes keys.
        keypad: what each key stands for.
    """

    def __init__(self, finger: Callable[[], socket.socket], keypad: Iterable[KeyMeaning]) -> None:
        super().__init__(finger)
        self._codes = {meaning.act: meaning.code for meaning in reversed(tuple(keypad))}

    def strike(self, act: KeypadAct) -> None:
        """Press and lift the key that stands for an act.

        Raises:
            RehearsalError: no key stands for it.
        """
        code, finger = self._code(act), self._finger()
        try:
            self._ask(Strike(0, "", (), code), Pressed)
        except RehearsalError:
            if self._finger() is finger:
                raise

    def _code(self, act: KeypadAct) -> int:
        if act not in self._codes:
            raise RehearsalError(
                "WALK-018",
                f"No key of the keypad stands for '{act}'.",
                "Add one under 'keypad:' in kiosk.yaml.",
            )
        return self._codes[act]

    def rest(self) -> None:
        """Touch where nothing is, so that the ring goes away."""
        self._ask(Press(1.0, 1.0), Pressed)

    def rounds(self, views: Iterable[View]) -> tuple[Seen, ...]:
        """Say where everything of each view stands, and what the ring came to on the way round by one key."""
        return self.stand(views, round_code=self._code(KeypadAct.DOWN))

    def press(self, target: Target) -> float:
        """Move the ring to a target and select it; returns milliseconds of the last key."""
        for _ in range(_MOST_KEYS):
            act = _way(self.look(), target)
            began = time.monotonic()
            self.strike(act)
            if act is KeypadAct.SELECT:
                return (time.monotonic() - began) * _MS
        raise RehearsalError(
            "WALK-019", f"The keypad does not come to '{target.name}'.", "Report this as a fault."
        )


def missed(seen: Seen) -> list[Target]:
    """Give what can be touched and the ring did not come to.

    Keys of the keyboard are left out: the ring comes to their rows.
    """
    stops = [each for each in seen.targets if each.touchable and each.role != "key"]
    return [each for each in stops if not any(_is_same(each, here) for here in seen.reached)]


def _is_same(one: Target, other: Target) -> bool:
    return (one.role, one.name, one.x, one.y) == (other.role, other.name, other.x, other.y)


def _way(seen: Seen, goal: Target) -> KeypadAct:
    """Say which key brings the ring nearer to a target."""
    stops = [each for each in seen.targets if each.touchable]
    here = next((each for each in stops if each.focused), None)
    there = min(stops, key=lambda each: _unlike(each, goal), default=None)
    if here is None or there is None:
        return KeypadAct.DOWN
    if here == there:
        return KeypadAct.SELECT
    if here.role == there.role == "key":
        return _along_keys(here, there)
    return KeypadAct.DOWN if stops.index(there) > stops.index(here) else KeypadAct.UP


def _unlike(one: Target, goal: Target) -> tuple[bool, float]:
    apart = abs(one.x - goal.x) + abs(one.y - goal.y)
    return (one.role, one.name) != (goal.role, goal.name), apart


def _along_keys(here: Target, there: Target) -> KeypadAct:
    if abs(here.y - there.y) > 1:
        return KeypadAct.DOWN if there.y > here.y else KeypadAct.UP
    return KeypadAct.RIGHT if there.x > here.x else KeypadAct.LEFT
