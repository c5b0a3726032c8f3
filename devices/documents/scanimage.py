"""What is said to SANE's program ``scanimage``, and what its answers mean; no process is touched here.

Responsible for: its words, its list of devices, and why it sent no page.
Not responsible for: running it (`running`), or the picture it sends (`pnm`).

Source: scanimage(1) and the texts of sane_strstatus() in sane-backends 1.1 and 1.2, tried on its own backend
``test``. Its exit code is no witness: after "Scanner cover is open" it was seen to end with 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kiosk.core.scans import ScanFault

SCANIMAGE: Final = ("scanimage",)
PREFIX: Final = "sane:"
ANY: Final = "any"
DPI: Final = 200
"""Small print of a letter is read at it, and a page stays under a megabyte."""
WIDTH_MM, HEIGHT_MM = 210, 297
_BETWEEN: Final = "|"
_MEANINGS: Final = (
    ("Device busy", ScanFault.BUSY),
    ("Document feeder jammed", ScanFault.JAM),
    ("Document feeder out of documents", ScanFault.NO_PAGE),
    ("Scanner cover is open", ScanFault.LID_OPEN),
    ("setting of option", ScanFault.REFUSED),
    ("unrecognized option", ScanFault.REFUSED),
    ("Access to resource has been denied", ScanFault.REFUSED),
    ("open of device", ScanFault.ABSENT),
    ("no SANE devices found", ScanFault.ABSENT),
    ("Error during device I/O", ScanFault.LOST),
    ("Operation was cancel", ScanFault.LOST),
)
"""The first that is found counts: what fails while a device is opened says why behind it."""


@dataclass(frozen=True, slots=True)
class ScannerAsked:
    """What settings say of the document scanner.

    Attributes:
        address: ``sane:`` and how its name at SANE begins, or ``sane:any``.
        colour: scan in colours; grey otherwise.
        source: by the scanner's own word, such as ``Flatbed``; empty leaves it to the scanner.
        program: what is run; a rehearsal runs a simulated one.
    """

    address: str
    colour: bool = False
    source: str = ""
    program: tuple[str, ...] = SCANIMAGE


@dataclass(frozen=True, slots=True)
class Listed:
    """A scanner that SANE knows of: its name, and what it is."""

    name: str
    model: str


def words_to_list(asked: ScannerAsked) -> list[str]:
    """Ask which scanners there are."""
    return [*asked.program, f"--formatted-device-list=%d{_BETWEEN}%v %m%n"]


def listed(told: str) -> tuple[Listed, ...]:
    """Read the list."""
    lines = (line.partition(_BETWEEN) for line in told.splitlines())
    return tuple(Listed(name.strip(), model.strip()) for name, bar, model in lines if bar and name.strip())


def chosen(asked: ScannerAsked, there: Sequence[Listed]) -> Listed | None:
    """Pick the one that settings mean: names of USB scanners end in numbers that change with every plug."""
    wanted = asked.address.removeprefix(PREFIX)
    return next((each for each in there if wanted == ANY or each.name.startswith(wanted)), None)


def words_to_scan(asked: ScannerAsked, name: str) -> list[str]:
    """Ask for one page, as a picture on standard output."""
    source = [f"--source={asked.source}"] if asked.source else []
    return [
        *asked.program,
        f"--device-name={name}",
        "--format=pnm",
        *source,
        f"--mode={'Color' if asked.colour else 'Gray'}",
        f"--resolution={DPI}",
        "-x",
        str(WIDTH_MM),
        "-y",
        str(HEIGHT_MM),
    ]


def fault_in(told: str) -> ScanFault | None:
    """Say why no page came, from what was said on standard error; None where nothing there says it."""
    return next((fault for words, fault in _MEANINGS if words in told), None)
