"""Everything that can be wrong with a simulated receipt printer, and how it tells so.

Responsible for: sensors and switches, and the status bytes that follow from them.
Not responsible for: when the bytes are sent (`mechanism`) or who sets a fault (`printer`).
"""

from dataclasses import dataclass

ROWS_PER_LINE = 30


@dataclass(slots=True)
class Faults:
    """The condition of a printer.

    Attributes:
        rows_left: rows of paper until the roll ends; None for a roll that never does.
        mute: takes and prints everything, answers nothing.
        stall: takes nothing any more.
        late_s: how much later the answers come that stand in line.
        double: every answer is sent twice.
        has_completion: knows the completion command.
        has_queued_status: knows the status question that stands in line.
        lacks_asb: knows no automatic status.
        has_clear: knows the order to drop what it has received.
        nameless: says neither model nor serial number.
    """

    cover_open: bool = False
    paper_out: bool = False
    near_end: bool = False
    jam: bool = False
    cutter: bool = False
    overheated: bool = False
    broken: bool = False
    rows_left: int | None = None
    mute: bool = False
    stall: bool = False
    late_s: float = 0.0
    double: bool = False
    has_completion: bool = True
    has_queued_status: bool = True
    lacks_asb: bool = False
    has_clear: bool = True
    nameless: bool = False

    @property
    def stopped(self) -> bool:
        """Whether nothing is carried out at the moment."""
        return self.has_error or self.cover_open or self.paper_out or self.stall

    @property
    def has_error(self) -> bool:
        """Whether a fault other than paper and cover stands."""
        return self.jam or self.cutter or self.overheated or self.broken

    @property
    def offline(self) -> bool:
        """Whether the printer calls itself offline."""
        return self.has_error or self.cover_open or self.paper_out

    def use_paper(self, rows: int) -> None:
        """Let so many rows run through; the roll may end."""
        if self.rows_left is not None and rows > 0:
            self.rows_left -= rows
            self.paper_out = self.rows_left <= 0

    def lines_left(self, lines: int) -> None:
        """Leave so many lines on the roll."""
        self.rows_left = lines * ROWS_PER_LINE
        self.paper_out = self.rows_left <= 0

    def new_roll(self) -> None:
        """Put in a full roll."""
        self.rows_left = None
        self.paper_out = self.near_end = False

    def automatic(self) -> bytes:
        """Return the four bytes of the automatic status."""
        first = 0x10 | 0x08 * self.offline | 0x20 * self.cover_open
        second = 0x04 * self.jam | 0x08 * self.cutter | 0x20 * self.broken | 0x40 * self.overheated
        return bytes([first, second, self.paper_bits(), 0x00])

    def paper_bits(self) -> int:
        """Return the paper sensors as the queued question and the automatic status show them."""
        return 0x03 * (self.near_end or self.paper_out) | 0x0C * self.paper_out

    def real_time(self, question: int) -> bytes:
        """Return the one byte that answers DLE EOT."""
        match question:
            case 1:
                bits = 0x08 * self.offline
            case 2:
                bits = 0x04 * self.cover_open | 0x20 * self.paper_out | 0x40 * self.has_error
            case 3:
                bits = 0x04 * self.jam | 0x08 * self.cutter | 0x20 * self.broken | 0x40 * self.overheated
            case _:
                bits = 0x0C * (self.near_end or self.paper_out) | 0x60 * self.paper_out
        return bytes([0x12 | bits])
