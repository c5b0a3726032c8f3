"""A slip of simulated paper while it comes out of the printer.

Responsible for: collecting bands of dots and lines of text, from the last cut to the next.
Not responsible for: commands (`interpreter`), or the look of the paper around the dots (`photograph`).
"""

from dataclasses import dataclass, field

from PIL import Image


@dataclass(slots=True)
class Slip:
    """What stands on the paper since the last cut.

    Attributes:
        width: printable dots across.
        bands: pictures from the top, 255 is ink, each as wide as the paper.
        lines: what a person would read, from the top.
        codes: contents of the QR codes, in order.
        joins: rows at which one roll ended and the next began.
    """

    width: int
    bands: list[Image.Image] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    joins: list[int] = field(default_factory=list)
    height: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing was printed on it."""
        return not any(line.strip() for line in self.lines) and not self.codes

    def add(self, band: Image.Image) -> None:
        """Put a band of dots below the rest."""
        self.bands.append(band)
        self.height += band.height

    def feed(self, dots: int) -> None:
        """Move the paper without printing."""
        if dots > 0:
            self.add(Image.new("L", (self.width, dots), 0))

    def write(self, line: str) -> None:
        """Note a line for the text of the slip."""
        self.lines.append(line.rstrip())

    def join_rolls(self) -> None:
        """Note that the paper ended here and goes on from another roll."""
        self.joins.append(self.height)
        self.write("- - - - end of roll, new roll - - - -")

    def dots(self) -> Image.Image:
        """Return everything as one picture, 255 is ink."""
        whole = Image.new("L", (self.width, max(1, self.height)), 0)
        top = 0
        for band in self.bands:
            whole.paste(band, (0, top))
            top += band.height
        return whole
