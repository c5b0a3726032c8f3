"""Every state of a step that takes pages, with a page whose upper half is dark."""

import base64
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

from kiosk.core import views as v
from kiosk.core.events import Continued, PageRemoved, PageUsed, ScanAsked, ScanStopped
from tests.screens.sample_parts import ENGLISH, wrong

ASKED = "Show us a letter with your name and address (optional)"
HINT = "For example, a bank statement or a gas or electricity bill from the last 3 months"
SIZE = (424, 600)
DARK, LIGHT = 20, 250


def half_dark() -> str:
    """Give the page as a JPEG in base64."""
    page, written = Image.new("L", SIZE, LIGHT), BytesIO()
    page.paste(DARK, (0, 0, SIZE[0], SIZE[1] // 2))
    page.save(written, "JPEG", quality=95)
    return base64.b64encode(written.getvalue()).decode("ascii")


def pages() -> Iterator[tuple[str, v.View]]:
    ask, skip = (
        v.Button("Scan the page", ScanAsked("step")),
        v.Button("Go on without a document", Continued("step")),
    )
    lay = v.PageSlot("Lay the page face down on the scanner, then touch Scan the page")
    yield "page-lay", v.View(ENGLISH, v.Question("step", ASKED, lay, ask, HINT, skip=skip))
    jam = wrong(("", "The page is stuck in the scanner. Ask a member of staff to take it out"))
    stuck = v.PageSlot(lay.text, code="SCAN-004")
    yield "page-jam", v.View(ENGLISH, v.Question("step", ASKED, stuck, ask, HINT, skip=skip, **jam))
    stop = v.Button("Stop scanning", ScanStopped("step"))
    reading = v.Working("The scanner is reading your page", "This takes a moment", stop)
    yield "page-reading", v.View(ENGLISH, reading)
    use, again = v.Button("Use this page", PageUsed("step")), v.Button("Scan again", ScanAsked("step"))
    look = v.PageSlot("", "", half_dark(), "Picture of your page", *SIZE)
    read = "Can you read everything on this page?"
    yield "page-look", v.View(ENGLISH, v.Question("step", read, look, use, skip=again))
    kept = v.PageSlot(
        "2 pages are ready to send",
        "To add another page, lay it on the scanner and touch Add another page",
        half_dark(),
        "Picture of your page",
        *SIZE,
        v.Button("Remove the last page", PageRemoved("step")),
    )
    forward, add = v.Button("Continue", Continued("step")), v.Button("Add another page", ScanAsked("step"))
    yield "page-kept", v.View(ENGLISH, v.Question("step", ASKED, kept, forward, skip=add))
    yield "page-kept-jam", v.View(ENGLISH, v.Question("step", ASKED, kept, forward, skip=add, **jam))
