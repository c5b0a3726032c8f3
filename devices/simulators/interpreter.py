"""Carries out receipt printer commands on a slip of simulated paper.

Responsible for: letters, sizes, code pages, alignment, QR codes, pictures, feeding.
Not responsible for: time, status, answers, faults (`mechanism`).
"""

from dataclasses import dataclass, field
from typing import Final

from PIL import Image

from devices.simulators.glyphs import glyph
from devices.simulators.grammar import Command
from devices.simulators.qr import QrStore, qr_picture
from devices.simulators.slip import Slip

CODE_PAGES: Final = {0: "cp437", 2: "cp850", 3: "cp860", 4: "cp863", 5: "cp865", 16: "cp1252", 17: "cp866",
                     18: "cp852", 19: "cp858", 45: "cp1250"}  # fmt: skip
FONT_A: Final = (12, 24)
FONT_B: Final = (9, 17)
DEFAULT_SPACING: Final = 30
RASTER_HEADER: Final = 6
DOUBLE: Final = 2


@dataclass(slots=True)
class Cell:
    """A letter on the line that is being filled."""

    letter: str
    width: int
    height: int
    bold: bool


@dataclass(slots=True)
class Modes:
    """What init sets back."""

    page: str = "cp437"
    font: tuple[int, int] = FONT_A
    across: int = 1
    down: int = 1
    bold: bool = False
    align: int = 0
    spacing: int = DEFAULT_SPACING


@dataclass(slots=True)
class Interpreter:
    """Know the modes of a printer and draw on its slip.

    Attributes:
        width: printable dots across.
        slip: the paper since the last cut.
    """

    width: int
    slip: Slip
    modes: Modes = field(default_factory=Modes)
    line: list[Cell] = field(default_factory=list)
    qr: QrStore = field(default_factory=QrStore)

    def obey(self, command: Command) -> int:
        """Carry out one command and return how many rows of paper moved."""
        before = self.slip.height
        self._obey(command)
        return self.slip.height - before

    def _obey(self, command: Command) -> None:  # noqa: C901, PLR0912 - the table of commands, one line each
        rest = command.rest
        match command.name:
            case b"":
                self._text(rest)
            case b"\n":
                self._end_line()
            case b"\x1b@":
                self.modes, self.line = Modes(), []
            case b"\x1bt":
                self.modes.page = CODE_PAGES.get(rest[0], "cp437")
            case b"\x1bM":
                self.modes.font = FONT_B if rest[0] in (1, 49) else FONT_A
            case b"\x1d!":
                self.modes.across, self.modes.down = (rest[0] >> 4) % 8 + 1, rest[0] % 8 + 1
            case b"\x1bE" | b"\x1bG":
                self.modes.bold = bool(rest[0] & 1)
            case b"\x1ba":
                self.modes.align = rest[0] % 48
            case b"\x1b2":
                self.modes.spacing = DEFAULT_SPACING
            case b"\x1b3":
                self.modes.spacing = rest[0]
            case b"\x1bJ":
                self._end_line(rest[0])
            case b"\x1bd":
                self._end_line()
                self.slip.feed(max(0, rest[0] - 1) * self.modes.spacing)
            case b"\x1d(" if rest[:1] == b"k":
                self._code(rest[3:])
            case b"\x1dv":
                self._raster(rest)
            case _:
                pass

    def _text(self, letters: bytes) -> None:
        for letter in letters.decode(self.modes.page, "replace"):
            across, down = self.modes.font
            cell = Cell(letter, across * self.modes.across, down * self.modes.down, self.modes.bold)
            if sum(other.width for other in self.line) + cell.width > self.width:
                self._end_line()
            self.line.append(cell)

    def _end_line(self, feed: int | None = None) -> None:
        """Print the line that was filled, or feed an empty one; the line below keeps its distance."""
        cells, self.line = self.line, []
        height = max((cell.height for cell in cells), default=0)
        wanted = max(height, self.modes.spacing if feed is None else feed)
        if not cells:
            if feed is None:
                self.slip.write("")
            self.slip.feed(wanted)
            return
        row = Image.new("L", (sum(cell.width for cell in cells), height), 0)
        left = 0
        for cell in cells:
            row.paste(glyph(cell.letter, cell.width, cell.height, cell.bold), (left, height - cell.height))
            left += cell.width
        self._place(row, wanted)
        self.slip.write(self._readable(cells))

    def _readable(self, cells: list[Cell]) -> str:
        text = "".join(cell.letter for cell in cells)
        columns = self.width // FONT_A[0]
        return {1: text.center(columns), 2: text.rjust(columns)}.get(self.modes.align, text)

    def _place(self, picture: Image.Image, height: int = 0) -> None:
        """Put a picture across the paper as the alignment says; what hangs over the edge is lost."""
        spare = self.width - picture.width
        left = {1: spare // 2, 2: spare}.get(self.modes.align, 0)
        band = Image.new("L", (self.width, max(height, picture.height)), 0)
        band.paste(picture, (max(0, left), 0))
        self.slip.add(band)

    def _code(self, function: bytes) -> None:
        content = self.qr.obey(function)
        if content is None:
            return
        self._place(qr_picture(content, self.qr.level, self.qr.module))
        self.slip.codes.append(content)
        self.slip.write(f"[QR code: {content}]")

    def _raster(self, rest: bytes) -> None:
        across = (rest[2] + 256 * rest[3]) * 8
        down = rest[4] + 256 * rest[5]
        if not across or not down:
            return
        picture = Image.frombytes("1", (across, down), rest[RASTER_HEADER:]).convert("L")
        wide = DOUBLE if rest[1] & 1 else 1
        tall = DOUBLE if rest[1] & 2 else 1
        self._place(picture.resize((across * wide, down * tall), Image.Resampling.NEAREST))
        self.slip.write(f"[picture {across * wide} x {down * tall} dots]")
