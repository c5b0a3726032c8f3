"""One ticket as it stands in `tickets/NAME.yaml`.

Responsible for: the parts a ticket is laid out of, and building the core's layout.
Not responsible for: filling a layout in (`kiosk.core.slip`).
"""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from kiosk.core.facility import LayoutPart
from kiosk.core.ticket import Align, Size
from kiosk.settings.documents.document import Document, Said

PLACES = (
    "council", "facility", "terminal", "service", "reference", "queue_number", "date", "time", "next", "host",
)  # fmt: skip


class PartDocument(Document):
    """One part; its first word says which."""

    part: ClassVar[str] = ""
    only_if: str = Field(default="", description="Print it only if this place is not empty.")

    def built(self) -> LayoutPart:
        """Return the core's part."""
        given: dict[str, Any] = {name: getattr(self, name) for name in self.model_fields_set}
        return LayoutPart(self.part, **given)


class LineDocument(PartDocument):
    """A line of text."""

    part = "line"
    text: Annotated[str, Said(200), Field(min_length=1)]
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.START
    both: bool = Field(default=False, description="Also in English, below the visitor's language.")


class PairDocument(PartDocument):
    """A label and its value on one line."""

    part = "pair"
    text: Annotated[str, Field(min_length=1, description="The value, such as {reference}.")]
    label: Annotated[str, Said(30), Field(min_length=1)]
    both: bool = Field(default=False, description="Also in English, below the visitor's language.")


class RuleDocument(PartDocument):
    """A line across the paper."""

    part = "rule"

    def built(self) -> LayoutPart:
        """Return the core's part."""
        return LayoutPart(self.part, only_if=self.only_if)


class LogoDocument(PartDocument):
    """The council's mark: the picture that kiosk.yaml names under devices, printer, logo."""

    part = "logo"

    def built(self) -> LayoutPart:
        """Return the core's part."""
        return LayoutPart(self.part, only_if=self.only_if)


class SpaceDocument(PartDocument):
    """Empty paper."""

    part = "space"
    height_mm: float = Field(default=3.0, gt=0, le=50, description="Millimetres.")


class CodeDocument(PartDocument):
    """A QR code that leads to the council's own host."""

    part = "code"
    text: Annotated[str, Field(min_length=1, description="Begins with https://{host}/.")]
    label: Annotated[str, Said(60)] = ""


PARTS: dict[str, tuple[type[PartDocument], str]] = {
    "line": (LineDocument, "text"),
    "pair": (PairDocument, "text"),
    "rule": (RuleDocument, ""),
    "space": (SpaceDocument, "height-mm"),
    "code": (CodeDocument, "text"),
    "logo": (LogoDocument, ""),
}
"""For each first word: the shape, and the key that the word's own value stands for."""


class TicketDocument(Document):
    """A whole slip, from the top edge to the cut."""

    parts: list[Any] = Field(min_length=1, max_length=60)
