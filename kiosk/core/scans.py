"""Pages of paper that the document scanner read: what is told of each, and what a visit holds of them.

Responsible for: the words in which a scan ends, and the pages of one step as a value.
Not responsible for: reading paper (`devices.documents`), or what follows from it (`kiosk.core.scanning`).
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum


class ScanFault(StrEnum):
    """Why a page did not come."""

    ABSENT = "absent"
    BUSY = "busy"
    LID_OPEN = "lid-open"
    JAM = "jam"
    NO_PAGE = "no-page"
    LOST = "lost"
    """The scanner was there when the page began, and went."""
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    GARBAGE = "garbage"
    """What came is no picture."""
    REFUSED = "refused"
    """The scanner, or the program that drives it, does not do what settings ask of it."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One side of a paper. Neither picture is ever shown to a programmer or written down unsealed.

    Attributes:
        content: a JPEG, as it is kept with the case.
        picture: a smaller JPEG of it for the glass, in base64.
        width_px, height_px: of the smaller one.
    """

    content: bytes = field(repr=False)
    picture: str = field(repr=False)
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class PageScanned:
    """A page that was asked for has been read."""

    request: str
    page: ScannedPage


@dataclass(frozen=True, slots=True)
class PageNotScanned:
    """A page that was asked for did not come."""

    request: str
    fault: ScanFault


ScanOutcome = PageScanned | PageNotScanned


@dataclass(frozen=True, slots=True)
class Scan:
    """What a visit holds of one step that takes pages.

    Attributes:
        pages: that the visitor chose.
        accepted: those of them that were there at Continue: what is sent.
        request: the page being read, or empty.
        looked_at: read, and not yet chosen.
        fault: why the last one did not come, until the next is asked for.
    """

    pages: tuple[ScannedPage, ...] = ()
    accepted: tuple[ScannedPage, ...] = ()
    request: str = ""
    looked_at: ScannedPage | None = None
    fault: ScanFault | None = None

    def at_rest(self) -> "Scan":
        """Keep only the pages that were chosen."""
        return Scan(self.pages, self.accepted)

    def asking(self, request: str) -> "Scan":
        """Wait for a page."""
        return replace(self.at_rest(), request=request)

    def after(self, outcome: ScanOutcome) -> "Scan":
        """Take what came of the page that was waited for."""
        match outcome:
            case PageScanned(_, page):
                return replace(self.at_rest(), looked_at=page)
            case PageNotScanned(_, fault):
                return replace(self.at_rest(), fault=fault)
