"""What a performance needs of the terminal it is performed on.

Responsible for: the protocol. Not responsible for: putting such a terminal up (`kiosk.rehearse.stand`).
"""

from typing import Protocol

from kiosk.core.utterance import Said
from kiosk.core.views import View
from kiosk.rehearse.hand import Hand
from kiosk.rehearse.keypad_hand import KeypadHand


class Stand(Protocol):
    """A terminal with simulated devices, as a performance needs it."""

    hand: Hand
    keypad: KeypadHand

    def view(self) -> View:
        """Return the view that was last sent to the glass."""
        ...

    def settle(self) -> None:
        """Wait until the glass shows the last view; at most a few seconds."""
        ...

    def group_of(self, service: str) -> str:
        """Return the group of a service; raises `RehearsalError` where there is no such service."""
        ...

    def printer(self, fault: str) -> None:
        """Do something to the simulated printer."""
        ...

    def central(self, mode: str) -> None:
        """Make the central service up, down, slow, or refuse."""
        ...

    def card(self, number: str) -> None:
        """Hold a card to the reader."""
        ...

    def document_scanner(self, fault: str) -> None:
        """Do something to the simulated document scanner."""
        ...

    def scan_paper(self) -> None:
        """Show the code on the newest paper to the scanner."""
        ...

    def staff(self) -> tuple[str, str]:
        """Return badge number and PIN of the rehearsal's member of staff."""
        ...

    def headphones(self, state: str) -> None:
        """Plug headphones in, or pull them out."""
        ...

    def heard(self) -> tuple[Said, ...]:
        """Return what was read aloud in this visit."""
        ...

    def let_pass(self, seconds: float) -> None:
        """Move the injected clock on."""
        ...

    def job(self) -> str:
        """Return the word of the latest print outcome, or ``none``."""
        ...

    def case(self) -> str:
        """Return what became of the latest case: ``accepted``, ``waiting``, ``parked`` or ``none``."""
        ...
