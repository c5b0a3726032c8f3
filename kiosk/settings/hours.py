"""Opening hours as people write them: ``9am to 5:30pm``, ``closed``.

Responsible for: reading hours and time zones.
Not responsible for: whether the facility is open now (`kiosk.core.facility`).
"""

import re
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.settings.documents.document import wrong
from kiosk.settings.problems import quoted

NOON = 12
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.IGNORECASE)
_WORDS = {"midday": time(12), "noon": time(12), "midnight": time(23, 59, 59)}


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when; local time."""

    opens: time
    closes: time


def read_hours(value: Any) -> Any:
    """Read one day; several spans are separated by commas."""
    if not isinstance(value, str):
        return value
    if value.strip().casefold() == "closed":
        return ()
    spans = tuple(_span(span) for span in value.split(","))
    for before, after in pairwise(spans):
        if after.opens < before.closes:
            raise wrong(
                "SET-209",
                f"{quoted(value.strip())} has a second span that begins before the first one ends.",
                "Write the spans of a day one after the other, such as '9am to 12:30pm, 1:30pm to 5pm'.",
            )
    return spans


def _span(text: str) -> Hours:
    ends = re.split(r"\s+to\s+|\s*[-–]\s*", text.strip())
    times = [_time(end) for end in ends]
    match times:
        case [time() as opens, time() as closes] if opens < closes:
            return Hours(opens, closes)
        case [time(), time()]:
            raise wrong(
                "SET-209",
                f"{quoted(text.strip())} ends before it begins, or when it begins.",
                "Write when the doors open first; a day ends at midnight.",
            )
    raise wrong(
        "SET-209",
        f"{quoted(text.strip())} cannot be read as opening hours.",
        "Write them like '9am to 5:30pm', or 'closed'.",
    )


def _time(text: str) -> time | None:
    folded = text.strip().casefold()
    if folded in _WORDS:
        return _WORDS[folded]
    found = _TIME.fullmatch(folded)
    if found is None:
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= NOON:
            return None
        hour = hour % NOON + (NOON if found["half"] == "pm" else 0)
    elif found["minute"] is None:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None  # noqa: PLR2004 - hours and minutes


def read_zone(name: str) -> str:
    """Return the name of a time zone that exists."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError) as fault:
        raise wrong(
            "SET-205", f"There is no time zone {quoted(name)}.", "In the United Kingdom write Europe/London."
        ) from fault
    return name
