"""What the service shows and says to a person."""

from typing import Protocol

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
    """Say text aloud; new speech cuts the old."""

    def say(self, text: str, language: str) -> None:
        """Start to speak at once."""
        ...

    def hush(self) -> None:
        """Be silent at once."""
        ...
