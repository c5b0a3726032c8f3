"""Codes that a visitor's screen can show small, for the member of staff who is asked about it.

Responsible for: one row each, code, what happened, what to do; docs/errors.md is made from them.
Not responsible for: errors that are raised (`kiosk.errors`).
"""

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
