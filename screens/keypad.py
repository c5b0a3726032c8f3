"""The keypad: a declared few keys become moves on the glass, and nothing else of a keyboard means anything.

Responsible for: which presses count: declared, alone, not repeated by being held.
Not responsible for: what a press moves (`screens.ring`), or which keys there are (the service says).

Why this opens no hatch: docs/decisions/0056-keypad-listens-at-the-wall.md.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from kiosk.core.keypad import KeyMeaning, KeypadAct

CHORDS: Final = frozenset({"ctrl", "alt", "alt-gr", "meta", "shift"})
TREMBLE_S: Final = 0.12
"""The same key again within this time is a finger that trembles."""


class Keypad:
    """Hear keys as they are swallowed, and act on the declared ones.

    Args:
        keys: what means something.
        acts: takes each act, at most one for a press.
        now: seconds of a clock that never goes back.
    """

    def __init__(
        self, keys: Iterable[KeyMeaning], acts: Callable[[KeypadAct], None], now: Callable[[], float]
    ) -> None:
        self._acts = {key.code: key.act for key in keys}
        self._act = acts
        self._now = now
        self._down: int | None = None
        self._last: tuple[int, float] | None = None

    def listen(self, window: Any) -> None:
        """Stand before those who swallow every key, and swallow every key as well."""
        window.bind(on_key_down=self._key_down, on_key_up=self._key_up)

    def _key_down(self, _window: Any, _key: int, code: int, _text: str, held: list[str]) -> bool:
        act = self._acts.get(code)
        if act is not None and not CHORDS.intersection(held) and self._counts(code):
            self._act(act)
        return True

    def _key_up(self, _window: Any, _key: int, code: int) -> bool:
        if code == self._down:
            self._down = None
        return True

    def _counts(self, code: int) -> bool:
        """Refuse a key that is held, and a second press of it at once."""
        now_s = self._now()
        last, self._last = self._last, (code, now_s)
        is_held, self._down = self._down == code, code
        trembles = last is not None and last[0] == code and now_s - last[1] < TREMBLE_S
        return not is_held and not trembles
