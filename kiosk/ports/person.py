"""What the service shows and says to a person."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.core.utterance import Manner, Said
from kiosk.core.views import View


class Glass(Protocol):
    """Show views on the panel; no call blocks."""

    def show(self, view: View) -> None:
        """Draw a view."""
        ...

    def replace(self) -> None:
        """Throw the glass of the last visitor away, and use the spare."""
        ...

    def close(self) -> None:
        """End the glass and its spare; may be called twice."""
        ...


class Speaker(Protocol):
    """Say text aloud; new speech cuts the old. No call blocks."""

    def say(self, speech: Sequence[Said], manner: Manner) -> None:
        """Cut what is being said and begin with this."""
        ...

    def hush(self) -> None:
        """Be silent at once."""
        ...

    def rest(self) -> None:
        """Be silent at once, forget what was to be said, and keep nothing ready: the visit is over."""
        ...

    def languages(self) -> frozenset[str]:
        """Return the languages that can be spoken here."""
        ...

    def close(self) -> None:
        """End everything; may be called twice."""
        ...
