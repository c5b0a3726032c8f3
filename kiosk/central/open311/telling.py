"""What became of requests, for whoever asks: their rows, and which of them are meant.

Responsible for: the fields of a request, the window of 90 days, and what is kept from strangers.
Not responsible for: finding them (`kiosk.central.tables.open311`).
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from kiosk.central.ground import Ground
from kiosk.central.open311.catalogue import Catalogue
from kiosk.central.open311.faults import BAD, Fault
from kiosk.central.open311.reading import Parameters
from kiosk.central.tables.open311 import Row, Wanted
from kiosk.central.tables.statuses import CLOSED

LONGEST_RANGE = timedelta(days=90)
MOST_ROWS = 1000
MOST_PAGES = 10_000
STATUSES = {"open": True, "closed": False}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks: the label of their key, or an empty text for a stranger."""

    label: str = ""

    def may_read(self, row: Row, public: tuple[str, ...]) -> bool:
        """Say whether the description and the place are for this reader.

        What a visitor typed at a terminal is for nobody here: nobody told the visitor that it is published.
        """
        return row.label != "" and (self.label == row.label or row.case.service in public)


def wanted(asked: Parameters, now: datetime) -> Wanted:
    """Read which requests are asked for; identifiers override everything else.

    Raises:
        Fault: a moment or a status cannot be read, or the range is longer than 90 days.
    """
    ids = asked.listed("service_request_id")
    if ids:
        return Wanted(ids=ids)
    since, until = _window(asked.moment("start_date"), asked.moment("end_date"), now)
    found = Wanted(since=since, until=until, services=asked.listed("service_code"))
    statuses = set(asked.listed("status"))
    if statuses - set(STATUSES):
        raise Fault(BAD, "status must be open, closed, or both with a comma.")
    return found if len(statuses) != 1 else replace(found, is_open=STATUSES[statuses.pop()])


def _window(start: datetime | None, end: datetime | None, now: datetime) -> tuple[datetime, datetime | None]:
    """Without an end, nothing bounds it: the clock of another of our machines may be ahead."""
    until = end or (start + LONGEST_RANGE if start else None)
    since = start or (until or now) - LONGEST_RANGE
    if until and until - since > LONGEST_RANGE:
        raise Fault(BAD, "From start_date to end_date may be at most 90 days.")
    if start and end and end < start:
        raise Fault(BAD, "end_date is before start_date.")
    return since, until


def page(asked: Parameters) -> tuple[int, int]:
    """Return how many rows are wanted and how many are passed over (page and page_size)."""
    size = asked.whole("page_size", MOST_ROWS, MOST_ROWS)
    return size, (asked.whole("page", 1, MOST_PAGES) - 1) * size


def told(ground: Ground, catalogue: Catalogue, row: Row, reader: Reader) -> dict[str, Any]:
    """Return one request. A name, an email address or a telephone number is never among its fields."""
    answers = _answers(row.case.body) if reader.may_read(row, catalogue.public()) else {}
    updated = row.updated_at or row.case.received_at
    return {
        "service_request_id": row.case.central_id,
        "status": "closed" if row.status in CLOSED else "open",
        "status_notes": row.notes,
        "service_name": catalogue.name_of(row.case.service),
        "service_code": row.case.service,
        "description": _text(answers, "description"),
        "agency_responsible": ground.settings.facility,
        "service_notice": "",
        "requested_datetime": moment(ground, row.case.received_at),
        "updated_datetime": moment(ground, updated),
        "expected_datetime": None,
        "address": _text(answers, "address"),
        "address_id": _text(answers, "address_id"),
        "zipcode": None,
        "lat": answers.get("latitude"),
        "long": answers.get("longitude"),
        "media_url": _text(answers, "media_url"),
    }


def moment(ground: Ground, when: datetime) -> str:
    """Write a moment with its offset, to the second: peers in the field read no fractions."""
    return ground.local(when).isoformat(timespec="seconds")


def _answers(body: str) -> dict[str, Any]:
    try:
        found = json.loads(body).get("answers", {})
    except (ValueError, AttributeError):
        return {}
    return found if isinstance(found, dict) else {}


def _text(answers: dict[str, Any], name: str) -> str:
    found = answers.get(name, "")
    return found if isinstance(found, str) else ""
