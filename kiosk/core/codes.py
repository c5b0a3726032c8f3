"""Codes that a visitor's screen can show small, for the member of staff who is asked about it.

Responsible for: one row each, code, what happened, what to do; docs/errors.md is made from them.
Not responsible for: errors that are raised (`kiosk.errors`).
"""

from typing import Final

from kiosk.core.scans import ScanFault

SLOW_STORE = (
    "VISIT-001",
    "The terminal did not keep a case in time; the visitor was told that nothing was sent.",
    "Look at the disk of the terminal and at its log.",
)
BROKEN_VIEW = (
    "VISIT-003",
    "The glass could not draw a view; the visitor was sent to reception.",
    "Look for glass.broke in the log, and report the place it names.",
)
UNFORESEEN = (
    "VISIT-002",
    "Something broke while a visitor was served; the visitor was sent to reception.",
    "Look for visit.broke or errand.broke in the log, and report the place it names.",
)
SCAN: Final = {
    ScanFault.ABSENT: (
        "SCAN-001",
        "The document scanner is not there; a visitor could not scan a page.",
        "Check its cable, its power and that sane-utils is installed, then run kiosk devices test.",
    ),
    ScanFault.BUSY: (
        "SCAN-002",
        "The document scanner is in use by another program.",
        "End that program; nothing but the terminal may use the scanner.",
    ),
    ScanFault.LID_OPEN: (
        "SCAN-003",
        "The lid of the document scanner is open; the visitor was asked to close it.",
        "Close the lid.",
    ),
    ScanFault.JAM: (
        "SCAN-004",
        "A page is stuck in the document scanner.",
        "Open the scanner, take the page out and give it back to the visitor.",
    ),
    ScanFault.NO_PAGE: (
        "SCAN-005",
        "The feeder of the document scanner holds no page; the visitor was asked to put one in.",
        "Put the page in until the scanner takes it.",
    ),
    ScanFault.LOST: (
        "SCAN-006",
        "The document scanner stopped in the middle of a page.",
        "Check its cable and its power, then run kiosk devices test.",
    ),
    ScanFault.TOO_SLOW: (
        "SCAN-007",
        "The document scanner did not finish a page in time.",
        "Switch it off and on, then run kiosk devices test.",
    ),
    ScanFault.TOO_LARGE: (
        "SCAN-008",
        "The document scanner sent more than a page can hold.",
        "Run kiosk devices test; if it says so again, report the model of the scanner.",
    ),
    ScanFault.GARBAGE: (
        "SCAN-009",
        "The document scanner sent something that is no picture.",
        "Run kiosk devices test; if it says so again, report the model of the scanner.",
    ),
    ScanFault.REFUSED: (
        "SCAN-010",
        "The document scanner, or the program that drives it, refused what settings ask of it.",
        "Look for scan.refused in the log, and correct document-scanner in kiosk.yaml.",
    ),
}
"""Why a page was not scanned; shown small under what the visitor can do about it."""
