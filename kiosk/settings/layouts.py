"""The parts of one ticket file: each by its first word.

Responsible for: choosing the shape of a part, and where its QR code may lead.
Not responsible for: the shapes (`kiosk.settings.documents.ticket`), or filling in (`kiosk.core.slip`).
"""

import re
from dataclasses import replace

from kiosk.settings.documents.ticket import PARTS, PLACES, PartDocument, TicketDocument
from kiosk.settings.fit import Fitted, fit
from kiosk.settings.problems import Notes, did_you_mean, quoted
from kiosk.settings.tree import Listing, Node, Table, Text

_PLACE = re.compile(r"\{([^{}]*)\}")
OWN_HOST = "https://{host}/"


def read_layout(table: Table, notes: Notes) -> tuple[Fitted[PartDocument], ...] | None:
    """Return the parts, or None when any does not fit; everything wrong is noted."""
    listing = table.get("parts")
    counted = tuple(
        (key, Listing(tuple(Text("part", i.place) for i in value.items), value.place))
        if key.text == "parts" and isinstance(value, Listing)
        else (key, value)
        for key, value in table.entries
    )
    if fit(TicketDocument, Table(counted, table.place), notes) is None or not isinstance(listing, Listing):
        return None
    parts = [_read_part(item, notes) for item in listing.items]
    fitting = tuple(part for part in parts if part is not None)
    return fitting if len(fitting) == len(parts) else None


def _read_part(item: Node, notes: Notes) -> Fitted[PartDocument] | None:
    if isinstance(item, Text):
        item = Table(((item, Text("", item.place, quoted=True)),), item.place)
    key = (
        next((key for key, _ in item.entries if key.text in PARTS), None) if isinstance(item, Table) else None
    )
    if not isinstance(item, Table) or key is None:
        first = item.entries[0][0] if isinstance(item, Table) and item.entries else Text("", item.place)
        notes.problem(
            "SET-321", first.place, f"Unknown part {quoted(first.text)}.", did_you_mean(first.text, PARTS)
        )
        return None
    shape, own = PARTS[key.text]
    entries = tuple(
        (replace(name, text=own), value) if name is key else (name, value)
        for name, value in item.entries
        if name is not key or own
    )
    fitted = fit(shape, Table(entries, item.place), notes)
    if fitted is not None:
        _check_places(fitted, key.text, notes)
    return fitted


def _check_places(fitted: Fitted[PartDocument], part: str, notes: Notes) -> None:
    text = getattr(fitted.document, "text", "")
    names = [*_PLACE.findall(text), *([fitted.document.only_if] if fitted.document.only_if else [])]
    for name in names:
        if name not in PLACES:
            what = f"There is no place {quoted(name)} on a ticket."
            notes.problem("SET-322", fitted.place(("text",)), what, did_you_mean(name, PLACES))
    if part == "code" and not text.startswith(OWN_HOST):
        notes.problem(
            "SET-323",
            fitted.place(("text",)),
            "A printed code may lead only to the council's own host.",
            f"Begin it with {OWN_HOST}.",
        )
