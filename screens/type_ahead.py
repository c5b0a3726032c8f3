"""Fonts read while the window is being made, on the machine's other core.

Responsible for: making the one typesetter on a thread of its own, and handing it over when it is asked for.
Not responsible for: setting type (`kiosk.typeset`).
"""

import threading

from kiosk.typeset import TextStyle, Typesetter

_FIRST_WORDS = "Welcome"


class TypeAhead:
    """A typesetter that is being made; start it as early as possible."""

    def __init__(self) -> None:
        self._made: Typesetter | None = None
        self._thread = threading.Thread(target=self._make, name="type-ahead")
        self._thread.start()

    def __call__(self) -> Typesetter:
        """Return the typesetter; waits for it if it is not ready."""
        self._thread.join()
        return self._made if self._made is not None else Typesetter()

    def _make(self) -> None:
        typesetter = Typesetter()
        for bold in (False, True):  # the first word in a face reads its font
            typesetter.typeset(_FIRST_WORDS, TextStyle(40.0, bold=bold))
        self._made = typesetter
