"""What a receipt printer's sensors say.

Responsible for: the meaning of status bits, and the one reason that a person should be told.
Not responsible for: how the bits come (`decoder`) or what follows from them (`conversation`).
"""

from dataclasses import dataclass, replace
from typing import Final

from kiosk.core.hardware import Reason


@dataclass(frozen=True, slots=True)
class Flags:
    """The sensors and errors of a printer, as last told."""

    offline: bool = False
    cover_open: bool = False
    paper_out: bool = False
    paper_low: bool = False
    jam: bool = False
    cutter: bool = False
    overheated: bool = False
    unrecoverable: bool = False

    @property
    def reason(self) -> Reason:
        """Return the first thing that a person must put right; NONE when the printer can print."""
        causes = (
            (self.cover_open, Reason.COVER_OPEN),
            (self.paper_out, Reason.PAPER_OUT),
            (self.unrecoverable, Reason.UNRECOVERABLE),
            (self.cutter, Reason.CUTTER),
            (self.jam, Reason.JAM),
            (self.overheated, Reason.OVERHEATED),
            (self.offline, Reason.OFFLINE),
        )
        return next((reason for applies, reason in causes if applies), Reason.NONE)

    @property
    def blocked(self) -> bool:
        """Whether the printer cannot print now."""
        return self.reason is not Reason.NONE


CLEAR: Final = Flags()

OFFLINE: Final = 0x08
AUTO_COVER: Final = 0x20
JAM: Final = 0x04
CUTTER: Final = 0x08
UNRECOVERABLE: Final = 0x20
PASSING: Final = 0x40
NEAR_END: Final = 0x03
END: Final = 0x0C
COVER: Final = 0x04
STOPPED_BY_PAPER: Final = 0x20
ROLL_NEAR_END: Final = 0x0C
ROLL_END: Final = 0x60

QUESTIONS: Final = (1, 2, 3, 4)


def from_automatic(octets: bytes) -> Flags:
    """Read the four bytes of the automatic status."""
    first, second, third, _ = octets
    return Flags(
        offline=bool(first & OFFLINE),
        cover_open=bool(first & AUTO_COVER),
        paper_out=bool(third & END),
        paper_low=bool(third & NEAR_END),
        jam=bool(second & JAM),
        cutter=bool(second & CUTTER),
        overheated=bool(second & PASSING),
        unrecoverable=bool(second & UNRECOVERABLE),
    )


def with_answer(flags: Flags, question: int, bits: int) -> Flags:
    """Add what the answer to one real-time question says."""
    match question:
        case 1:
            return replace(flags, offline=bool(bits & OFFLINE))
        case 2:
            return replace(flags, cover_open=bool(bits & COVER), paper_out=bool(bits & STOPPED_BY_PAPER))
        case 3:
            return replace(
                flags,
                jam=bool(bits & JAM),
                cutter=bool(bits & CUTTER),
                unrecoverable=bool(bits & UNRECOVERABLE),
                overheated=bool(bits & PASSING),
            )
        case 4:
            out = flags.paper_out or bool(bits & ROLL_END)
            return replace(flags, paper_low=bool(bits & ROLL_NEAR_END), paper_out=out)
        case _:
            raise ValueError(f"there is no question {question}")
