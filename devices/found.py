"""What was found on this machine, for the command ``kiosk devices``.

Responsible for: the one value in which everything that finds something tells it.
Not responsible for: finding (`discovery`, `surroundings`), or printing the list (the command).
"""

from dataclasses import dataclass

from kiosk.core.hardware import Reason


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A port of this machine, and what answered there.

    Attributes:
        path: the name to use, the one that stays if there is one.
        description: what the system knows of it.
        answer: ``receipt printer``, ``no answer``, ``in use or not allowed``, or what
            drives it.
        model: what a printer called itself; untrusted.
        reason: what a person must put right at a printer.
        setting: the line to put under ``devices:`` in kiosk.yaml; empty when there is nothing to suggest.
    """

    path: str
    description: str
    answer: str
    model: str = ""
    reason: Reason = Reason.NONE
    setting: str = ""
